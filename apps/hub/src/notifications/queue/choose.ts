import type { Pace } from '@hostdeck/contracts';

/** Most messages in one digest. */
const LARGEST_DIGEST = 50;

/** A delivery that has not ended. */
export interface QueuedDelivery {
  readonly id: number;
  readonly message: string;
  readonly incident: string;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly batch: string | null;
  readonly done: readonly string[];
}

interface Choice {
  readonly pace: Pace;
  /** Whether the channel's kind can send several messages at once. */
  readonly digests: boolean;
  readonly now: number;
}

/**
 * What to send next of a channel's queue: one delivery, or several as a digest; none while everything waits. Of one incident nothing
 * overtakes: what follows a message that waits for another attempt waits with it. A digest that has been tried stays as it was, so that it
 * is the same when it is sent again.
 *
 * @param queue in the order it was queued
 */
export function choose(
  queue: readonly QueuedDelivery[],
  { pace, digests, now }: Choice,
): readonly QueuedDelivery[] {
  const held = new Set<string>();
  const ready: QueuedDelivery[] = [];
  for (const delivery of queue) {
    const { incident, nextAt, batch } = delivery;
    if (held.has(incident)) continue;
    if (nextAt > now) {
      held.add(incident);
    } else if (batch !== null) {
      return queue.filter((other) => other.batch === batch);
    } else {
      ready.push(delivery);
    }
  }
  const [first] = ready;
  if (first === undefined) return [];
  if (!digests || pace.digestFrom === null) return [first];
  const opened = Math.min(...ready.map(({ createdAt }) => createdAt));
  if (now < opened + pace.digestWindow * 1_000) return [];
  const least = pace.digestWindow > 0 ? 2 : pace.digestFrom;
  return ready.length >= least ? ready.slice(0, LARGEST_DIGEST) : [first];
}
