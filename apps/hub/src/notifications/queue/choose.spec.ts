import type { Pace } from '@hostdeck/contracts';
import { ALONE, choose, type QueuedDelivery } from './choose';

const NOW = 100_000;
const PACE: Pace = { perMinute: 20, digestFrom: 3, digestWindow: 0 };

/** A delivery of an incident, due since its creation unless said otherwise. */
function delivery(id: number, incident: string, others: Partial<QueuedDelivery> = {}) {
  const usual: QueuedDelivery = {
    id,
    message: `message ${id}`,
    incident,
    attempts: 0,
    nextAt: NOW - 1_000 + id,
    createdAt: NOW - 1_000 + id,
    expiresAt: NOW + 1_000_000,
    batch: null,
    done: [],
  };
  return { ...usual, ...others };
}

function chosen(queue: QueuedDelivery[], pace: Partial<Pace> = {}, digests = true): number[] {
  const choice = { pace: { ...PACE, ...pace }, digests, now: NOW };
  return choose(queue, choice).map(({ id }) => id);
}

describe('what is sent next', () => {
  const later = { nextAt: NOW + 1 };

  it('is nothing of an incident whose earlier message waits for another attempt', () => {
    const queue = [delivery(1, 'a', later), delivery(2, 'a'), delivery(3, 'b'), delivery(4, 'a')];
    expect(chosen(queue)).toEqual([3]);
    expect(chosen(queue.slice(0, 2))).toEqual([]);
  });

  it('is what has been due for longest, and of one incident its first', () => {
    const retried = delivery(1, 'a', { attempts: 2, nextAt: NOW });
    expect(chosen([retried, delivery(2, 'b')])).toEqual([2]);
    expect(chosen([retried, delivery(2, 'a')])).toEqual([1]);
  });

  it('is a digest when enough is due, without what waits behind a message that is not', () => {
    const queue = [delivery(1, 'a', later), delivery(2, 'a'), delivery(3, 'b'), delivery(4, 'b')];
    expect(chosen([...queue, delivery(5, 'c')])).toEqual([3, 4, 5]);
    expect(chosen([...queue, delivery(5, 'c')], {}, false)).toEqual([3]);
    expect(chosen([...queue, delivery(5, 'c')], { digestFrom: null })).toEqual([3]);
  });

  it('is a digest as it was tried, and nothing that follows in its incidents', () => {
    const batch = { batch: 'digest', attempts: 1, nextAt: NOW };
    const queue = [delivery(1, 'a', batch), delivery(2, 'b', batch), delivery(3, 'a')];
    expect(chosen(queue)).toEqual([1, 2]);
    expect(chosen([...queue, delivery(4, 'c')])).toEqual([4]);
  });

  it('is no digest of what was tried by itself: the receiver may have it under its own key', () => {
    const tried = delivery(1, 'a', { attempts: 1 });
    const queue = [tried, delivery(2, 'b'), delivery(3, 'c')];
    expect(chosen(queue)).toEqual([1]);
    expect(chosen([...queue, delivery(4, 'd')].slice(1))).toEqual([2, 3, 4]);
    expect(chosen([tried, delivery(2, 'a'), delivery(3, 'a'), delivery(4, 'a')])).toEqual([1]);
  });

  it('is by itself what a digest was refused with', () => {
    const alone = { batch: ALONE, attempts: 1 };
    const queue = [delivery(1, 'a', alone), delivery(2, 'b', alone), delivery(3, 'c', alone)];
    expect(chosen(queue)).toEqual([1]);
  });

  it('waits for others as long as the channel gathers, then is one digest of two', () => {
    const queue = [delivery(1, 'a'), delivery(2, 'b')];
    expect(chosen(queue, { digestWindow: 10 })).toEqual([]);
    expect(chosen(queue, { digestWindow: 0, digestFrom: 2 })).toEqual([1, 2]);
    const old = queue.map((one) => ({ ...one, createdAt: NOW - 10_000 }));
    expect(chosen(old, { digestWindow: 10 })).toEqual([1, 2]);
  });
});
