import { z } from 'zod';

/**
 * Characters that change how the text around them is shown or that a terminal obeys: C0 and C1 controls, DEL,
 * line and paragraph separators, and the bidirectional marks (Unicode Standard Annex 9, section 2).
 */

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Makes a name from a host safe to show: lone surrogates and invisible controls become U+FFFD, so that it stays one legible line. */
export function toDisplayText(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, '\ufffd');
}

/** Text that comes from a host and is shown to people, at most `max` UTF-16 code units, cleaned by {@link toDisplayText}. */
export function displayText(max: number) {
  return z.string().max(max).transform(toDisplayText);
}
