import {
  isWorse,
  type AlertRuleDefinition,
  type ConditionKind,
  type IncidentCulprit,
  type IncidentSummary,
  type Severity,
} from '@hostdeck/contracts';
import { isHappening } from '../evaluation/machine';

/** An alert as part of an incident. */
export interface IncidentAlert {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly series: string;
  readonly kind: ConditionKind;
  readonly startedAt: number;
  readonly value: number | null;
  readonly text: string;
  /** What is still to be said about it. */
  readonly plan: {
    readonly repeatAfter: number | null;
    readonly escalate: AlertRuleDefinition['escalate'];
    /** What the value is compared with, in words. */
    readonly threshold: string;
  };
  severity: Severity;
  endedAt: number | null;
  /** Why nothing is sent about it now. */
  quiet: 'silenced' | 'host_down' | null;
}

/** What has been sent about an incident. */
export interface Progress {
  /** Messages so far. */
  messages: number;
  /** Whether anybody was told that there is a problem. */
  isTold: boolean;
  /** The worst severity that was told. */
  toldSeverity: Severity;
  lastSentAt: number;
  /** When an alert joined that nobody has been told of; `null`: none. */
  newsSince: number | null;
  /** How often it came back soon after it was resolved. */
  reopened: number;
  /** When the last of its alerts ended. */
  calmSince: number | null;
}

/** What belongs together: one message for all of it. */
export interface Incident {
  readonly id: string;
  readonly scope: IncidentSummary['scope'];
  /** What its alerts have in common: id of the host or rule, the tag, or nothing for the fleet. */
  readonly groupKey: string;
  readonly openedAt: number;
  readonly alerts: readonly IncidentAlert[];
  readonly culprits: readonly IncidentCulprit[];
  readonly title: string;
  readonly severity: Severity;
  readonly resolvedAt: number | null;
  readonly acknowledged: { readonly at: number; readonly by: string } | null;
  readonly progress: Readonly<Progress>;
}

/** An incident that is being changed. */
export type Draft = {
  -readonly [Name in keyof Incident]: Name extends 'alerts'
    ? IncidentAlert[]
    : Name extends 'progress'
      ? Progress
      : Incident[Name];
};

/** A copy to change, so that nothing is changed until it is stored. */
export function toDraft(incident: Incident): Draft {
  return {
    ...incident,
    alerts: incident.alerts.map((alert) => ({ ...alert })),
    progress: { ...incident.progress },
  };
}

/** Whether a condition says that a host is silent: it then explains everything else about the host. */
export function isLoss(kind: ConditionKind): boolean {
  return kind === 'down' || kind === 'stale';
}

/** Those that fire. */
export function firingOf<Alert extends Pick<IncidentAlert, 'endedAt'>>(
  alerts: readonly Alert[],
): Alert[] {
  return alerts.filter(({ endedAt }) => endedAt === null);
}

/** Whether an incident goes on: something fires, and not only what has happened beside a state that is over. */
export function isGoingOn({ alerts }: Pick<Incident, 'alerts'>): boolean {
  const firing = firingOf(alerts);
  if (firing.some(({ kind }) => !isHappening(kind))) return true;
  return firing.length > 0 && alerts.every(({ kind }) => isHappening(kind));
}

/** The worst severity; `info` of none. */
export function worstOf(alerts: readonly Pick<IncidentAlert, 'severity'>[]): Severity {
  return alerts.reduce<Severity>(
    (worst, { severity }) => (isWorse(severity, worst) ? severity : worst),
    'info',
  );
}

/** The hosts of alerts, each once, in the order they came. */
export function hostsOf(
  alerts: readonly Pick<IncidentAlert, 'hostId' | 'hostName'>[],
): { id: string; name: string }[] {
  const names = new Map(alerts.map(({ hostId, hostName }) => [hostId, hostName]));
  return [...names].map(([id, name]) => ({ id, name }));
}

/** The names of the rules of alerts, each once. */
export function rulesOf(alerts: readonly Pick<IncidentAlert, 'ruleName'>[]): string[] {
  return [...new Set(alerts.map(({ ruleName }) => ruleName))];
}
