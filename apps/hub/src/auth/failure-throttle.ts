/** Keys remembered at most; beyond that the ones that failed longest ago are forgotten. */
const KEPT_KEYS = 10_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 300_000;
/** After this long without a failure a key starts afresh, ms. */
const FORGET_AFTER = 900_000;

interface Failures {
  count: number;
  lastAt: number;
}

/**
 * Slows guessing down: after `free` failures a key (an account, an address) waits one second, then twice as long each
 * time, up to five minutes.
 */
export class FailureThrottle {
  private readonly failures = new Map<string, Failures>();

  constructor(
    private readonly free: number,
    private readonly now: () => number,
  ) {}

  /** Ms to wait before the next attempt; 0: go ahead. */
  waitFor(key: string): number {
    const known = this.failures.get(key);
    if (known === undefined || known.count < this.free) return 0;
    const wait = Math.min(FIRST_WAIT * 2 ** (known.count - this.free), LONGEST_WAIT);
    return Math.max(0, known.lastAt + wait - this.now());
  }

  /** Counts an attempt as failed; done before it is looked at, so that many at once count too. */
  fail(key: string): void {
    const now = this.now();
    const known = this.failures.get(key);
    const count = known !== undefined && now - known.lastAt < FORGET_AFTER ? known.count : 0;
    this.failures.delete(key);
    this.failures.set(key, { count: count + 1, lastAt: now });
    if (this.failures.size <= KEPT_KEYS) return;
    for (const oldest of this.failures.keys()) {
      this.failures.delete(oldest);
      return;
    }
  }

  /** The attempt was right after all. */
  succeed(key: string): void {
    this.failures.delete(key);
  }
}
