import { LOCALE } from '../language/language';

const MOMENT = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'medium',
  timeStyle: 'short',
  hourCycle: 'h23',
});
const EXACT = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

/** A moment in the viewer's zone and language: `24 Nov 2026, 23:15`. @param time ms since the epoch */
export function timeWords(time: number): string {
  return MOMENT.format(time);
}

/** The same to the second: `24 Nov 2026, 23:15:07`. @param time ms since the epoch */
export function exactTimeWords(time: number): string {
  return EXACT.format(time);
}
