import { LOCALE } from '../language/language';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DATE = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALE, options);
}

/** What a label of the axis says, by the longest span it is meant for. */
const AXIS = [
  [3 * MINUTE, format({ ...CLOCK, second: '2-digit' })],
  [36 * HOUR, format(CLOCK)],
  [4 * DAY, format({ ...DATE, ...CLOCK })],
  [300 * DAY, format(DATE)],
  [Infinity, format({ month: 'short', year: 'numeric' })],
] as const;

const FULL = format({ ...DATE, ...CLOCK, second: '2-digit' });
const FULL_WITH_YEAR = format({ ...DATE, year: 'numeric', ...CLOCK });

/** A moment on the axis of a chart that shows `span` ms. */
export function axisTime(time: number, span: number): string {
  const [, found] = AXIS.find(([longest]) => span <= longest) ?? AXIS[0];
  return found.format(time);
}

/** A moment in full: to the second, or with its year where `span` ms are shown and a second says nothing. */
export function fullTime(time: number, span = 0): string {
  return (span > 7 * DAY ? FULL_WITH_YEAR : FULL).format(time);
}
