import type { Pace } from '@hostdeck/contracts';

/** Most messages in one digest. */
const LARGEST_DIGEST = 50;

/** In place of a digest's key: never with others again, because a digest with it was refused. */
export const ALONE = 'alone';

/** A delivery that has not ended. */
export interface QueuedDelivery {
  readonly id: number;
  readonly message: string;
  readonly incident: string;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Key of the digest it is part of, or {@link ALONE}; `null`: not decided. */
  readonly batch: string | null;
  readonly done: readonly string[];
}

interface Choice {
  readonly pace: Pace;
  /** Whether the channel's kind can send several messages at once. */
  readonly digests: boolean;
  readonly now: number;
}

type Deliveries = readonly QueuedDelivery[];

/**
 * What to send next of a channel's queue: one delivery, or several as a digest; none while everything waits. What has been due for longest
 * goes first, so that a message that fails again and again does not hold up the others. Of one incident nothing overtakes: what follows a
 * message that waits for another attempt waits with it. What has been tried stays as it was, by itself or as the same digest, so that it has
 * the same key when it is sent again.
 *
 * @param queue in the order it was queued
 */
export function choose(queue: Deliveries, choice: Choice): Deliveries {
  const held = new Set<string>();
  const fresh: QueuedDelivery[] = [];
  const decided: Deliveries[] = [];
  for (const delivery of queue) {
    const { incident, nextAt, batch, attempts } = delivery;
    if (held.has(incident)) continue;
    if (nextAt <= choice.now && batch === null && attempts === 0) {
      fresh.push(delivery);
      continue;
    }
    held.add(incident);
    if (nextAt > choice.now) continue;
    const isSingle = batch === null || batch === ALONE;
    decided.push(isSingle ? [delivery] : queue.filter((other) => other.batch === batch));
  }
  return longestDue([gather(fresh, choice), ...decided]);
}

/** A digest of what waits, if it is enough for one; else the first of the incident that has been due for longest. */
function gather(fresh: Deliveries, { pace, digests, now }: Choice): Deliveries {
  if (fresh.length === 0) return [];
  if (digests && pace.digestFrom !== null) {
    const opened = Math.min(...fresh.map(({ createdAt }) => createdAt));
    if (now < opened + pace.digestWindow * 1_000) return [];
    const least = pace.digestWindow > 0 ? 2 : pace.digestFrom;
    if (fresh.length >= least) return fresh.slice(0, LARGEST_DIGEST);
  }
  const incidents = new Set<string>();
  const firsts = fresh.filter(({ incident }) => {
    const isFirst = !incidents.has(incident);
    incidents.add(incident);
    return isFirst;
  });
  return longestDue(firsts.map((delivery) => [delivery]));
}

/** Of what is due at the same time, what was queued first. */
function longestDue(candidates: readonly Deliveries[]): Deliveries {
  const [longest] = candidates
    .filter(({ length }) => length > 0)
    .map((deliveries) => ({
      deliveries,
      due: Math.min(...deliveries.map(({ nextAt }) => nextAt)),
      id: Math.min(...deliveries.map(({ id }) => id)),
    }))
    .sort((first, second) => first.due - second.due || first.id - second.id);
  return longest?.deliveries ?? [];
}
