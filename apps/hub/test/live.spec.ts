import { HOSTDECK_VERSION } from '@hostdeck/contracts';
import type {
  CardHistories,
  FleetSnapshot,
  FleetUpdate,
  HostSnapshot,
  HostUpdate,
  Me,
  Result,
} from '@hostdeck/contracts';
import { Client, type LiveClient } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { openStored } from './stored';
import { FACTS, TestAgent } from './test-agent';

const DAY = 86_400_000;
const HELLO = {
  oldestSeq: null,
  newestSeq: null,
  sentAt: Date.now(),
  interval: 2_000,
  facts: FACTS,
};

type Watched<Snapshot> = Extract<Result<{ snapshot: Snapshot }>, { ok: true }>;

async function watchFleet(socket: LiveClient): Promise<FleetSnapshot> {
  const result = await socket.emitWithAck('watch', { room: 'fleet' });
  expect(result.ok).toBe(true);
  return (result as Watched<FleetSnapshot>).snapshot;
}

async function watchHost(socket: LiveClient, hostId: string): Promise<HostSnapshot> {
  const result = await socket.emitWithAck('watch', { room: 'host', hostId });
  expect(result.ok).toBe(true);
  return (result as Watched<HostSnapshot>).snapshot;
}

describe('the live feed', () => {
  let hub: TestHub;
  let offset: number;
  let admin: Client;
  let agent: TestAgent;
  let socket: LiveClient;

  beforeEach(async () => {
    offset = 0;
    hub = await startHub({ clock: () => Date.now() + offset });
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.join(hub.url);
    socket = admin.live();
    await next(socket, 'connect');
  });
  afterEach(async () => {
    socket.close();
    await agent.leave();
    await hub.close();
  });

  it('starts with the whole fleet and goes on with the cards that changed', async () => {
    const quiet = await TestAgent.enroll(hub.url, 'quiet');
    const { cards } = await watchFleet(socket);
    expect(cards.map(({ card }) => card.name)).toEqual(['web-1', 'quiet']);
    expect(cards[0]?.card).toMatchObject({ id: agent.id, sampledAt: null, values: { cpu: null } });
    const update = next<FleetUpdate>(socket, 'fleet');
    await agent.send([0, 1_700_000_000_000, [12.5, 40.1, 63.2]]);
    const seen = await update;
    expect(seen.cards.map(({ id }) => id)).not.toContain(quiet.id);
    expect(seen.cards[0]).toMatchObject({
      id: agent.id,
      status: 'live',
      sampledAt: 1_700_000_000_000,
      values: { cpu: 12.5, memory: 40.1, disk: { mount: '/', share: 63.2 }, receive: null },
    });
    const again = await watchFleet(socket);
    expect(again.cards[0]?.history?.cpu.filter((value) => value !== null)).toEqual([12.5]);
  });

  it('sends the histories of the cards apart to whoever wants the cards first', async () => {
    const others = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        TestAgent.enroll(hub.url, `quiet-${String(index)}`),
      ),
    );
    await agent.send([0, Date.now(), [12.5, 40.1, 63.2]]);
    const parts: CardHistories[] = [];
    socket.on('cardHistories', (part) => parts.push(part));
    const result = await socket.emitWithAck('watch', { room: 'fleet', histories: 'apart' });
    const { cards } = (result as Watched<FleetSnapshot>).snapshot;
    expect(cards).toHaveLength(1 + others.length);
    expect(cards.every(({ history }) => history === null)).toBe(true);
    expect(parts).toEqual([]);
    const all = await eventually(
      () => Promise.resolve(parts.flatMap(({ histories }) => histories)),
      (histories) => histories.length > others.length,
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(new Set(all.map(({ hostId }) => hostId))).toEqual(
      new Set(cards.map(({ card }) => card.id)),
    );
    const own = all.find(({ hostId }) => hostId === agent.id)?.history.cpu;
    expect(own?.filter((value) => value !== null)).toEqual([12.5]);
  });

  it('tells of hosts that join, change and are removed', async () => {
    await watchFleet(socket);
    const joined = next<FleetUpdate>(socket, 'fleet');
    const other = await TestAgent.enroll(hub.url, 'db-1');
    expect((await joined).cards).toMatchObject([{ id: other.id, name: 'db-1' }]);
    const changed = next<FleetUpdate>(socket, 'fleet');
    await admin.ask(`/api/hosts/${other.id}`, {
      method: 'PATCH',
      body: { name: 'db-2', tags: ['db'] },
    });
    expect((await changed).cards).toMatchObject([{ id: other.id, name: 'db-2', tags: ['db'] }]);
    const removed = next<FleetUpdate>(socket, 'fleet');
    await admin.ask(`/api/hosts/${other.id}`, { method: 'DELETE' });
    expect(await removed).toMatchObject({ cards: [], removed: [other.id] });
  });

  it("gives a host's frames in full, in order, with a layout that fits", async () => {
    const snapshot = await watchHost(socket, agent.id);
    expect(snapshot).toMatchObject({ room: 'host', layout: null, last: null });
    const frames: unknown[] = [];
    const layouts: HostUpdate['layout'][] = [];
    socket.on('host', (update) => {
      frames.push(...update.frames);
      if (update.layout !== undefined) layouts.push(update.layout);
      if (update.frames.length > 0) expect(update.layoutNumber).toBe(layouts.at(-1)?.number);
    });
    await agent.send([0, 1_000, [1, null, 3]], [1, 2_000, [4, 5, 6]]);
    await agent.schema(2, ['load.1']);
    const { epoch } = agent;
    await agent.socket.emitWithAck('frames', { epoch, schema: 2, frames: [[2, 3_000, [0.5]]] });
    await eventually(
      () => frames.length,
      (count) => count === 3,
    );
    expect(frames).toEqual([
      [1_000, [1, null, 3]],
      [2_000, [4, 5, 6]],
      [3_000, [0.5]],
    ]);
    expect(layouts.map((layout) => layout?.series)).toEqual([
      ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}'],
      ['load.1'],
    ]);
    const again = await watchHost(socket, agent.id);
    expect(again).toMatchObject({ layout: { series: ['load.1'] }, last: [3_000, [0.5]] });
  });

  it('keeps frames of two layouts apart that come at the same moment', async () => {
    await watchHost(socket, agent.id);
    await agent.schema(2, ['load.1', 'cpu.busy', 'uptime']);
    const { epoch } = agent;
    const seen: [readonly string[] | undefined, unknown][] = [];
    let series: readonly string[] | undefined;
    socket.on('host', ({ frames, layout }) => {
      series = layout?.series ?? series;
      for (const [at] of frames) seen.push([series, at]);
    });
    agent.socket.emit('frames', { epoch, schema: 1, frames: [[0, 1_000, [1, 2, 3]]] }, () => null);
    agent.socket.emit('frames', { epoch, schema: 2, frames: [[1, 2_000, [4, 5, 6]]] }, () => null);
    await eventually(
      () => seen.length,
      (count) => count === 2,
    );
    expect(seen).toEqual([
      [['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}'], 1_000],
      [['load.1', 'cpu.busy', 'uptime'], 2_000],
    ]);
  });

  it('does not show a host again that was removed while it says hello', async () => {
    await watchFleet(socket);
    const other = await TestAgent.enroll(hub.url, 'db-1');
    await other.connect();
    const shown: string[] = [];
    let isRemoved = false;
    socket.on('fleet', ({ cards, removed }) => {
      isRemoved ||= removed.includes(other.id);
      if (isRemoved) shown.push(...cards.map(({ id }) => id));
    });
    // So that both wait for the writer at the same time.
    const database = await openStored(hub.dataDir, false);
    await database.exec('BEGIN IMMEDIATE');
    other.socket.emit('hello', { ...HELLO, epoch: other.epoch }, () => undefined);
    const removed = admin.ask(`/api/hosts/${other.id}`, { method: 'DELETE' });
    await admin.get('/api/hosts');
    await database.exec('COMMIT');
    await database.close();
    await removed;
    await agent.send([0, 1_000, [1, 2, 3]]);
    await eventually(
      () => shown.length,
      (count) => count > 0,
    );
    expect(shown).not.toContain(other.id);
  });

  it('says on a probe that the hub is there, its clock and its version', async () => {
    offset = DAY;
    const presence = await socket.emitWithAck('probe');
    expect(presence).toMatchObject({ ok: true, version: HOSTDECK_VERSION });
    expect(presence.ok && presence.hubTime > Date.now()).toBe(true);
  });

  it('stops with unwatching', async () => {
    await watchHost(socket, agent.id);
    await watchFleet(socket);
    const { id } = agent;
    expect(await socket.emitWithAck('unwatch', { room: 'host', hostId: id })).toEqual({ ok: true });
    const updates: unknown[] = [];
    socket.on('host', (update) => updates.push(update));
    const seen = next<FleetUpdate>(socket, 'fleet');
    await agent.send([0, 1_000, [1, 2, 3]]);
    await seen;
    expect(updates).toEqual([]);
  });

  it('refuses rooms and shapes that do not exist', async () => {
    const anything = (payload: unknown) =>
      socket.emitWithAck('watch', payload as { room: 'fleet' });
    expect(await anything({ room: 'secrets' })).toMatchObject({ code: 'malformed' });
    expect(await anything(null)).toMatchObject({ code: 'malformed' });
    expect(await anything({ room: 'host', hostId: 'f'.repeat(32) })).toMatchObject({
      code: 'not_found',
    });
    expect(await anything({ room: 'fleet', padding: 'x'.repeat(300_000) })).toMatchObject({
      code: 'too_large',
    });
  });

  it('is closed to those who are not signed in, scripts and agents included', async () => {
    const strangers = [
      new Client(hub.url),
      new Client(hub.url, { cookie: `hostdeck_session=${'a'.repeat(43)}` }),
      await admin.script('admin'),
    ];
    for (const stranger of strangers) {
      const refused = stranger.live();
      await expect(next(refused, 'connect_error')).resolves.toMatchObject({
        message: 'unauthorized',
      });
      refused.close();
    }
  });

  it('ends with signing out, on every socket of the session', async () => {
    const second = admin.live();
    await next(second, 'connect');
    const elsewhere = (await Client.signIn(hub.url)).live();
    await next(elsewhere, 'connect');
    const ended = [socket, second].map((one) =>
      Promise.all([next(one, 'signedOut'), next(one, 'disconnect')]),
    );
    await admin.post('/api/auth/logout', undefined);
    await Promise.all(ended);
    expect(elsewhere.connected).toBe(true);
    elsewhere.close();
  });

  it('does not begin with a session that is ended at that moment', async () => {
    const { body } = await admin.get('/api/auth/me');
    const script = await admin.script('admin');
    // The session is due to be moved on, which waits for the writer behind its end.
    offset = 2 * DAY;
    await script.get('/api/users');
    const database = await openStored(hub.dataDir, false);
    await database.exec('BEGIN IMMEDIATE');
    const ended = script.ask(`/api/users/${(body as Me).id}/sessions`, { method: 'DELETE' });
    await script.get('/api/hosts');
    const late = admin.live();
    await script.get('/api/hosts');
    const closed = Promise.race([next(late, 'disconnect'), next(late, 'connect_error')]);
    await database.exec('COMMIT');
    await database.close();
    expect((await ended).status).toBe(204);
    await closed;
    late.close();
  });

  it('ends with the end of the session', async () => {
    const ended = next(socket, 'signedOut');
    offset = 31 * DAY;
    await ended;
  });

  it('fills the cards from the history after a start', async () => {
    const at = Date.now() - 15_000;
    await agent.send([0, at, [30, 40, 50]], [1, at + 10_000, [10, 40, 50]]);
    await agent.leave();
    socket.close();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    socket = admin.live();
    const snapshot = await eventually(
      () => watchFleet(socket),
      ({ cards }) => cards[0]?.history?.cpu.filter((value) => value !== null).length === 2,
    );
    expect(snapshot.cards[0]?.history?.cpu.filter((value) => value !== null)).toEqual([30, 10]);
    expect(snapshot.cards[0]?.card).toMatchObject({ status: 'stale', values: { cpu: 10 } });
  });
});
