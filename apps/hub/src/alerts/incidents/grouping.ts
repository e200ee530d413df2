import { isWorse } from '@hostdeck/contracts';
import { newId } from '../../auth/secrets';
import { firingOf, isLoss, type Draft, type Incident, type IncidentAlert } from './incident';
import type { Round } from './round';
import { groupTagOf } from './surroundings';
import { titleOf } from './titles';

/** Alerts of one rule on other hosts within this time have one cause, ms. */
const CAUSE_WINDOW = 60_000;
/** An alert that comes back within this time of the resolution opens its incident again, ms. */
export const REOPEN_WITHIN = 300_000;
/** Alerts of one incident that are kept in memory, when some of them are over. */
const MOST_ALERTS = 1_000;
/** Hosts that fall silent together. */
const LEAST_TOGETHER = 2;

/** Puts an alert into the incident it belongs to, or a new one. */
export function place(round: Round, alert: IncidentAlert): void {
  const known = findOfHost(round, alert) ?? findOfCause(round, alert) ?? findEarlier(round, alert);
  if (known === null) open(round, { scope: 'host', groupKey: alert.hostId, alerts: [alert] });
  else join(round, round.edit(known), alert);
}

/**
 * Puts hosts that have fallen silent into incidents: those with one grouping tag into one, and all into one when most of the fleet is
 * gone and more than one group with it. A host by itself is an alert like any other.
 */
export function placeLost(round: Round, alerts: readonly IncidentAlert[]): void {
  const groups = new Map<string | null, IncidentAlert[]>();
  const { around } = round;
  for (const alert of alerts) {
    const tag = groupTagOf(around.host(alert.hostId), around.groupPrefix);
    groups.set(tag, [...(groups.get(tag) ?? []), alert]);
  }
  if (isFleetLoss(round, alerts, groups)) {
    placeGroup(round, { scope: 'fleet', groupKey: '' }, alerts);
    return;
  }
  for (const [tag, lost] of groups) {
    const key =
      tag === null
        ? { scope: 'fleet' as const, groupKey: '' }
        : { scope: 'tag' as const, groupKey: tag };
    placeGroup(round, key, lost);
  }
}

function countHosts(alerts: readonly IncidentAlert[]): number {
  return new Set(alerts.map(({ hostId }) => hostId)).size;
}

function isFleetLoss(
  { around }: Round,
  alerts: readonly IncidentAlert[],
  groups: ReadonlyMap<string | null, readonly IncidentAlert[]>,
): boolean {
  const together = [...groups.values()].filter((lost) => countHosts(lost) >= LEAST_TOGETHER);
  return together.length > 1 && 2 * countHosts(alerts) >= [...around.hosts()].length;
}

function placeGroup(
  round: Round,
  { scope, groupKey }: Pick<Incident, 'scope' | 'groupKey'>,
  alerts: readonly IncidentAlert[],
): void {
  const known = findWhere(
    round,
    (one) => one.resolvedAt === null && one.scope === scope && one.groupKey === groupKey,
  );
  if (known !== null) {
    for (const alert of alerts) join(round, round.edit(known), alert);
  } else if (countHosts(alerts) >= LEAST_TOGETHER) open(round, { scope, groupKey, alerts });
  else for (const alert of alerts) place(round, alert);
}

function findWhere(
  round: Round,
  wanted: (incident: Draft | Incident) => boolean,
): Draft | Incident | null {
  for (const incident of round.all()) if (wanted(incident)) return incident;
  return null;
}

/** The open incident of the host, or the one that tells of its silence. */
function findOfHost(round: Round, { hostId }: IncidentAlert): Draft | Incident | null {
  return findWhere(
    round,
    ({ resolvedAt, alerts }) =>
      resolvedAt === null && alerts.some((alert) => alert.hostId === hostId),
  );
}

