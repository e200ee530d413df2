/**
 * Differences of growing counters between two readings. A counter that was not in the reading before, or that went back
 * (a reset, a wrap, a device put in anew), gives `null`, never a spike.
 */
export class Counters {
  #previous = new Map<string, number>();
  #current = new Map<string, number>();
  #readAt: number | null = null;
  #elapsed: number | null = null;

  /** Starts a reading at monotonic time `now`, ms. Counters not read in it are forgotten with the next. */
  begin(now: number): void {
    const emptied = this.#previous;
    this.#previous = this.#current;
    this.#current = emptied;
    this.#current.clear();
    this.#elapsed = this.#readAt === null || now <= this.#readAt ? null : now - this.#readAt;
    this.#readAt = now;
  }

  /** Time since the reading before, ms; `null` in the first. */
  get elapsed(): number | null {
    return this.#elapsed;
  }

  /** How much the counter grew since the reading before. */
  delta(key: string, value: number | null): number | null {
    if (value === null || !Number.isFinite(value)) return null;
    this.#current.set(key, value);
    const before = this.#previous.get(key);
    return before === undefined || value < before ? null : value - before;
  }

  /** How much the counter grew per second since the reading before. */
  perSecond(key: string, value: number | null): number | null {
    const delta = this.delta(key, value);
    return delta === null || this.#elapsed === null ? null : (delta / this.#elapsed) * 1000;
  }
}

/** `part` of `whole` in percent, not above 100; `null` when either is unknown or there is no whole. */
export function share(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0) return null;
  return Math.min(100, (part / whole) * 100);
}
