import { LOCALE } from '../language/language';

const MOMENT = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'medium',
  timeStyle: 'short',
  hourCycle: 'h23',
});

/** A moment in the viewer's zone and language: `24 Nov 2026, 23:15`. @param time ms since the epoch */
export function timeWords(time: number): string {
  return MOMENT.format(time);
}
