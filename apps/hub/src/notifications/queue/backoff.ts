/** A message that could not be delivered for so long is no news any more, ms: a day. */
export const LIFETIME = 86_400_000;

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 600_000;

/**
 * How long to wait before the next attempt, ms: 5 s, then twice as long each time, to ten minutes; half of it drawn at random, so that
 * what failed together does not come back together ("equal jitter", Brooker, "Exponential backoff and jitter", 2015).
 *
 * @param failures in a row, from 1 on
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
  return Math.round(wait / 2 + (wait / 2) * random());
}
