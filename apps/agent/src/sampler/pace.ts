import { MAX_INTERVAL, type AgentSettings, type IntervalReason } from '@hostdeck/contracts';

/** So many of the last beats decide whether the agent keeps up. */
const WINDOW = 5;
/** Of these, so many that were not kept make it sample less often. */
const MISSED = 3;
/** Beats kept one after the other until it samples more often again. */
const RECOVERED = 30;
/** A beat is kept when it takes at most this share of the interval. */
const KEPT_SHARE = 0.5;
/** Longest interval, as a multiple of the one that is set. */
const MOST = 4;
/** Multiple on a battery, and under pressure. */
const SPARING = 2;

/** What a host is short of. */
export interface Strain {
  readonly onBattery: boolean;
  /** Whether its processes have waited for memory much of the time for a while. */
  readonly underPressure: boolean;
}

/** How one tick went. */
export interface Beat {
  /** How long it took, ms. */
  readonly took: number;
  /** Ticks before it that were left out. */
  readonly skipped: number;
}

/** How often to sample, and why. */
export interface PaceInForce {
  /** Ms. */
  readonly interval: number;
  readonly reason: IntervalReason;
}

/**
 * Chooses the interval: the one that is set; a shorter one while somebody looks; a longer one on a battery, under pressure, or when
 * the agent does not keep its beat. Changes for the worse take three missed beats of five, for the better thirty kept ones.
 */
export class Pace {
  #settings: Pick<AgentSettings, 'interval' | 'watchedInterval' | 'adaptive'>;
  #isWatched = false;
  #strain: Strain = { onBattery: false, underPressure: false };
  /** Multiple that missed beats ask for. */
  #slowdown = 1;
  #recent: boolean[] = [];
  #kept = 0;

  constructor(settings: Pick<AgentSettings, 'interval' | 'watchedInterval' | 'adaptive'>) {
    this.#settings = settings;
  }

  get inForce(): PaceInForce {
    const { interval, watchedInterval, adaptive } = this.#settings;
    const isShorter = this.#isWatched && watchedInterval < interval;
    const usual = isShorter ? watchedInterval : interval;
    if (adaptive) {
      const slowdown = Math.max(this.#slowdown, this.#strain.underPressure ? SPARING : 1);
      if (slowdown > 1) return slower(usual, slowdown, 'overloaded');
      // Whoever looks will not look for long.
      if (this.#strain.onBattery && !this.#isWatched) return slower(usual, SPARING, 'battery');
    }
    return { interval: usual, reason: isShorter ? 'watched' : 'set' };
  }

  /** Takes new settings. */
  set(settings: Pick<AgentSettings, 'interval' | 'watchedInterval' | 'adaptive'>): void {
    this.#settings = settings;
  }

  /** Somebody looks, or nobody does. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
  }

  /** Takes what the host is short of now. */
  feel(strain: Strain): void {
    this.#strain = strain;
  }

  /** Takes how a tick went. */
  note({ took, skipped }: Beat): void {
    const isKept = skipped === 0 && took <= this.inForce.interval * KEPT_SHARE;
    this.#kept = isKept ? this.#kept + 1 : 0;
    this.#recent = [...this.#recent, isKept].slice(-WINDOW);
    if (this.#recent.filter((kept) => !kept).length >= MISSED) {
      this.#slowdown = Math.min(MOST, this.#slowdown * 2);
      this.#recent = [];
    } else if (this.#kept >= RECOVERED && this.#slowdown > 1) {
      this.#slowdown /= 2;
      this.#kept = 0;
    }
  }
}

function slower(interval: number, factor: number, reason: IntervalReason): PaceInForce {
  return { interval: Math.min(MAX_INTERVAL, interval * factor), reason };
}
