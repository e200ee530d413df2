/** A counter as it was last read. */
interface Counter {
  value: number;
  /** Number of that reading. */
  readIn: number;
}

/**
 * Differences of growing counters between two readings. A counter that was not in the reading before, or that went back
 * (a reset, a wrap, a device put in anew), gives `null`, never a spike.
 */
export class Counters {
  readonly #counters = new Map<string, Counter>();
  readonly #groups = new Map<string, CounterGroup>();
  #reading = 0;
  #readAt: number | null = null;
  #elapsed: number | null = null;

  /** Starts a reading at monotonic time `now`, ms. Counters not read in it are forgotten with the next. */
  begin(now: number): void {
    this.#forget(this.#counters);
    this.#forget(this.#groups);
    this.#reading += 1;
    this.#elapsed = this.#readAt === null || now <= this.#readAt ? null : now - this.#readAt;
    this.#readAt = now;
  }

  /** Time since the reading before, ms; `null` in the first. */
  get elapsed(): number | null {
    return this.#elapsed;
  }

  /** How much the counter grew since the reading before; to be asked once in a reading. */
  delta(key: string, value: number | null): number | null {
    if (value === null || !Number.isFinite(value)) return null;
    const counter = this.#counters.get(key);
    if (counter === undefined) {
      this.#counters.set(key, { value, readIn: this.#reading });
      return null;
    }
    return grown(counter, value, this.#reading);
  }

  /** How much the counter grew per second since the reading before; to be asked once in a reading. */
  perSecond(key: string, value: number | null): number | null {
    return perSecond(this.delta(key, value), this.#elapsed);
  }

  /** The counters of one thing of several, such as a disk, by their places: they need no names that are put together anew each time. */
  group(name: string): CounterGroup {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = new CounterGroup();
      this.#groups.set(name, group);
    }
    group.begin(this.#reading, this.#elapsed);
    return group;
  }

  /** Forgets what was not in the reading that ends. */
  #forget(read: Map<string, { readonly readIn: number }>): void {
    read.forEach(({ readIn }, key) => {
      if (readIn !== this.#reading) read.delete(key);
    });
  }
}

/** Counters of one thing, by place. As {@link Counters} in everything else. */
export class CounterGroup {
  readonly #counters: (Counter | undefined)[] = [];
  #reading = 0;
  #elapsed: number | null = null;

  /** Number of the reading it was last asked for in. */
  get readIn(): number {
    return this.#reading;
  }

  /** Starts a reading. */
  begin(reading: number, elapsed: number | null): void {
    this.#reading = reading;
    this.#elapsed = elapsed;
  }

  /** How much the counter at `place` grew since the reading before; to be asked once in a reading. */
  delta(place: number, value: number | null): number | null {
    if (value === null || !Number.isFinite(value)) return null;
    const counter = this.#counters[place];
    if (counter === undefined) {
      this.#counters[place] = { value, readIn: this.#reading };
      return null;
    }
    return grown(counter, value, this.#reading);
  }

  /** How much the counter at `place` grew per second since the reading before; to be asked once in a reading. */
  perSecond(place: number, value: number | null): number | null {
    return perSecond(this.delta(place, value), this.#elapsed);
  }
}

/** Puts a new value in place of the one before. @returns how much it is more; `null` for less, or when the one before is older than one reading */
function grown(counter: Counter, value: number, reading: number): number | null {
  const growth = value - counter.value;
  const isNext = counter.readIn === reading - 1;
  counter.value = value;
  counter.readIn = reading;
  return isNext && growth >= 0 ? growth : null;
}

function perSecond(growth: number | null, elapsed: number | null): number | null {
  return growth === null || elapsed === null ? null : (growth / elapsed) * 1000;
}

/** `part` of `whole` in percent, not above 100; `null` when either is unknown or there is no whole. */
export function share(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0) return null;
  return Math.min(100, (part / whole) * 100);
}
