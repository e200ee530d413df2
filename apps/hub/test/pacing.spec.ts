import type { Failure, FramesResult, HostSummary } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { StallingProxy } from './stalling-proxy';
import { openStored } from './stored';
import { SERIES, TestAgent } from './test-agent';

const NOW = 1_795_000_000_000;

describe('many agents that come back at once', () => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await startHub({ limits: { admission: { rate: 20, burst: 5 } } });
  });
  afterEach(() => hub.close());

  it('are admitted as the limit allows; the others are told when to come again, spread', async () => {
    const agents = await Promise.all(
      Array.from({ length: 30 }, (_, index) => TestAgent.enroll(hub.url, `host-${String(index)}`)),
    );
    const refusals: Failure[] = [];
    const join = async (agent: TestAgent): Promise<void> => {
      try {
        await agent.ready();
      } catch (error) {
        const { data } = error as { data: Failure };
        expect(data).toMatchObject({ ok: false, code: 'busy' });
        refusals.push(data);
        agent.socket.close();
        await new Promise((resolve) => {
          setTimeout(resolve, data.retryAfter);
        });
        await join(agent);
      }
    };
    await Promise.all(agents.map(join));
    expect(refusals.length).toBeGreaterThan(0);
    const waits = refusals.map(({ retryAfter = 0 }) => retryAfter);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(100);
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
    await Promise.all(agents.map((agent) => agent.leave()));
  });

  it('do not make a stranger wait: it is refused as always', async () => {
    const agent = await TestAgent.enroll(hub.url);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(agent.open({ agentId: 'f'.repeat(32) })).rejects.toThrow('unauthorized');
      agent.socket.close();
    }
    await agent.open();
    agent.socket.close();
  });
});

describe('a backlog on a disk that stands still', () => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await startHub({ limits: { waiting: { old: 10, all: 1_000 } } });
  });
  afterEach(() => hub.close());

  it('does not take the place of fresh frames', async () => {
    const agent = await TestAgent.enroll(hub.url);
    await agent.connect();
    await agent.hello({ oldestSeq: 0, newestSeq: 999 });
    await agent.schema(1, SERIES);
    const old = (first: number) =>
      agent.send(
        ...Array.from({ length: 20 }, (_, index): [number, number, number[]] => [
          first + index,
          Date.now() - 3_600_000 + (first + index) * 2_000,
          [1, 2, 3],
        ]),
      );
    const other = await openStored(hub.dataDir, false);
    await other.exec('BEGIN IMMEDIATE');
    const taken = old(0);
    expect(await old(20)).toMatchObject({ ok: false, code: 'busy', retryAfter: 2_000 });
    const fresh = agent.send([1_000, Date.now(), [1, 2, 3]]);
    await other.exec('ROLLBACK');
    expect(await taken).toEqual({ ok: true, fresh: 20 });
    expect(await fresh).toEqual({ ok: true, fresh: 1 });
    await other.close();
    await agent.leave();
  });
});

describe('a backlog', () => {
  let hub: TestHub;

  beforeEach(async () => {
    // One batch of 100 frames of 3 series at once, and the next one long after.
    hub = await startHub({ clock: () => NOW, limits: { backlog: { rate: 1, burst: 300 } } });
  });
  afterEach(() => hub.close());

  it('is taken at a pace, and fresh frames always', async () => {
    const agent = await TestAgent.enroll(hub.url);
    agent.clock = () => NOW;
    await agent.connect();
    const admin = await Client.signIn(hub.url);
    const backlog = async () =>
      ((await admin.get(`/api/hosts/${agent.id}`)).body as HostSummary).backlog;
    await agent.hello();
    expect(await backlog()).toBeNull();
    await agent.leave();
    await agent.connect();
    await agent.hello({ oldestSeq: 0, newestSeq: 999 });
    expect(await backlog()).toBe(1_000);
    await agent.schema(1, SERIES);
    const old = (first: number) =>
      agent.send(
        ...Array.from({ length: 100 }, (_, index): [number, number, number[]] => [
          first + index,
          NOW - 3_600_000 + (first + index) * 2_000,
          [1, 2, 3],
        ]),
      );
    const fresh = (seq: number) => agent.send([seq, NOW, [1, 2, 3]]);
    expect(await fresh(1_000)).toEqual({ ok: true, fresh: 1 });
    expect(await backlog()).toBe(1_000);
    expect(await old(0)).toEqual({ ok: true, fresh: 100 });
    expect(await backlog()).toBe(900);
    const refused: FramesResult = await old(100);
    expect(refused).toMatchObject({ ok: false, code: 'busy' });
    expect(refused.ok ? 0 : (refused.retryAfter ?? 0)).toBeGreaterThan(30_000);
    for (let seq = 1_001; seq < 1_005; seq += 1) {
      expect(await fresh(seq)).toEqual({ ok: true, fresh: 1 });
    }
    // The agent no longer has the others, and what came live is no backlog.
    await agent.leave();
    await agent.connect();
    await agent.hello({ oldestSeq: 1_000, newestSeq: 1_004 });
    expect(await backlog()).toBeNull();
    await agent.leave();
  });
});

describe('a connection that is half open', () => {
  let hub: TestHub;
  let proxy: StallingProxy;

  beforeEach(async () => {
    hub = await startHub({ limits: { ping: { interval: 200, timeout: 300 } } });
    proxy = await StallingProxy.before(hub.url);
  });
  afterEach(async () => {
    await proxy.close();
    await hub.close();
  });

  it('is noticed on both sides', async () => {
    const script = await (await Client.signIn(hub.url)).script('viewer');
    const connected = async () => {
      const { body } = await script.get('/metrics');
      return /^hostdeck_hub_agents_connected (\d+)$/m.exec(String(body))?.[1];
    };
    const agent = await TestAgent.enroll(hub.url);
    await agent.ready(proxy.url);
    expect(await agent.send([0, Date.now(), [1, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    expect(await connected()).toBe('1');
    const noticed = next(agent.socket, 'disconnect');
    proxy.stall();
    expect(await noticed).toBe('ping timeout');
    await eventually(connected, (count) => count === '0');
  });
});