/** The open incident of the same rule on other hosts, if it has just begun. Silence is grouped by itself. */
function findOfCause(round: Round, { ruleId, kind }: IncidentAlert): Draft | Incident | null {
  if (isLoss(kind)) return null;
  return findWhere(
    round,
    ({ resolvedAt, alerts }) =>
      resolvedAt === null &&
      alerts.every((one) => one.ruleId === ruleId) &&
      alerts.some(({ startedAt }) => round.now - startedAt <= CAUSE_WINDOW),
  );
}

/** The incident that the same alert was in a short time ago. */
function findEarlier(round: Round, alert: IncidentAlert): Draft | Incident | null {
  return findWhere(
    round,
    ({ resolvedAt, alerts }) =>
      resolvedAt !== null &&
      round.now - resolvedAt <= REOPEN_WITHIN &&
      alerts.some((one) => isSame(one, alert)),
  );
}

function isSame(one: IncidentAlert, other: IncidentAlert): boolean {
  return one.ruleId === other.ruleId && one.hostId === other.hostId && one.series === other.series;
}

function open(
  round: Round,
  {
    scope,
    groupKey,
    alerts,
  }: Pick<Incident, 'scope' | 'groupKey'> & { readonly alerts: readonly IncidentAlert[] },
): void {
  const draft: Draft = {
    id: newId(),
    scope,
    groupKey,
    openedAt: Math.min(...alerts.map(({ startedAt }) => startedAt)),
    alerts: [],
    culprits: [],
    title: '',
    severity: 'info',
    resolvedAt: null,
    acknowledged: null,
    progress: {
      messages: 0,
      isTold: false,
      toldSeverity: 'info',
      lastSentAt: 0,
      newsSince: null,
      reopened: 0,
      calmSince: null,
    },
  };
  round.add(draft);
  for (const alert of alerts) draft.alerts.push(alert);
  for (const { severity } of alerts) raise(draft, severity);
  draft.title = titleOf(draft, round.around);
  round.note(draft, 'opened', draft.title);
  noteFired(round, draft, alerts);
}

function join(round: Round, draft: Draft, alert: IncidentAlert): void {
  const isNews = !draft.alerts.some((one) => isSame(one, alert));
  forgetOldest(draft);
  draft.alerts.push(alert);
  if (draft.scope === 'host' && alert.hostId !== draft.groupKey) {
    draft.scope = 'rule';
    draft.groupKey = alert.ruleId;
  }
  if (draft.resolvedAt !== null) {
    draft.resolvedAt = null;
    draft.progress.reopened += 1;
    draft.progress.isTold = false;
    draft.progress.newsSince = null;
    round.note(
      draft,
      'reopened',
      'it came back: it stays open until it has been quiet for a while',
    );
  } else if (isNews && alert.severity !== 'info') draft.progress.newsSince ??= round.now;
  draft.progress.calmSince = null;
  raise(draft, alert.severity);
  draft.title = titleOf(draft, round.around);
  noteFired(round, draft, [alert]);
}

/** An incident that goes on for weeks while an alert in it comes and goes keeps the newest in memory; all are stored. */
function forgetOldest(draft: Draft): void {
  if (draft.alerts.length < MOST_ALERTS) return;
  const oldest = draft.alerts.findIndex(({ endedAt }) => endedAt !== null);
  if (oldest !== -1) draft.alerts.splice(oldest, 1);
}

function raise(draft: Draft, severity: Incident['severity']): void {
  if (isWorse(severity, draft.severity)) draft.severity = severity;
}

/** Lines for alerts that fire; many at once are one line. */
function noteFired(round: Round, draft: Draft, alerts: readonly IncidentAlert[]): void {
  const [first] = alerts;
  if (first === undefined) return;
  const fired = firingOf(alerts);
  if (fired.length > 5) {
    const names = fired.slice(0, 5).map(({ hostName }) => hostName);
    const rest = fired.length - names.length;
    round.note(draft, 'alert_fired', `${first.text}: ${names.join(', ')} and ${rest} more`);
    return;
  }
  for (const { hostName, text } of alerts) {
    round.note(draft, 'alert_fired', `${hostName}: ${text}`);
  }
}
