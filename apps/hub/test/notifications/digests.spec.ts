import { accept, answer } from './http-receiver';
import { message } from './messages';
import { WebhookQueue } from './webhook-queue';

const MINUTE = 60_000;

describe('digests and pace', () => {
  const queue = new WebhookQueue();

  it.each([
    ['refuses it', 413],
    ['fails on it again and again', 500],
  ])('sends the messages of a digest one by one when the receiver %s', async (_, status) => {
    await queue.webhook({ digestFrom: 2, perMinute: 600 });
    queue.receiver.otherwise = (response, received) =>
      (received.body.includes('2 messages') ? answer(status) : accept)(response, received);
    await queue.notifying.enqueue(message('a'), message('b'));
    await queue.notifying.queue.start();
    for (const attempts of [1, 2]) {
      if (status !== 500) break;
      await queue.notifying.settled((one) => one.attempts === attempts && one.state === 'waiting');
      queue.now += MINUTE;
    }
    const deliveries = await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.keys().slice(-2)).toEqual(['a', 'b']);
    expect(deliveries.map(({ error }) => error?.status)).toEqual([status, status]);
  });

  it('makes one digest of many, resolutions included, and the same one when it is sent again', async () => {
    await queue.webhook({ digestFrom: 3 });
    queue.receiver.next = [answer(500)];
    await queue.notifying.enqueue(
      message('a'),
      message('b'),
      message('a over', { incidentId: 'a', kind: 'resolved', resolvedAt: queue.now }),
    );
    await queue.notifying.queue.start();
    await queue.notifying.settled(({ error }) => error !== null);
    await queue.notifying.enqueue(message('c'));
    queue.now += MINUTE;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    const digest = ['Title of a', 'Title of b', 'Title of a over'];
    expect(queue.titles()).toEqual([digest, ['Title of c'], digest]);
    expect(queue.keys()[0]).toMatch(/^digest-[0-9a-f]{32}$/);
    expect(queue.keys()[2]).toBe(queue.keys()[0]);
    expect(queue.receiver.bodies[0]).toMatchObject({
      heading: '3 messages: 2 critical, 1 resolved',
    });
  });

  it('gathers for as long as the channel says', async () => {
    await queue.webhook({ digestWindow: 60 });
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('a'));
    queue.now += 30_000;
    await queue.notifying.enqueue(message('b'));
    await queue.notifying.queue.look();
    expect(queue.receiver.received).toHaveLength(0);
    queue.now += 30_000;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.titles()).toEqual([['Title of a', 'Title of b']]);
  });

  it('sends no more than the channel may in a minute', async () => {
    await queue.webhook({ perMinute: 2, digestFrom: null });
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('a'), message('b'), message('c'));
    await queue.receiver.count(2);
    await queue.notifying.queue.look();
    expect((await queue.notifying.deliveries()).map(({ state }) => state)).not.toContain('failed');
    expect(queue.receiver.received).toHaveLength(2);
    queue.now += MINUTE;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.titles().flat()).toEqual(['Title of a', 'Title of b', 'Title of c']);
  });
});
