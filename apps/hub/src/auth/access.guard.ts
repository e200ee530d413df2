import { ROLES, type Role } from '@hostdeck/contracts';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { ROUTE_METADATA, type RouteDefinition } from '../openapi/route';
import { ProblemError } from '../problems/problem';
import { AuthService, type Identity } from './auth.service';
import { readSessionCookie } from './cookies';

/** A request after the guard has found out who asks. */
export interface IdentifiedRequest extends Request {
  identity?: Identity;
}

/** Whether `role` has at least the rights of `needed`. */
export function hasRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Lets a request through only to a route that says who may use it, and only for those. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AuthService) private readonly auth: AuthService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const route = this.reflector.get<RouteDefinition | undefined>(
      ROUTE_METADATA,
      context.getHandler(),
    );
    if (route === undefined) throw new ProblemError('forbidden', 'nobody may use this');
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    if (route.access !== 'public') {
      const identity = await this.identify(request);
      if (identity === null) {
        throw new ProblemError('unauthorized', 'sign in, or send an API token, to use this');
      }
      if (!hasRole(identity.user.role, route.access)) {
        throw new ProblemError(
          'forbidden',
          `only somebody with the role ${route.access} may do this`,
        );
      }
      if (route.needsAccount === true && identity.session?.isShared === true) {
        throw new ProblemError('forbidden', 'a shared link does not show this: sign in');
      }
      request.identity = identity;
    }
    refuseUnknownQuery(route, request);
    return true;
  }

  private async identify(request: Request): Promise<Identity | null> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const bearer = /^Bearer +(\S+)$/i.exec(authorization);
      return bearer?.[1] === undefined ? null : this.auth.findToken(bearer[1]);
    }
    const token = readSessionCookie(cookie);
    if (token === null) return null;
    const session = await this.auth.findSession(token);
    return session === null ? null : { user: session.user, session };
  }
}

/** Routes that take a query refuse what they do not know themselves; the others take none. */
function refuseUnknownQuery(route: RouteDefinition, request: Request): void {
  if (route.query !== undefined) return;
  const names = Object.keys(request.query);
  if (names.length === 0) return;
  throw new ProblemError(
    'bad_request',
    `there is no such parameter: ${names.slice(0, 3).join(', ')}`,
    {
      errors: names.map((path) => ({ path, message: 'there is no such field' })),
    },
  );
}
