import type { HostEvent, HostSnapshot, HostUpdate, List, Result } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { openStored } from './stored';
import { FACTS, newEpoch, TestAgent } from './test-agent';

const START = 1_795_000_000_000;

describe('what happens to a host', () => {
  let hub: TestHub;
  let now: number;
  let admin: Client;
  let agent: TestAgent;

  beforeEach(async () => {
    now = START;
    hub = await startHub({ clock: () => now });
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.enroll(hub.url);
    agent.clock = () => now;
    await agent.ready();
  });
  afterEach(async () => {
    await agent.leave();
    await hub.close();
  });

  const list = async (query = '') =>
    (await admin.get(`/api/hosts/${agent.id}/events${query}`)).body as List<HostEvent>;
  /** Kinds, with the status where it is one, in the order they happened. */
  const story = async () =>
    (await list()).items
      .map((event) => (event.kind === 'status' ? event.detail.to : event.kind))
      .reverse();
  const becomes = (status: string) =>
    eventually(
      async () => (await admin.get(`/api/hosts/${agent.id}`)).body as { status: string },
      (host) => host.status === status,
    );
  const send = (seq: number, at = now) => agent.send([seq, at, [1, 2, 3]]);

  it('is recorded with each change of its status, by the clock of the hub', async () => {
    await send(0);
    now += 7_000;
    await becomes('stale');
    now += 24_000;
    await becomes('down');
    await send(1);
    await agent.socket.emitWithAck('goodbye', { reason: 'restart', message: '' });
    now += 10_000;
    await becomes('restarting');
    const { items } = await list();
    expect(items.reverse()).toMatchObject([
      { at: START, kind: 'status', detail: { from: null, to: 'live' }, text: 'live' },
      { at: START + 7_000, detail: { from: 'live', to: 'stale' } },
      { at: START + 31_000, detail: { from: 'stale', to: 'down' }, text: 'down, was stale' },
      { at: START + 31_000, detail: { from: 'down', to: 'live' } },
      { at: START + 41_000, detail: { from: 'live', to: 'restarting' } },
    ]);
  });

  it('is given in pages, the newest first, and within the range asked for', async () => {
    await send(0);
    for (let turn = 1; turn <= 3; turn += 1) {
      now = START + turn * 100_000;
      await becomes('down');
      await send(turn);
    }
    const whole = (await list()).items;
    expect(whole).toHaveLength(7);
    const paged: HostEvent[] = [];
    let query = '?limit=2';
    for (let page = 0; page < 4; page += 1) {
      const { items, next: cursor } = await list(query);
      paged.push(...items);
      query = `?limit=2&cursor=${cursor ?? ''}`;
    }
    expect(paged).toEqual(whole);
    const part = await list(`?from=${String(START + 100_000)}&to=${String(START + 200_000)}`);
    expect(part.items).toEqual(whole.filter(({ at }) => at === START + 100_000));
    expect((await admin.get(`/api/hosts/${agent.id}/events?cursor=x`)).status).toBe(400);
    expect((await admin.get(`/api/hosts/${'f'.repeat(32)}/events`)).status).toBe(404);
  });

  it('is told from what an agent says of itself at one hello and the next', async () => {
    const facts = { ...FACTS, bootId: 'a', agentStartedAt: 1 };
    const greet = async (change: object, clock = now) => {
      await agent.connect();
      await agent.hello({ facts: { ...facts, ...change }, sentAt: clock });
    };
    await greet({});
    await greet({}, now + 1_900);
    expect(await story()).toEqual(['rebooted']);
    await greet({ agentStartedAt: 2 });
    await greet({ agentStartedAt: 2, agentVersion: '9.9.9' }, now - 5_000);
    agent.epoch = newEpoch();
    await greet(
      { bootId: 'b', agentStartedAt: 3, bootedAt: 77, agentVersion: '9.9.9' },
      now - 5_000,
    );
    const { items } = await list();
    expect(items.slice(0, -1).reverse()).toMatchObject([
      { kind: 'agent_restarted' },
      { kind: 'agent_version', detail: { from: FACTS.agentVersion, to: '9.9.9' } },
      { kind: 'clock_jumped', detail: { from: 0, to: -5_000 } },
      { kind: 'rebooted', detail: { bootedAt: 77 } },
      { kind: 'new_epoch' },
    ]);
  });

  it('has frames that the outbox lost counted once, also after a restart of the hub', async () => {
    await send(0);
    await send(1);
    await agent.connect();
    await agent.hello({ oldestSeq: 10, newestSeq: 20 });
    await agent.connect();
    await agent.hello({ oldestSeq: 10, newestSeq: 20 });
    await agent.leave();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    await agent.ready(hub.url);
    await agent.connect();
    await agent.hello({ oldestSeq: 13, newestSeq: 20 });
    const lost = (await list()).items.filter(({ kind }) => kind === 'frames_lost');
    expect(lost).toMatchObject([{ detail: { frames: 3 } }, { detail: { frames: 8 } }]);
    expect(lost[0]?.text).toBe("3 frames lost: the agent's outbox was full");
  });

  it('has no frames lost when an outbox begins at another number than 0', async () => {
    agent.epoch = newEpoch();
    for (const [oldestSeq, newestSeq] of [
      [500, 600],
      [520, 600],
      [520, 640],
    ] as const) {
      await agent.connect();
      await agent.hello({ oldestSeq, newestSeq });
    }
    const lost = (await list()).items.filter(({ kind }) => kind === 'frames_lost');
    expect(lost).toMatchObject([{ detail: { frames: 20 } }]);
  });

  it('tells of two machines with one identity, once, and not of a machine that boots', async () => {
    const [one, two] = [
      { ...FACTS, bootId: 'one', hostname: 'db-1' },
      { ...FACTS, bootId: 'two', hostname: 'db-2' },
    ];
    for (const facts of [one, two]) {
      await agent.connect();
      await agent.hello({ facts });
    }
    expect(await story()).toEqual(['rebooted', 'rebooted']);
    for (const facts of [one, two, one]) {
      await agent.connect();
      await agent.hello({ facts });
    }
    expect((await list()).items[0]).toMatchObject({
      kind: 'identity_cloned',
      detail: { hostnames: ['db-2', 'db-1'] },
    });
    expect(await story()).toEqual(['rebooted', 'rebooted', 'identity_cloned']);
    expect(hub.log.filter(({ msg }) => msg.includes('two machines'))).toHaveLength(1);
  });

  it('has frames older than raw ones are kept acked, not stored, and told of once', async () => {
    await agent.leave();
    await agent.connect();
    await agent.hello({ oldestSeq: 0, newestSeq: 50 });
    await agent.schema(1, ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}']);
    const old = now - 25 * 3_600_000;
    expect(await send(0, old)).toEqual({ ok: true, fresh: 1 });
    expect(await send(1, old + 2_000)).toEqual({ ok: true, fresh: 1 });
    expect(await send(0, old)).toEqual({ ok: true, fresh: 0 });
    expect(await send(2, now - 23 * 3_600_000)).toEqual({ ok: true, fresh: 1 });
    const { series } = await admin.series(agent.id, { metric: 'cpu.busy', from: '0' });
    expect(series[0]?.points).toHaveLength(1);
    const event = await eventually(
      async () => (await list()).items.find(({ kind }) => kind === 'too_old'),
      (found) => found !== undefined,
    );
    expect(event).toMatchObject({ detail: { frames: 2, oldest: old } });
    expect(hub.log.filter(({ msg }) => msg.includes('older than raw frames'))).toHaveLength(1);
  });

  it('is judged by the clock of the host as far as it is known', async () => {
    agent.clock = () => now - 48 * 3_600_000;
    await agent.ready();
    await send(0, agent.clock());
    const from = String(now - 50 * 3_600_000);
    const { series } = await admin.series(agent.id, { metric: 'cpu.busy', from });
    expect(series[0]?.points).toHaveLength(1);
  });

  it('is sent to those who look at the host', async () => {
    const live = admin.live();
    await next(live, 'connect');
    const watched = (await live.emitWithAck('watch', {
      room: 'host',
      hostId: agent.id,
    })) as Extract<Result<{ snapshot: HostSnapshot }>, { ok: true }>;
    expect(watched.ok).toBe(true);
    const seen: HostEvent[] = [];
    live.on('host', ({ events = [] }: HostUpdate) => seen.push(...events));
    await send(0);
    now += 40_000;
    await eventually(
      () => seen.length,
      (count) => count === 2,
    );
    expect(seen).toEqual((await list()).items.reverse());
    live.close();
  });

  it('is not what the hub did not see: it was blind then, and charges nobody', async () => {
    await send(0);
    await agent.leave();
    const stoppedAt = now;
    hub = await hub.restart(() => {
      now += 3_600_000;
    });
    admin = await Client.signIn(hub.url);
    now += 50_000;
    await agent.ready(hub.url);
    await send(1);
    expect(await becomes('live')).toBeDefined();
    const { items } = await list();
    expect(items.map(({ kind }) => kind)).toEqual(['hub_blind', 'status']);
    expect(items[0]).toEqual({
      at: stoppedAt,
      kind: 'hub_blind',
      detail: {},
      until: stoppedAt + 3_600_000,
      text: 'the hub was off',
    });
    // It overlaps the range with its end alone, and does not concern a host that joined later.
    const part = await list(`?from=${String(stoppedAt + 3_599_999)}`);
    expect(part.items.map(({ kind }) => kind)).toEqual(['hub_blind']);
    const other = await TestAgent.enroll(hub.url, 'later');
    expect((await admin.get(`/api/hosts/${other.id}/events`)).body).toEqual({ items: [] });
  });

  it('goes on where it was when a host does not come back with the hub', async () => {
    await send(0);
    await agent.leave();
    hub = await hub.restart(() => {
      now += 3_600_000;
    });
    admin = await Client.signIn(hub.url);
    now += 61_000;
    await becomes('down');
    const [last] = (await list()).items;
    expect(last).toMatchObject({ at: now, detail: { from: 'live', to: 'down' } });
  });

  it('goes with the host', async () => {
    await send(0);
    await list();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    await admin.ask(`/api/hosts/${agent.id}`, { method: 'DELETE' });
    const stored = await openStored(hub.dataDir);
    for (const table of ['host_events', 'hosts', 'journal', 'stored_ranges', 'outboxes']) {
      await eventually(
        () => stored.all(`SELECT 1 FROM ${table}`),
        (rows) => rows.length === 0,
      );
    }
    await stored.close();
  });
});

