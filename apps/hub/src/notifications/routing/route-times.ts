import { ROUTE_DAYS, type RouteTimes } from '@hostdeck/contracts';

const DAY_MINUTES = 1_440;

/** What the clock on the wall of a zone shows. */
interface WallTime {
  /** 0 is Monday. */
  readonly day: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

function wallTime(at: number, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = ROUTE_DAYS.findIndex((name) => name === read('weekday').toLowerCase());
  return { day, minute: Number(read('hour')) * 60 + Number(read('minute')) };
}

function minutesOf(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * Whether a moment lies in the times of a route, by the clock on the wall of its zone: when the clocks change, the span is an hour
 * shorter or longer. `from` is included, `to` is not; a span that ends before it begins, or when it begins, goes on until the next day
 * and belongs to the day on which it began.
 *
 * @param at ms since the epoch
 */
export function isWithin(times: RouteTimes, at: number): boolean {
  const { day, minute } = wallTime(at, times.timeZone);
  const from = minutesOf(times.from);
  const end = minutesOf(times.to);
  const to = end > from ? end : end + DAY_MINUTES;
  const begins = (weekday: number) => times.days.some((name) => name === ROUTE_DAYS[weekday]);
  if (begins(day) && minute >= from && minute < to) return true;
  return begins((day + 6) % 7) && minute + DAY_MINUTES < to;
}
