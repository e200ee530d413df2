import type { ConditionKind } from '@hostdeck/contracts';

/** What a sample says: it is so, it is well again, neither (between threshold and clearing threshold), or nothing is known. */
export type Signal = 'bad' | 'between' | 'good' | 'unknown';

/** How long it has to be bad or good, and how long nothing may come before time counts for neither, ms. */
export interface Timing {
  readonly for: number;
  readonly clearFor: number;
  readonly gap: number;
}

/** What a step led to: nothing, the alert fires, it is resolved, or what was pending is well again. */
export type Step = 'fired' | 'resolved' | 'calmed' | null;

/**
 * The state of one alert from the first bad sample to the resolution. Time without samples counts neither for firing nor for
 * resolving: what was counted before it begins anew.
 */
export class AlertMachine {
  phase: 'pending' | 'firing' = 'pending';
  /** Since when it is good, of an alert that fires. */
  clearSince: number | null = null;
  /** When something was known last. */
  lastKnown: number;
  /** Newest value of a bad sample. */
  value: number | null = null;

  constructor(
    /** Since when it is bad. */
    public since: number,
  ) {
    this.lastKnown = since;
  }

  /** Takes the next sample. */
  step(signal: Signal, at: number, timing: Timing): Step {
    if (signal === 'unknown') return null;
    const wasAway = at - this.lastKnown > timing.gap;
    this.lastKnown = at;
    if (this.phase === 'pending') {
      if (signal !== 'bad') return 'calmed';
      if (wasAway) this.since = at;
      if (at - this.since < timing.for) return null;
      this.phase = 'firing';
      return 'fired';
    }
    if (signal !== 'good') {
      this.clearSince = null;
      return null;
    }
    if (this.clearSince === null || wasAway) this.clearSince = at;
    return at - this.clearSince >= timing.clearFor ? 'resolved' : null;
  }
}

/** Shortest gap in which time counts for neither, ms, and how many intervals it is at least. */
const LEAST_GAP = 30_000;
const GAP_INTERVALS = 5;

/** The longest time between two samples that still counts as going on, for samples that come every `interval` ms. */
export function gapOf(interval: number): number {
  return Math.max(LEAST_GAP, GAP_INTERVALS * interval);
}

/** Conditions about something that happens, not about a state that lasts. */
const HAPPENINGS: readonly ConditionKind[] = [
  'changed',
  'restarted',
  'lost_data',
  'identity_cloned',
];
/** What has happened is shown for at least this long, ms. */
const LEAST_SHOWN = 60_000;

/** Whether a condition is about something that happens. */
export function isHappening(kind: ConditionKind): boolean {
  return HAPPENINGS.includes(kind);
}

/** How long it has to be well before the alert is resolved, ms. */
export function clearForOf(rule: {
  readonly condition: { readonly kind: ConditionKind };
  readonly clearFor: number;
}): number {
  return isHappening(rule.condition.kind) ? Math.max(LEAST_SHOWN, rule.clearFor) : rule.clearFor;
}
