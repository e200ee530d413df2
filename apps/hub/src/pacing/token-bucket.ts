/** A token bucket that tells whoever finds it empty when to come back (Turner, "New directions in communications", 1986). */

/** Longest time a wait is counted for, s: debts beyond it are forgotten. */
const MOST_OWED = 60;
/** Shortest wait, ms. */
const LEAST_WAIT = 100;

interface Pace {
  /** Tokens per second. */
  readonly rate: number;
  /** Tokens at most. */
  readonly burst: number;
}

export class TokenBucket {
  private tokens: number;
  /** What was refused and will come back, as far as that has not had its time yet. */
  private owed = 0;
  private filledAt: number;

  /**
   * @param now a clock that never goes back, ms
   * @param random a number in [0, 1)
   */
  constructor(
    private readonly pace: Pace,
    private readonly now: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {
    this.tokens = pace.burst;
    this.filledAt = now();
  }

  /**
   * Takes `amount` tokens; more than the bucket holds passes when the bucket is full, so that nothing has to wait for ever.
   *
   * @returns `null` when they were there; else how long to wait, ms: spread so that those who were refused do not all come
   * back at once, and later the more have been refused
   */
  take(amount: number): number | null {
    const { rate, burst } = this.pace;
    this.fill();
    if (this.tokens >= Math.min(amount, burst)) {
      this.tokens -= amount;
      return null;
    }
    this.owed = Math.min(this.owed + amount, rate * MOST_OWED);
    const wait = (this.owed / rate) * 1_000;
    return Math.round(LEAST_WAIT + wait * (0.5 + this.random()));
  }

  private fill(): void {
    const now = this.now();
    const gained = ((now - this.filledAt) / 1_000) * this.pace.rate;
    this.filledAt = now;
    this.tokens = Math.min(this.pace.burst, this.tokens + gained);
    this.owed = Math.max(0, this.owed - gained);
  }
}
