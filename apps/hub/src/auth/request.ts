import { toDisplayText } from '@hostdeck/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { IdentifiedRequest } from './access.guard';
import type { Actor } from './audited';
import type { Identity } from './auth.service';
import type { Origin } from './sessions.repository';

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

/** Longest text that a browser can say it is. */
const BROWSER_LENGTH = 200;

/** Parameter decorator: where a session is started from. */
export const SignInOrigin = createParamDecorator(
  (_: unknown, context: ExecutionContext): Origin => {
    const { ip, headers } = context.switchToHttp().getRequest<Request>();
    const browser = headers['user-agent'];
    return {
      address: ip ?? 'unknown',
      browser: browser === undefined ? null : toDisplayText(browser.slice(0, BROWSER_LENGTH)),
    };
  },
);
