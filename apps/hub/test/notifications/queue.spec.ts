import { rm } from 'node:fs/promises';
import { eventually } from '../events';
import { temporaryFolder } from '../hub';
import { accept, answer, hang, hangUp, HttpReceiver } from './http-receiver';
import { message } from './messages';
import { Notifying } from './notifying';

const MINUTE = 60_000;

describe('the delivery queue', () => {
  let folder: string;
  let receiver: HttpReceiver;
  let notifying: Notifying;
  let now: number;

  const open = (timeout?: number) =>
    Notifying.open(folder, { now: () => now, ...(timeout === undefined ? {} : { timeout }) });
  const webhook = (pace = {}) =>
    notifying.channel({ kind: 'webhook', config: { url: `${receiver.url}/in` }, pace });
  const titles = () =>
    receiver.bodies.map((body) =>
      (body as { messages: { title: string }[] }).messages.map(({ title }) => title),
    );
  const keys = () => receiver.received.map(({ headers }) => headers['idempotency-key']);

  beforeEach(async () => {
    now = 1_700_000_000_000;
    folder = await temporaryFolder();
    receiver = await HttpReceiver.start();
    notifying = await open();
  });
  afterEach(async () => {
    await notifying.close();
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('sends what was committed and nothing of what was rolled back, each message once', async () => {
    await webhook();
    await notifying.queue.start();
    await notifying.enqueue(message('first'));
    await notifying.enqueue(message('first'), message('second'));
    const broken = notifying.database.write.transaction().execute(async (transaction) => {
      await notifying.notifier.enqueue([message('never')], transaction);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    const deliveries = await notifying.settled(({ state }) => state === 'delivered');
    expect(deliveries.map(({ key, attempts }) => [key, attempts])).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    expect(titles()).toEqual([['Title of first'], ['Title of second']]);
    expect(keys()).toEqual(['first', 'second']);
    expect((await notifying.channels.list({ limit: 10 })).items[0]?.health).toMatchObject({
      waiting: 0,
      lastSuccessAt: now,
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
      await webhook();
      receiver.next = [behaviour, behaviour];
      await notifying.queue.start();
      await notifying.enqueue(message('one'));
      const [first] = await notifying.settled(({ error }) => error !== null);
      expect(first).toMatchObject({ state: 'waiting', error: { reason } });
      expect((first?.nextAt ?? 0) - now).toBeGreaterThanOrEqual(2_500);
      expect((first?.nextAt ?? 0) - now).toBeLessThanOrEqual(5_000);
      now += MINUTE;
      const [second] = await notifying.settled(
        ({ attempts, state }) => attempts === 2 && state === 'waiting',
      );
      expect((second?.nextAt ?? 0) - now).toBeGreaterThanOrEqual(5_000);
      now += MINUTE;
      await notifying.settled(({ state }) => state === 'delivered');
      expect(keys()).toEqual(['one', 'one', 'one']);
    },
  );

  it('gives a receiver that hangs its time, and tries again', async () => {
    await notifying.close();
    notifying = await open(200);
    await webhook();
    receiver.next = [hang];
    await notifying.queue.start();
    await notifying.enqueue(message('one'));
    await notifying.settled(({ error }) => error?.reason === 'timeout');
    await notifying.close();
    notifying = await open();
    await notifying.queue.start();
    now += MINUTE;
    await notifying.settled(({ state }) => state === 'delivered');
    expect(receiver.received).toHaveLength(2);
  });

  it('waits as long as the receiver asks, all of the channel', async () => {
    await webhook();
    receiver.next = [answer(429, { 'retry-after': '120' })];
    await notifying.queue.start();
    await notifying.enqueue(message('one'));
    const [first] = await notifying.settled(({ error }) => error?.reason === 'limited');
    expect(first?.nextAt).toBe(now + 120_000);
    await notifying.enqueue(message('two'));
    now += 119_000;
    await notifying.queue.look();
    expect(receiver.received).toHaveLength(1);
    now += 1_000;
    await notifying.settled(({ state }) => state === 'delivered');
    // The second has been due for longer than the next attempt of the first.
    expect(keys()).toEqual(['one', 'two', 'one']);
  });

  it('marks what is refused for good, shows it, and sends it again only when asked', async () => {
    await webhook();
    receiver.next = [answer(403, {}, 'go away')];
    await notifying.queue.start();
    await notifying.enqueue(message('one'), message('one more', { incidentId: 'one' }));
    const deliveries = await notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(deliveries.map(({ state }) => state)).toEqual(['failed', 'delivered']);
    expect(deliveries[0]?.error).toEqual({
      reason: 'rejected',
      status: 403,
      message: `127.0.0.1:${receiver.port} refuses it (403): go away`,
    });
    now += 86_400_000 * 2;
    await notifying.queue.look();
    expect(receiver.received).toHaveLength(2);
    const [failed, delivered] = deliveries.map(({ id }) => id);
    expect(await notifying.deliveryLog.retry(delivered ?? 0, now)).toBe(false);
    expect(await notifying.deliveryLog.retry(failed ?? 0, now)).toBe(true);
    await notifying.settled(({ state }) => state === 'delivered');
    expect(titles().flat()).toEqual(['Title of one', 'Title of one more', 'Title of one']);
  });

  it('forgets after a month what has become of messages', async () => {
    await webhook();
    await notifying.enqueue(message('old'));
    await notifying.queue.start();
    await notifying.settled(({ state }) => state === 'delivered');
    await notifying.close();
    now += 31 * 86_400_000;
    notifying = await open();
    await notifying.enqueue(message('new'));
    await notifying.queue.start();
    await eventually(
      () => notifying.deliveries(),
      (deliveries) => deliveries.every(({ key }) => key === 'new'),
    );
    const kept = notifying.database.read
      .selectFrom('notification_messages')
      .select('key')
      .execute();
    expect(await kept).toEqual([{ key: 'new' }]);
  });

  it('does not follow a redirect', async () => {
    await webhook();
    receiver.next = [answer(307, { location: `${receiver.url}/elsewhere` })];
    await notifying.queue.start();
    await notifying.enqueue(message('one'));
    const [delivery] = await notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(delivery).toMatchObject({ state: 'failed', error: { reason: 'redirected' } });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/in']);
  });

  it('keeps the order of one incident while others pass a message that is stuck', async () => {
    await webhook();
    let isStuck = true;
    receiver.otherwise = (response, received) =>
      (isStuck && received.body.includes('Title of stuck') ? answer(500) : accept)(
        response,
        received,
      );
    await notifying.queue.start();
    await notifying.enqueue(
      message('stuck', { incidentId: 'a' }),
      message('after', { incidentId: 'a', kind: 'resolved' }),
      message('other', { incidentId: 'b' }),
      message('another', { incidentId: 'c' }),
    );
    await notifying.settled(({ key, error }) => key !== 'stuck' || error !== null);
    // The failure pauses the channel for some seconds. Then what has been due for longest goes first.
    now += 5_001;
    await notifying.settled(({ incidentId, state }) => incidentId === 'a' || state === 'delivered');
    isStuck = false;
    now += 2 * MINUTE;
    await notifying.settled(({ state }) => state === 'delivered');
    const order = titles().map(([title]) => title?.replace('Title of ', ''));
    expect(order.filter((title) => title !== 'stuck')).toEqual(['other', 'another', 'after']);
    expect(order.lastIndexOf('stuck')).toBe(order.length - 2);
  });

  it.each([
    ['refuses it', 413],
    ['fails on it again and again', 500],
  ])('sends the messages of a digest one by one when the receiver %s', async (_, status) => {
    await webhook({ digestFrom: 2, perMinute: 600 });
    receiver.otherwise = (response, received) =>
      (received.body.includes('2 messages') ? answer(status) : accept)(response, received);
    await notifying.enqueue(message('a'), message('b'));
    await notifying.queue.start();
    for (const attempts of [1, 2]) {
      if (status !== 500) break;
      await notifying.settled((one) => one.attempts === attempts && one.state === 'waiting');
      now += MINUTE;
    }
    const deliveries = await notifying.settled(({ state }) => state === 'delivered');
    expect(keys().slice(-2)).toEqual(['a', 'b']);
    expect(deliveries.map(({ error }) => error?.status)).toEqual([status, status]);
  });

  it('makes one digest of many, resolutions included, and the same one when it is sent again', async () => {
    await webhook({ digestFrom: 3 });
    receiver.next = [answer(500)];
    await notifying.enqueue(
      message('a'),
      message('b'),
      message('a over', { incidentId: 'a', kind: 'resolved', resolvedAt: now }),
    );
    await notifying.queue.start();
    await notifying.settled(({ error }) => error !== null);
    await notifying.enqueue(message('c'));
    now += MINUTE;
    await notifying.settled(({ state }) => state === 'delivered');
    const digest = ['Title of a', 'Title of b', 'Title of a over'];
    expect(titles()).toEqual([digest, ['Title of c'], digest]);
    expect(keys()[0]).toMatch(/^digest-[0-9a-f]{32}$/);
    expect(keys()[2]).toBe(keys()[0]);
    expect(receiver.bodies[0]).toMatchObject({ heading: '3 messages: 2 critical, 1 resolved' });
  });

  it('gathers for as long as the channel says', async () => {
    await webhook({ digestWindow: 60 });
    await notifying.queue.start();
    await notifying.enqueue(message('a'));
    now += 30_000;
    await notifying.enqueue(message('b'));
    await notifying.queue.look();
    expect(receiver.received).toHaveLength(0);
    now += 30_000;
    await notifying.settled(({ state }) => state === 'delivered');
    expect(titles()).toEqual([['Title of a', 'Title of b']]);
  });

  it('sends no more than the channel may in a minute', async () => {
    await webhook({ perMinute: 2, digestFrom: null });
    await notifying.queue.start();
    await notifying.enqueue(message('a'), message('b'), message('c'));
    await receiver.count(2);
    await notifying.queue.look();
    expect((await notifying.deliveries()).map(({ state }) => state)).not.toContain('failed');
    expect(receiver.received).toHaveLength(2);
    now += MINUTE;
    await notifying.settled(({ state }) => state === 'delivered');
    expect(titles().flat()).toEqual(['Title of a', 'Title of b', 'Title of c']);
  });

  it('goes on after a restart, also with what was being sent', async () => {
    await webhook();
    receiver.next = [hang];
    await notifying.queue.start();
    await notifying.enqueue(message('one'), message('two'));
    await receiver.count(1);
    await notifying.close();
    notifying = await open();
    await notifying.queue.start();
    await notifying.settled(({ state }) => state === 'delivered');
    expect(keys()).toEqual(['one', 'one', 'two']);
  });

  it('gives up after a day, and says so', async () => {
    await webhook();
    receiver.otherwise = answer(502);
    await notifying.queue.start();
    await notifying.enqueue(message('one'));
    await notifying.settled(({ error }) => error !== null);
    now += 86_400_000;
    const [delivery] = await notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(delivery).toMatchObject({ state: 'failed', error: { reason: 'expired' } });
  });

  it('drops what waits for a channel that is removed, and holds what waits for one that is switched off', async () => {
    const removed = await webhook();
    const off = await webhook();
    await notifying.enqueue(message('one'));
    await notifying.channels.change(off.id, { enabled: false });
    await notifying.channels.remove(removed.id);
    await notifying.queue.start();
    await notifying.queue.look();
    const states = new Map(
      (await notifying.deliveries()).map(({ channelId, state }) => [channelId, state]),
    );
    expect([states.get(removed.id), states.get(off.id)]).toEqual(['dropped', 'waiting']);
    expect(receiver.received).toHaveLength(0);
    await notifying.channels.change(off.id, { enabled: true });
    await receiver.count(1);
    expect((await notifying.routes.all())[0]?.channels).toEqual([off.id]);
  });
});
