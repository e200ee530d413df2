import { DEFAULT_GRACES, type Graces } from '../history/sqlite/journal-index';

/** How much the hub takes at once and how long it waits. Not settings: tests run with others. */
export interface HubLimits {
  /** Agents admitted per second, and at once after a quiet time; others are told when to come back. */
  readonly admission: { readonly rate: number; readonly burst: number };
  /** Values in old frames taken per second, and at once after a quiet time, so that fresh ones never wait for a backlog. */
  readonly backlog: { readonly rate: number; readonly burst: number };
  /**
   * Frames that may wait for a commit: beyond the first number old ones are sent away, so that a slow disk leaves room for fresh ones, beyond
   * the second all.
   */
  readonly waiting: { readonly old: number; readonly all: number };
  /** A half-open connection is noticed after one interval and one timeout, ms. */
  readonly ping: { readonly interval: number; readonly timeout: number };
  /** Time between two signs of life in the database, ms. */
  readonly heartbeat: number;
  /** A hub that has not looked at its hosts for this long was itself away, ms. */
  readonly absence: number;
  readonly graces: Graces;
  /** How long an agent goes on as if somebody looked without being told again, and how often it is told, ms. */
  readonly focus: { readonly lease: number; readonly renew: number };
  readonly processes: {
    /** How long a question waits for a scan, ms. */
    readonly patience: number;
    /** How long a host goes on to be scanned after a question, ms: who asks once may ask again. */
    readonly linger: number;
    /** An agent that has not sent a report within this time after its hello does not know processes, ms. */
    readonly silence: number;
  };
  /** How often history is looked at for something to seal, roll up or drop, ms. */
  readonly maintenance: number;
  /** How often the queue of notifications is looked at, and how long a receiver may take to answer, ms. */
  readonly notifications: { readonly look: number; readonly timeout: number };
  /** Exports made at once, and how long one may be taken no further before it is broken off, ms. */
  readonly exports: { readonly atOnce: number; readonly patience: number };
}

export const DEFAULT_LIMITS: HubLimits = {
  admission: { rate: 200, burst: 100 },
  // 4,000 frames of 80 series a second.
  backlog: { rate: 320_000, burst: 160_000 },
  // A second of a backlog at its pace; about 40 s of 1,000 hosts.
  waiting: { old: 4_000, all: 20_000 },
  ping: { interval: 9_000, timeout: 5_000 },
  heartbeat: 5_000,
  absence: 15_000,
  graces: DEFAULT_GRACES,
  focus: { lease: 30_000, renew: 10_000 },
  processes: { patience: 6_000, linger: 15_000, silence: 5_000 },
  maintenance: 2_000,
  notifications: { look: 250, timeout: 10_000 },
  exports: { atOnce: 4, patience: 60_000 },
};

/** Injection token of {@link HubLimits}. */
export const LIMITS = Symbol('limits');
