/** The session cookie. */
export const SESSION_COOKIE = 'hostdeck_session';

/** How long a session lives without being used, ms: 30 days. */
export const SESSION_LIFETIME = 30 * 86_400_000;

/** The session token in a `Cookie` header (RFC 6265, section 4.2), or `null`. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals !== -1 && pair.slice(0, equals).trim() === SESSION_COOKIE) {
      return pair.slice(equals + 1).trim();
    }
  }
  return null;
}

/** The `Set-Cookie` header that keeps a token, or, with an empty one, forgets it. */
export function sessionCookie(token: string, secure: boolean): string {
  const age = token === '' ? 0 : SESSION_LIFETIME / 1_000;
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}`;
  return `${SESSION_COOKIE}=${token}; ${attributes}${secure ? '; Secure' : ''}`;
}

/** Whether browsers reach the hub over HTTPS: then its cookie is never sent without. */
export function isServedSecurely({
  tls,
  publicUrl,
}: {
  readonly tls: object | null;
  readonly publicUrl: string | null;
}): boolean {
  return tls !== null || (publicUrl?.startsWith('https:') ?? false);
}
