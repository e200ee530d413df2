import { isWorse, type IncidentMessageKind } from '@hostdeck/contracts';
import {
  firingOf,
  isGoingOn,
  isLoss,
  worstOf,
  type Draft,
  type Incident,
  type IncidentAlert,
} from './incident';
import { toMessage } from './messages';
import type { Round } from './round';
import { titleOf } from './titles';

/** An incident that came back soon after it was resolved stays open until it has been quiet for this long, ms. */
const FLAPPING_HOLD = 600_000;
/** Shortest time between a message and one that only says that more has joined, ms. */
const UPDATE_EVERY = 60_000;

/** Finds out why nothing is to be said about alerts: a silence, or their host is down and that says it all. */
export function quieten(round: Round): void {
  const down = new Set<string>();
  const lost = new Set<string>();
  for (const { alerts } of round.all()) {
    for (const { kind, hostId } of firingOf(alerts)) {
      if (kind === 'down') down.add(hostId);
      if (isLoss(kind)) lost.add(hostId);
    }
  }
  for (const incident of [...round.all()]) {
    if (incident.resolvedAt !== null) continue;
    const quiets = incident.alerts.map((alert): IncidentAlert['quiet'] => {
      if (alert.endedAt !== null || alert.kind === 'down') return null;
      return (isLoss(alert.kind) ? down : lost).has(alert.hostId) ? 'host_down' : null;
    });
    const reasons = incident.alerts.map((alert) =>
      alert.endedAt === null ? round.around.silenceOf(alert) : null,
    );
    const wanted = quiets.map((quiet, place) =>
      reasons[place] === null || reasons[place] === undefined ? quiet : ('silenced' as const),
    );
    if (incident.alerts.every((alert, place) => alert.quiet === (wanted[place] ?? null))) continue;
    const draft = round.edit(incident);
    draft.alerts.forEach((alert, place) => {
      alert.quiet = wanted[place] ?? null;
    });
    noteSilence(round, draft, reasons);
  }
}

/** Says once, when everything that fires has become silent, why. */
function noteSilence(round: Round, draft: Draft, reasons: readonly (string | null)[]): void {
  const firing = firingOf(draft.alerts);
  const reason = reasons.find((one) => one !== null);
  if (reason === undefined || firing.some(({ quiet }) => quiet !== 'silenced')) return;
  round.note(draft, 'silenced', `silenced: ${reason}`);
}

/** Does what is due for an incident: raises severities, resolves it, and says what is to be said. */
export function settle(round: Round, incident: Draft | Incident): void {
  if (incident.resolvedAt !== null) return;
  if (isGoingOn(incident)) {
    speak(round, escalateAlerts(round, incident));
    return;
  }
  const { calmSince, reopened } = incident.progress;
  if (calmSince === null) round.edit(incident).progress.calmSince = round.now;
  const hold = reopened > 0 ? FLAPPING_HOLD : 0;
  if (round.now - (calmSince ?? round.now) < hold) return;
  resolve(round, round.edit(incident));
}

function resolve(round: Round, draft: Draft): void {
  for (const alert of firingOf(draft.alerts)) alert.endedAt = round.now;
  draft.title = titleOf(draft, round.around);
  draft.resolvedAt = round.now;
  round.note(draft, 'resolved', 'resolved');
  if (draft.progress.isTold) say(round, draft, 'resolved');
}

/** Raises severities that are due. @returns the incident as it is then */
function escalateAlerts(round: Round, incident: Draft | Incident): Draft | Incident {
  if (incident.acknowledged !== null) return incident;
  const isDue = ({ plan, severity, startedAt, endedAt, quiet }: IncidentAlert) =>
    endedAt === null &&
    quiet === null &&
    plan.escalate !== null &&
    isWorse(plan.escalate.severity, severity) &&
    round.now - startedAt >= plan.escalate.after;
  if (!incident.alerts.some(isDue)) return incident;
  const draft = round.edit(incident);
  for (const alert of draft.alerts) {
    if (!isDue(alert) || alert.plan.escalate === null) continue;
    const before = alert.severity;
    alert.severity = alert.plan.escalate.severity;
    round.note(
      draft,
      'severity_raised',
      `${alert.hostName}: ${before} → ${alert.severity}, for nobody has acknowledged it`,
    );
  }
  const worst = worstOf(firingOf(draft.alerts));
  if (isWorse(worst, draft.severity)) draft.severity = worst;
  return draft;
}

/** Says what is to be said; nothing about alerts that are quiet. */
function speak(round: Round, incident: Draft | Incident): void {
  const loud = firingOf(incident.alerts).filter(({ quiet }) => quiet === null);
  if (loud.length === 0) return;
  const { progress, acknowledged } = incident;
  const { now } = round;
  const worst = worstOf(loud);
  if (!progress.isTold) say(round, round.edit(incident), 'problem');
  else if (isWorse(worst, progress.toldSeverity)) {
    const draft = round.edit(incident);
    if (acknowledged !== null) {
      draft.acknowledged = null;
      round.note(draft, 'unacknowledged', 'it has become worse than what was acknowledged');
    }
    say(round, draft, 'escalation');
  } else if (isNewsDue(round, incident)) say(round, round.edit(incident), 'update');
  else if (acknowledged === null && now - progress.lastSentAt >= repeatOf(loud)) {
    say(round, round.edit(incident), 'reminder');
  }
}

/** News waits for more of its kind, and for some time since the last message. */
function isNewsDue({ now, around }: Round, { progress }: Draft | Incident): boolean {
  const { newsSince, lastSentAt } = progress;
  return (
    newsSince !== null && now - newsSince >= around.groupWait && now - lastSentAt >= UPDATE_EVERY
  );
}

/** The shortest time to a reminder that a rule asks for. */
function repeatOf(alerts: readonly IncidentAlert[]): number {
  return Math.min(...alerts.map(({ plan }) => plan.repeatAfter ?? Infinity));
}

function say(round: Round, draft: Draft, kind: IncidentMessageKind): void {
  const { progress } = draft;
  draft.title = titleOf(draft, round.around);
  progress.messages += 1;
  const message = toMessage(draft, { kind, around: round.around, now: round.now });
  progress.isTold = kind !== 'resolved';
  progress.toldSeverity = message.severity;
  progress.lastSentAt = round.now;
  progress.newsSince = null;
  round.messages.push(message);
  round.note(draft, 'notified', `${kind}: ${message.title}`);
}
