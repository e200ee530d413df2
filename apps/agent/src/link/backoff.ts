/** Longest wait of the first attempt and of any, ms. */
const FIRST = 500;
const LONGEST = 30_000;
/** Longest that the hub can have an agent wait, ms. */
export const LONGEST_ASKED = 3_600_000;

/**
 * Waits between attempts: exponential with full jitter, so that a thousand agents do not come back at once
 * (Brooker, "Exponential Backoff and Jitter", 2015).
 */
export class Backoff {
  #attempts = 0;
  readonly #random: () => number;

  /** @param random a number in [0, 1) */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** The wait before the next attempt, ms; not less than what is `asked` for, which is jittered upwards. */
  next(asked = 0): number {
    const minimum = Math.min(LONGEST_ASKED, asked);
    const bound = Math.min(LONGEST, FIRST * 2 ** this.#attempts);
    this.#attempts += 1;
    return Math.round(minimum + this.#random() * Math.max(bound, minimum / 4));
  }

  /** The last attempt was a success. */
  reset(): void {
    this.#attempts = 0;
  }
}
