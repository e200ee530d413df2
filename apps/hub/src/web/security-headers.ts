import type { NextFunction, Request, Response } from 'express';

/** What a page of ours may load and do: only what comes from the hub itself. */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}

/** Characters a host name and port have; anything else in `Host` does not get into a header of ours. */
const HOST = /^[A-Za-z0-9.:[\]_-]{1,255}$/;

/** Sets the headers that tell a browser to be careful. */
export function securityHeaders(secure: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { host = '' } = request.headers;
    response.setHeader(
      'Content-Security-Policy',
      contentSecurityPolicy(HOST.test(host) ? host : 'localhost'),
    );
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
    next();
  };
}