describe('a hub that stands still', () => {
  const realNow = Date.now;
  let hub: TestHub;
  let now: number;

  beforeEach(async () => {
    now = START;
    hub = await startHub({ clock: () => now, limits: { absence: 1_000 } });
  });
  afterEach(async () => {
    Date.now = realNow;
    await hub.close();
  });

  // A steady clock goes on while a process is stopped, and stands still while the machine is suspended (clock_gettime(2), CLOCK_MONOTONIC).
  it.each([
    ['stopped', () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000)],
    ['suspended', () => void (Date.now = () => realNow() + 3_600_000)],
  ])('was blind while it was %s, and charges nobody', async (_, standStill) => {
    const admin = await Client.signIn(hub.url);
    const agent = await TestAgent.enroll(hub.url);
    agent.clock = () => now;
    await agent.ready();
    await agent.send([0, now, [1, 2, 3]]);
    const list = async () =>
      ((await admin.get(`/api/hosts/${agent.id}/events`)).body as List<HostEvent>).items;
    expect(await list()).toHaveLength(1);
    now += 3_600_000;
    standStill();
    const items = await eventually(list, ({ length }) => length > 1);
    // The agent of this test is in the same process, and would take its connection for dead.
    Date.now = realNow;
    expect(items[0]).toMatchObject({ kind: 'hub_blind', at: START, until: START + 3_600_000 });
    await agent.send([1, now, [1, 2, 3]]);
    const statuses = (await list()).filter(({ kind }) => kind === 'status');
    expect(statuses).toMatchObject([{ detail: { to: 'live' } }]);
    await agent.leave();
  });
});
