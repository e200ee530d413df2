/**
 * Whether a request comes from our own page. A browser says in `Origin` which page sent it, on every WebSocket upgrade
 * and every unsafe request; programs that are not browsers leave it out, and nobody can make a browser leave it out.
 *
 * @param publicUrl where people reach the hub behind a proxy that changes `Host`
 */
export function isOwnOrigin(
  { origin, host }: { readonly origin: string | undefined; readonly host: string | undefined },
  publicUrl: string | null,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (from.protocol !== 'http:' && from.protocol !== 'https:') return false;
  return from.origin === publicUrl || from.host === host?.toLowerCase();
}
