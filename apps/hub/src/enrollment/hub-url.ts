import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { SETTING_PUBLIC_URL } from '../web/settings';

/** Parameter decorator: where this hub is reached, without a trailing slash: as configured, or as the asker reached it. */
export const HubUrl = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<Request>();
  const configured: unknown = request.app.get(SETTING_PUBLIC_URL);
  if (typeof configured === 'string') return configured;
  return `${request.protocol}://${request.headers.host ?? 'localhost'}`;
});
