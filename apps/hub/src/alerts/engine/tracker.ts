import type { AlertMachine } from '../evaluation/machine';
import type { EffectiveRule } from '../rules/effective-rule';

/** One rule on one series of one host, from the first bad sample until it is well again. */
export interface Tracker {
  readonly key: string;
  readonly hostId: string;
  rule: EffectiveRule;
  /** Series key, or the kind of a condition about the host. */
  readonly series: string;
  readonly machine: AlertMachine;
  /** When something was known of the series last: a value, or that it is missing where that is the condition. */
  lastKnownAt: number;
  /** Id of the alert once it fires. */
  alertId: string | null;
  /** Whether the alert is in an incident that is stored. Only then may its state be stored as firing: else it would never be told. */
  isPlaced: boolean;
  /** Whether it has a row in the database. */
  isStored: boolean;
}

/** What tells the trackers of one host apart. */
export function trackerKey(ruleId: string, series: string): string {
  return `${ruleId} ${series}`;
}

/** An alert fires or is resolved. */
export interface Transition {
  readonly kind: 'fired' | 'resolved';
  readonly tracker: Tracker;
  readonly alertId: string;
  readonly hostName: string;
  readonly at: number;
  readonly value: number | null;
  /** Why, in one line. */
  readonly text: string;
}
