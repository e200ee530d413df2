import { eventually } from '../events';
import { accept, answer, hang, hangUp } from './http-receiver';
import { message } from './messages';
import { WebhookQueue } from './webhook-queue';

const MINUTE = 60_000;

describe('the delivery queue', () => {
  const queue = new WebhookQueue();

  it('sends what was committed and nothing of what was rolled back, each message once', async () => {
    await queue.webhook();
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('first'));
    await queue.notifying.enqueue(message('first'), message('second'));
    const broken = queue.notifying.database.write.transaction().execute(async (transaction) => {
      await queue.notifying.notifier.enqueue([message('never')], transaction);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    const deliveries = await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(deliveries.map(({ key, attempts }) => [key, attempts])).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    expect(queue.titles()).toEqual([['Title of first'], ['Title of second']]);
    expect(queue.keys()).toEqual(['first', 'second']);
    expect((await queue.notifying.channels.list({ limit: 10 })).items[0]?.health).toMatchObject({
      waiting: 0,
      lastSuccessAt: queue.now,
      failures: 0,
    });
  });

  it.each([
    ['answers 500', answer(500), 'receiver_fault'],
    ['closes in the middle', hangUp, 'closed'],
    ['answers 408', answer(408), 'limited'],
  ] as const)(
    'tries again when the receiver %s, with the same key, later and later',
    async (_, behaviour, reason) => {
      await queue.webhook();
      queue.receiver.next = [behaviour, behaviour];
      await queue.notifying.queue.start();
      await queue.notifying.enqueue(message('one'));
      const [first] = await queue.notifying.settled(({ error }) => error !== null);
      expect(first).toMatchObject({ state: 'waiting', error: { reason } });
      expect((first?.nextAt ?? 0) - queue.now).toBeGreaterThanOrEqual(2_500);
      expect((first?.nextAt ?? 0) - queue.now).toBeLessThanOrEqual(5_000);
      queue.now += MINUTE;
      const [second] = await queue.notifying.settled(
        ({ attempts, state }) => attempts === 2 && state === 'waiting',
      );
      expect((second?.nextAt ?? 0) - queue.now).toBeGreaterThanOrEqual(5_000);
      queue.now += MINUTE;
      await queue.notifying.settled(({ state }) => state === 'delivered');
      expect(queue.keys()).toEqual(['one', 'one', 'one']);
    },
  );

  it('gives a receiver that hangs its time, and tries again', async () => {
    await queue.reopen(200);
    await queue.webhook();
    queue.receiver.next = [hang];
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'));
    await queue.notifying.settled(({ error }) => error?.reason === 'timeout');
    await queue.reopen();
    await queue.notifying.queue.start();
    queue.now += MINUTE;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.receiver.received).toHaveLength(2);
  });

  it('waits as long as the receiver asks, all of the channel', async () => {
    await queue.webhook();
    queue.receiver.next = [answer(429, { 'retry-after': '120' })];
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'));
    const [first] = await queue.notifying.settled(({ error }) => error?.reason === 'limited');
    expect(first?.nextAt).toBe(queue.now + 120_000);
    await queue.notifying.enqueue(message('two'));
    queue.now += 119_000;
    await queue.notifying.queue.look();
    expect(queue.receiver.received).toHaveLength(1);
    queue.now += 1_000;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    // The second has been due for longer than the next attempt of the first.
    expect(queue.keys()).toEqual(['one', 'two', 'one']);
  });

  it('marks what is refused for good, shows it, and sends it again only when asked', async () => {
    await queue.webhook();
    queue.receiver.next = [answer(403, {}, 'go \u001b[31maway')];
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'), message('one more', { incidentId: 'one' }));
    const deliveries = await queue.notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(deliveries.map(({ state }) => state)).toEqual(['failed', 'delivered']);
    expect(deliveries[0]?.error).toEqual({
      reason: 'rejected',
      status: 403,
      message: `127.0.0.1:${queue.receiver.port} refuses it (403): go \ufffd[31maway`,
    });
    queue.now += 86_400_000 * 2;
    await queue.notifying.queue.look();
    expect(queue.receiver.received).toHaveLength(2);
    const [failed, delivered] = deliveries.map(({ id }) => id);
    expect(await queue.notifying.deliveryLog.retry(delivered ?? 0, queue.now)).toBe(false);
    expect(await queue.notifying.deliveryLog.retry(failed ?? 0, queue.now)).toBe(true);
    await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.titles().flat()).toEqual(['Title of one', 'Title of one more', 'Title of one']);
  });

  it('forgets after a month what has become of messages', async () => {
    await queue.webhook();
    await queue.notifying.enqueue(message('old'));
    await queue.notifying.queue.start();
    await queue.notifying.settled(({ state }) => state === 'delivered');
    queue.now += 31 * 86_400_000;
    await queue.reopen();
    await queue.notifying.enqueue(message('new'));
    await queue.notifying.queue.start();
    const kept = () =>
      queue.notifying.database.read.selectFrom('notification_messages').select('key').execute();
    await eventually(kept, (messages) => messages.every(({ key }) => key === 'new'));
    expect((await queue.notifying.deliveries()).map(({ key }) => key)).toEqual(['new']);
  });

  it('does not follow a redirect', async () => {
    await queue.webhook();
    queue.receiver.next = [answer(307, { location: `${queue.receiver.url}/elsewhere` })];
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'));
    const [delivery] = await queue.notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(delivery).toMatchObject({ state: 'failed', error: { reason: 'redirected' } });
    expect(queue.receiver.received.map(({ path }) => path)).toEqual(['/in']);
  });

  it('keeps the order of one incident while others pass a message that is stuck', async () => {
    await queue.webhook();
    let isStuck = true;
    queue.receiver.otherwise = (response, received) =>
      (isStuck && received.body.includes('Title of stuck') ? answer(500) : accept)(
        response,
        received,
      );
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(
      message('stuck', { incidentId: 'a' }),
      message('after', { incidentId: 'a', kind: 'resolved' }),
      message('other', { incidentId: 'b' }),
      message('another', { incidentId: 'c' }),
    );
    await queue.notifying.settled(({ key, error }) => key !== 'stuck' || error !== null);
    // The failure pauses the channel for some seconds. Then what has been due for longest goes first.
    queue.now += 5_001;
    await queue.notifying.settled(
      ({ incidentId, state }) => incidentId === 'a' || state === 'delivered',
    );
    isStuck = false;
    queue.now += 2 * MINUTE;
    await queue.notifying.settled(({ state }) => state === 'delivered');
    const order = queue.titles().map(([title]) => title?.replace('Title of ', ''));
    expect(order.filter((title) => title !== 'stuck')).toEqual(['other', 'another', 'after']);
    expect(order.lastIndexOf('stuck')).toBe(order.length - 2);
  });

  it('goes on after a restart, also with what was being sent', async () => {
    await queue.webhook();
    queue.receiver.next = [hang];
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'), message('two'));
    await queue.receiver.count(1);
    await queue.reopen();
    await queue.notifying.queue.start();
    await queue.notifying.settled(({ state }) => state === 'delivered');
    expect(queue.keys()).toEqual(['one', 'one', 'two']);
  });

  it('gives up after a day, and says so', async () => {
    await queue.webhook();
    queue.receiver.otherwise = answer(502);
    await queue.notifying.queue.start();
    await queue.notifying.enqueue(message('one'));
    await queue.notifying.settled(({ error }) => error !== null);
    queue.now += 86_400_000;
    const [delivery] = await queue.notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(delivery).toMatchObject({ state: 'failed', error: { reason: 'expired' } });
  });

  it('drops what waits for a channel that is removed, and holds what waits for one that is switched off', async () => {
    const removed = await queue.webhook();
    const off = await queue.webhook();
    await queue.notifying.enqueue(message('one'));
    await queue.notifying.channels.change(off.id, { enabled: false });
    await queue.notifying.channels.remove(removed.id);
    await queue.notifying.queue.start();
    await queue.notifying.queue.look();
    const states = new Map(
      (await queue.notifying.deliveries()).map(({ channelId, state }) => [channelId, state]),
    );
    expect([states.get(removed.id), states.get(off.id)]).toEqual(['dropped', 'waiting']);
    expect(queue.receiver.received).toHaveLength(0);
    await queue.notifying.channels.change(off.id, { enabled: true });
    await queue.receiver.count(1);
    expect((await queue.notifying.routes.all())[0]?.channels).toEqual([off.id]);
  });
});
