import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { IdentifiedRequest } from './access.guard';
import type { Actor } from './audited';
import type { Identity } from './auth.service';

/** Parameter decorator: who asks. Only on routes that are not public. */
export const CurrentIdentity = createParamDecorator(
  (_: unknown, context: ExecutionContext): Identity => {
    const { identity } = context.switchToHttp().getRequest<IdentifiedRequest>();
    if (identity === undefined) throw new Error('asked who asks on a public route');
    return identity;
  },
);

/** Parameter decorator: the address the request comes from. */
export const ClientAddress = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => {
    const { ip } = context.switchToHttp().getRequest<Request>();
    return ip ?? 'unknown';
  },
);

/** Parameter decorator: who asks and from where, for the audit trail. Only on routes that are not public. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { identity, ip } = context.switchToHttp().getRequest<IdentifiedRequest>();
  if (identity === undefined) throw new Error('asked who asks on a public route');
  return { identity, address: ip ?? 'unknown' };
});
