import type { HostEvent, HostFacts } from '@hostdeck/contracts';
import type { WithoutText } from './event-text';

/** Clock offsets that differ by less are measurement, ms. */
const CLOCK_JUMP = 2_000;

/** What is known of a host at a hello. */
export interface Greeted {
  readonly facts: HostFacts | null;
  /** Epoch of the outbox. */
  readonly epoch: string | null;
  /** Ms. */
  readonly clockOffset: number | null;
}

/** Whether two known values differ; from what is not known nothing follows. */
function differ(
  before: string | number | null | undefined,
  after: string | number | null | undefined,
): boolean {
  return (before ?? null) !== null && (after ?? null) !== null && before !== after;
}

/** What has happened to a host between one hello and the next. */
export function greetingEvents(
  before: Greeted,
  after: Greeted,
  at: number,
): WithoutText<HostEvent>[] {
  if (before.facts === null || after.facts === null) return [];
  const events: WithoutText<HostEvent>[] = [];
  if (differ(before.facts.bootId, after.facts.bootId)) {
    events.push({ at, kind: 'rebooted', detail: { bootedAt: after.facts.bootedAt } });
  } else if (differ(before.facts.agentStartedAt, after.facts.agentStartedAt)) {
    events.push({ at, kind: 'agent_restarted', detail: {} });
  }
  if (differ(before.epoch, after.epoch)) events.push({ at, kind: 'new_epoch', detail: {} });
  const [from, to] = [before.facts.agentVersion, after.facts.agentVersion];
  if (from !== to) events.push({ at, kind: 'agent_version', detail: { from, to } });
  const [offsetBefore, offset] = [before.clockOffset, after.clockOffset];
  if (offsetBefore !== null && offset !== null && Math.abs(offset - offsetBefore) > CLOCK_JUMP) {
    events.push({ at, kind: 'clock_jumped', detail: { from: offsetBefore, to: offset } });
  }
  return events;
}
