import { HOSTDECK_VERSION, type Firing, type HostEvent } from '@hostdeck/contracts';
import type { WithoutText } from '../../events/event-text';
import type { Host } from '../../hosts/host';
import { eventsOf, hostSignal, type HostEvidence } from '../evaluation/host-signals';
import type { HostCondition } from '../evaluation/judges';
import { clearForOf, type Signal } from '../evaluation/machine';
import type { EffectiveRule } from '../rules/effective-rule';
import { FiringRecorder } from './firing-recorder';

/** A rule about a host as a whole, over a time. */
export interface HostQuestion {
  readonly host: Host;
  readonly rule: EffectiveRule;
  readonly condition: HostCondition;
  readonly from: number;
  readonly to: number;
  /** What happened to the host, ascending; also before `from`, so that its state then is known. */
  readonly events: readonly WithoutText<HostEvent>[];
}

/** Runs a rule about a host over what was recorded of it. */
export function backtestHost({ host, rule, condition, from, to, events }: HostQuestion): Firing[] {
  const recorder = new FiringRecorder(rule, condition.kind, (value, than) => {
    return Math.abs(value) > Math.abs(than);
  });
  const happenings = eventsOf(condition);
  const spread = (signal: Signal, value: number | null, [start, end]: [number, number]) => {
    // A state that lasts is looked at where its time alone can decide.
    const looks = [start, start + rule.for, start + clearForOf(rule), end];
    for (const at of [...new Set(looks)].sort((one, other) => one - other)) {
      if (at <= end) recorder.take({ signal, at, value }, Infinity);
    }
  };
  let evidence = firstEvidence(host, events);
  let since = events[0]?.at ?? from;
  const advance = (until: number) => {
    const signal = happenings === null ? hostSignal(condition, evidence, HOSTDECK_VERSION) : 'good';
    const value = condition.kind === 'clock_off' ? evidence.clockOffset : null;
    if (until > since) spread(signal, value, [since, until]);
    since = until;
  };
  for (const event of events) {
    advance(event.at);
    if (happenings?.includes(event.kind) === true) recorder.happen(event.at);
    evidence = after(evidence, event);
  }
  advance(to);
  return recorder.firings.filter((one) => (one.to ?? to) > from);
}

/** What was known before the first event: what the first change of it says it was, or what is known now. */
function firstEvidence(host: Host, events: readonly WithoutText<HostEvent>[]): HostEvidence {
  let { clockOffset } = host;
  let agentVersion = host.facts?.agentVersion ?? null;
  let { status } = host;
  for (const event of events.toReversed()) {
    if (event.kind === 'clock_jumped') clockOffset = event.detail.from;
    if (event.kind === 'agent_version') agentVersion = event.detail.from;
    if (event.kind === 'status') status = event.detail.from ?? 'restarting';
  }
  return { status, isHeard: true, clockOffset, agentVersion };
}

function after(evidence: HostEvidence, event: WithoutText<HostEvent>): HostEvidence {
  if (event.kind === 'status') return { ...evidence, status: event.detail.to };
  if (event.kind === 'clock_jumped') return { ...evidence, clockOffset: event.detail.to };
  if (event.kind === 'agent_version') return { ...evidence, agentVersion: event.detail.to };
  return evidence;
}
