import type { SilenceSchedule } from '@hostdeck/contracts';
import { Cron } from 'croner';

/** A stretch of time in which a silence holds; `end` is not part of it. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** A schedule that can be asked when it holds. */
export interface Timetable {
  /** The window that holds at `at`, or the next one; `null` when there is none any more. */
  windowAt(at: number): Window | null;
}

/**
 * Reads a schedule. Times of a recurring one are on the clocks of its time zone, whose summer time may make a window begin an hour
 * earlier or later in UTC; it always lasts as long as it says. A time that is skipped when the clocks go forward comes at the moment
 * after; one that comes twice counts once.
 *
 * @throws {RangeError} for a cron expression or time zone that cannot be understood; the message names the field.
 */
export function toTimetable(schedule: SilenceSchedule): Timetable {
  if (schedule.kind === 'once') {
    const window = { start: schedule.from, end: schedule.until };
    return { windowAt: (at) => (at < window.end ? window : null) };
  }
  const cron = toCron(schedule);
  const { duration, until } = schedule;
  return {
    windowAt(at) {
      // The first beginning after the one that would end at `at`: croner gives times after, not at, what it is asked.
      const start = cron.nextRun(new Date(at - duration))?.getTime() ?? null;
      if (start === null || (until !== null && start >= until)) return null;
      return { start, end: start + duration };
    },
  };
}

function toCron({ cron, timeZone }: { cron: string; timeZone: string }): Cron {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new RangeError('timeZone: not an IANA time zone such as Europe/Berlin', { cause });
  }
  try {
    return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(`cron: ${reason}`, { cause });
  }
}
