const ELLIPSIS = '…';

/** The beginning of a text that is too long, with `…` at its end; never half a character. @param most UTF-16 code units */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - ELLIPSIS.length);
  // The first half of a pair that was cut in two.
  return kept.replace(/[\ud800-\udbff]$/, '') + ELLIPSIS;
}

/** The same by the bytes of UTF-8. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const kept = Buffer.from(text).subarray(0, most - Buffer.byteLength(ELLIPSIS));
  // A character that was cut leaves bytes that are none.
  return kept.toString('utf8').replace(/\ufffd+$/, '') + ELLIPSIS;
}
