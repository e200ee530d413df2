import type { Frame } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually } from './events';
import { startHub, type TestHub } from './hub';
import { readTable } from './stored';
import { newEpoch, TestAgent } from './test-agent';

const HOUR = 3_600_000;

describe('frames', () => {
  let hub: TestHub;
  let now: number;
  let admin: Client;
  let agent: TestAgent;

  beforeEach(async () => {
    now = 1_795_000_000_000;
    hub = await startHub({ clock: () => now });
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.enroll(hub.url);
    agent.clock = () => now;
    await agent.connect();
    await agent.hello();
    await agent.schema(1, ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}']);
  });
  afterEach(async () => {
    await agent.leave();
    await hub.close();
  });

  const frame = (seq: number, at = now, cpu: number | null = seq): Frame => [
    seq,
    at,
    [cpu, 50.1, 70],
  ];
  const cpuPoints = async (query: Record<string, string> = {}) => {
    const answer = await admin.series(agent.id, {
      metric: 'cpu.busy',
      from: String(now - HOUR),
      to: String(now + HOUR),
      ...query,
    });
    return answer.series[0]?.points ?? [];
  };
  const host = async () => (await admin.get(`/api/hosts/${agent.id}`)).body;

  it('come back as they were sent: unknown is null, and nothing is rounded', async () => {
    await agent.send(frame(0, now - 4_000, 12.3), frame(1, now - 2_000, null), frame(2, now, 0));
    const answer = await admin.series(agent.id, { metric: 'cpu.busy,filesystem.used_share' });
    expect(answer).toEqual({
      from: now - 600_000,
      to: now,
      step: 2_000,
      series: [
        {
          metric: 'cpu.busy',
          instance: null,
          unit: 'percent',
          points: [
            [now - 4_000, 12.3, 12.3, 12.3],
            [now - 2_000, null, null, null],
          ],
        },
        {
          metric: 'filesystem.used_share',
          instance: '/',
          unit: 'percent',
          points: [
            [now - 4_000, 70, 70, 70],
            [now - 2_000, 70, 70, 70],
          ],
        },
      ],
    });
    expect(await host()).toMatchObject({
      status: 'live',
      lastSeen: now,
      dataAge: 0,
      latest: { 'cpu.busy': 0, 'memory.used_share': 50.1, 'filesystem.used_share': { '/': 70 } },
    });
  });

  it('are stored once however often they are sent', async () => {
    expect(await agent.send(frame(0), frame(1))).toEqual({ ok: true, fresh: 2 });
    expect(await agent.send(frame(0), frame(1))).toEqual({ ok: true, fresh: 0 });
    expect(await agent.send(frame(1), frame(2), frame(2))).toEqual({ ok: true, fresh: 1 });
    const twice = await Promise.all([agent.send(frame(3)), agent.send(frame(3))]);
    expect(twice).toEqual([
      { ok: true, fresh: 1 },
      { ok: true, fresh: 0 },
    ]);
    expect(await cpuPoints()).toHaveLength(4);
    expect((await readTable(hub.dataDir, 'stored_ranges'))[0]?.ranges).toBe('[[0,3]]');
  });

  it('are acked with the number they came with, and not at all without one', async () => {
    // The transport below Socket.IO: what is written here goes out as it is.
    const { engine } = agent.socket.io;
    const acks: string[] = [];
    engine.on('data', (text: unknown) => {
      if (String(text).startsWith('3')) acks.push(String(text));
    });
    const words = (...frames: Frame[]) =>
      JSON.stringify(['frames', { epoch: agent.epoch, schema: 1, frames }]);
    engine.write(`2/agents,${words(frame(0))}`);
    engine.write(`2/agents,123456789012345${words(frame(0), frame(1))}`);
    engine.write(`2/agents,0${words([-1, now, []])}`);
    await eventually(
      () => acks.length,
      (count) => count === 2,
    );
    expect(await agent.send(frame(2))).toEqual({ ok: true, fresh: 1 });
    expect(acks.map((text) => text.slice(0, 60)).sort()).toEqual([
      expect.stringContaining('3/agents,0[{"ok":false,"code":"malformed"'),
      '3/agents,123456789012345[{"ok":true,"fresh":1}]',
      expect.stringMatching(/^3\/agents,\d+\[\{"ok":true,"fresh":1\}\]$/),
    ]);
    expect(await cpuPoints()).toHaveLength(3);
  });

  it('are known after the connection or the hub was lost', async () => {
    await agent.send(frame(0), frame(1), frame(5));
    await agent.leave();
    await agent.connect();
    expect(await agent.hello()).toMatchObject({
      stored: [
        [0, 1],
        [5, 5],
      ],
    });
    await agent.leave();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    expect(await agent.ready(hub.url)).toMatchObject({
      stored: [
        [0, 1],
        [5, 5],
      ],
    });
    expect(await agent.send(frame(1), frame(2))).toEqual({ ok: true, fresh: 1 });
    expect(await cpuPoints()).toHaveLength(4);
  });

  it('of a new epoch are others, and the old epoch is still known', async () => {
    await agent.send(frame(0, now - 10_000));
    const before = agent.epoch;
    agent.epoch = newEpoch();
    expect(await agent.ready()).toMatchObject({ stored: [] });
    expect(await agent.send(frame(0))).toEqual({ ok: true, fresh: 1 });
    agent.epoch = before;
    expect(await agent.ready()).toMatchObject({ stored: [[0, 0]] });
    expect(await cpuPoints()).toHaveLength(2);
  });

  it('from the backlog are put where they belong, and do not become the newest', async () => {
    await agent.leave();
    await agent.connect();
    await agent.hello({ oldestSeq: 0, newestSeq: 50 });
    await agent.schema(1, ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}']);
    await agent.send(frame(10, now - 60_000, 10));
    expect(await host()).toMatchObject({ status: 'catching_up', lastSeen: null, latest: {} });
    await agent.send(frame(51, now, 51));
    await agent.send(frame(9, now - 62_000, 9));
    expect(await host()).toMatchObject({ status: 'live', latest: { 'cpu.busy': 51 } });
    expect((await cpuPoints()).map(([, mean]) => mean)).toEqual([9, 10, 51]);
  });

  it('keep their order when the clock of the host jumps, and stay live', async () => {
    await agent.send(frame(0, now, 1));
    await agent.send(frame(1, now - HOUR, 2));
    expect(await host()).toMatchObject({ status: 'live', latest: { 'cpu.busy': 2 } });
    await agent.send(frame(2, now + HOUR, 3));
    expect(await host()).toMatchObject({ latest: { 'cpu.busy': 3 } });
    expect(await cpuPoints({ to: String(now + HOUR + 1) })).toHaveLength(3);
  });

  it('from the far future are kept apart, acked, and seen live', async () => {
    expect(await agent.send(frame(0, now + 3 * HOUR, 8))).toEqual({ ok: true, fresh: 1 });
    expect(await agent.send(frame(0, now + 3 * HOUR, 8))).toEqual({ ok: true, fresh: 0 });
    expect(await host()).toMatchObject({ status: 'live', latest: { 'cpu.busy': 8 } });
    expect(await readTable(hub.dataDir, 'journal')).toEqual([]);
    expect(await readTable(hub.dataDir, 'set_aside')).toHaveLength(1);
  });

  it('that are missing make a host stale, then down, by the clock of the hub', async () => {
    await agent.send(frame(0));
    for (const [age, status] of [
      [6_001, 'stale'],
      [24_000, 'down'],
    ] as const) {
      now += age;
      await eventually(host, (body) => (body as { status: string }).status === status);
    }
    await agent.send(frame(1));
    expect(await host()).toMatchObject({ status: 'live' });
  });

  it('announce nothing when the agent restarts, but it is said', async () => {
    await agent.send(frame(0));
    await agent.socket.emitWithAck('goodbye', { reason: 'restart', message: '' });
    now += 20_000;
    await eventually(host, (body) => (body as { status: string }).status === 'restarting');
    now += 41_000;
    await eventually(host, (body) => (body as { status: string }).status === 'down');
  });

  it('in more points than asked for are given as mean, least and greatest of aligned steps', async () => {
    const start = now - (now % 60_000) - 60_000;
    const frames = Array.from({ length: 60 }, (_, index): Frame =>
      frame(index, start + index * 2_000, index),
    );
    await agent.send(...frames);
    const answer = await admin.series(agent.id, {
      metric: 'cpu.busy',
      from: String(start),
      to: String(start + 120_000),
      maxPoints: '12',
    });
    expect(answer.step).toBe(10_000);
    expect(answer.series[0]?.points).toEqual(
      Array.from({ length: 12 }, (_, step) => [
        start + step * 10_000,
        step * 5 + 2,
        step * 5,
        step * 5 + 4,
      ]),
    );
  });

  it('in steps leave gaps absent and unknown null', async () => {
    const start = now - (now % 60_000) - 120_000;
    await agent.send(
      frame(0, start, 4),
      frame(1, start + 2_000, 8),
      frame(2, start + 30_000, null),
      frame(3, start + 32_000, null),
    );
    const answer = await admin.series(agent.id, {
      metric: 'cpu.busy',
      from: String(start),
      to: String(start + 60_000),
      maxPoints: '3',
    });
    expect(answer.step).toBe(30_000);
    expect(answer.series[0]?.points).toEqual([
      [start, 6, 4, 8],
      [start + 30_000, null, null, null],
    ]);
  });

  it('of several schemas make one series', async () => {
    await agent.send(frame(0, now - 3_000, 1));
    await agent.schema(2, ['memory.used', 'cpu.busy']);
    const { epoch } = agent;
    await agent.socket.emitWithAck('frames', {
      epoch,
      schema: 2,
      frames: [[1, now - 2_000, [4096, 2]]],
    });
    await agent.send(frame(2, now - 1_000, 3));
    expect((await cpuPoints()).map(([, mean]) => mean)).toEqual([1, 2, 3]);
  });
});
