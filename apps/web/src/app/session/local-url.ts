/** A path of this page: a link made by somebody else must not lead away from it. */
export function localUrl(url: string | undefined): string {
  return url?.startsWith('/') === true && !/^\/[/\\]/.test(url) ? url : '/';
}
