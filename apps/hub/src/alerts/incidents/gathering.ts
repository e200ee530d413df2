import type { Tracker, Transition } from '../engine/tracker';
import { thresholdWords } from '../words/alert-text';
import { place, placeLost } from './grouping';
import { firingOf, isLoss, type IncidentAlert } from './incident';
import type { Round } from './round';

/** An alert about to be put into an incident. */
export interface Arrival {
  readonly alert: IncidentAlert;
  readonly tracker: Tracker;
}

/** What a round has done with transitions. */
export interface Taken {
  /** Alerts that are in an incident now. */
  readonly placed: ReadonlySet<Tracker>;
  /** Silent hosts that wait for others of their kind. */
  readonly waiting: readonly Arrival[];
}

/** Lines about alerts that ended at once, before they become one. */
const NAMED = 5;

/**
 * Takes alerts that fired or were resolved into a round. Hosts that fall silent wait for a while for others that do; one that is back by
 * then is not told of.
 */
export function takeTransitions(
  round: Round,
  transitions: readonly Transition[],
  before: readonly Arrival[],
): Taken {
  const placed = new Set<Tracker>();
  let waiting = [...before];
  const ended = new Map<string, string[]>();
  for (const transition of transitions) {
    const { tracker, alertId, text } = transition;
    if (transition.kind === 'fired') {
      const arrival = { alert: toAlert(transition), tracker };
      if (isLoss(arrival.alert.kind)) waiting.push(arrival);
      else {
        place(round, arrival.alert);
        placed.add(tracker);
      }
      continue;
    }
    const count = waiting.length;
    waiting = waiting.filter(({ alert }) => alert.id !== alertId);
    if (waiting.length < count) continue;
    const found = round.find(alertId);
    if (found === null) continue;
    const draft = round.edit(found.incident);
    for (const alert of firingOf(draft.alerts)) {
      if (alert.id === alertId) alert.endedAt = transition.at;
    }
    ended.set(draft.id, [...(ended.get(draft.id) ?? []), `${transition.hostName}: ${text}`]);
  }
  for (const [id, lines] of ended) noteEnded(round, id, lines);
  const since = waiting[0]?.alert.startedAt;
  if (since !== undefined && round.now - since >= round.around.groupWait) {
    placeLost(
      round,
      waiting.map(({ alert }) => alert),
    );
    for (const { tracker } of waiting) placed.add(tracker);
    waiting = [];
  }
  return { placed, waiting };
}

function noteEnded(round: Round, id: string, lines: readonly string[]): void {
  for (const line of lines.slice(0, NAMED)) round.note({ id }, 'alert_resolved', `over: ${line}`);
  const rest = lines.length - NAMED;
  if (rest > 0) round.note({ id }, 'alert_resolved', `and ${rest} more are over`);
}

function toAlert({ tracker, alertId, hostName, at, value, text }: Transition): IncidentAlert {
  const { rule, hostId, series } = tracker;
  return {
    id: alertId,
    ruleId: rule.id,
    ruleName: rule.name,
    hostId,
    hostName,
    series,
    kind: rule.condition.kind,
    severity: rule.severity,
    startedAt: at,
    endedAt: null,
    value,
    text,
    plan: {
      repeatAfter: rule.repeatAfter,
      escalate: rule.escalate,
      threshold: thresholdWords(rule.condition),
    },
    quiet: null,
  };
}
