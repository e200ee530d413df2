import type { Culprit, CulpritsAnswer } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { readTable } from './stored';
import { TestAgent } from './test-agent';

const AT = 1_750_000_200_000;
const cron = (cpu: number | null, memory = 1_048_576): Culprit => [
  7,
  AT - 1_000_000,
  'cron',
  'root',
  'cron -f',
  cpu,
  memory,
];
const build = (pid: number, cpu: number): Culprit => [pid, AT, 'cc1plus', null, null, cpu, 655_360];

describe('culprits', () => {
  let hub: TestHub;
  let agent: TestAgent;
  let admin: Client;

  beforeEach(async () => {
    // The clock of the hub is that of the frames: they are neither old nor from the future.
    hub = await startHub({ clock: () => AT + 60_000 });
    agent = await TestAgent.enroll(hub.url);
    agent.clock = () => AT + 60_000;
    await agent.ready();
    admin = await Client.signIn(hub.url);
  });
  afterEach(async () => {
    await agent.leave();
    await hub.close();
  });

  const ask = async (query: string) => {
    const { status, body } = await admin.get(`/api/hosts/${agent.id}/culprits?${query}`);
    expect(status).toBe(200);
    return body as CulpritsAnswer;
  };

  it('of a moment are those of the nearest sample within 15 s, of a restarted hub too', async () => {
    await agent.send(
      [0, AT, [1, 2, 3], [cron(0.5), build(100, 99.9)]],
      [1, AT + 2_000, [1, 2, 3]],
      [2, AT + 10_000, [1, 2, 3], [cron(1.5)]],
    );
    const answer = await ask(`at=${String(AT + 4_000)}`);
    expect(answer).toMatchObject({ from: AT, to: AT, samples: 1 });
    expect(answer.items.map(({ name, cpu }) => [name, cpu])).toEqual([
      ['cc1plus', 99.9],
      ['cron', 0.5],
    ]);
    expect((await ask(`at=${String(AT)}&by=memory&limit=1`)).items).toMatchObject([
      { name: 'cron', user: 'root', command: 'cron -f', memory: 1_048_576, firstSeen: AT },
    ]);
    expect((await ask(`at=${String(AT + 25_001)}`)).samples).toBe(0);
    expect(await ask(`at=${String(AT - 15_001)}`)).toEqual({
      from: null,
      to: null,
      samples: 0,
      items: [],
    });
    await agent.leave();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    expect(await ask(`at=${String(AT + 4_000)}`)).toEqual(answer);
  });

  it('of a span are added up: means over its samples, the greatest, first and last seen', async () => {
    await agent.send(
      [0, AT, [1, 2, 3], [cron(null), build(100, 80)]],
      [1, AT + 10_000, [1, 2, 3], [cron(3), build(100, 40), build(101, 90)]],
      [2, AT + 20_000, [1, 2, 3], [cron(6)]],
      [3, AT + 30_000, [1, 2, 3], [cron(9)]],
    );
    const answer = await ask(`from=${String(AT)}&to=${String(AT + 30_000)}`);
    expect(answer).toMatchObject({ from: AT, to: AT + 20_000, samples: 3 });
    expect(answer.items).toMatchObject([
      { pid: 100, cpu: 40, mostCpu: 80, firstSeen: AT, lastSeen: AT + 10_000 },
      { pid: 101, cpu: 30, mostCpu: 90, firstSeen: AT + 10_000 },
      { pid: 7, cpu: 3, mostCpu: 6, memory: 1_048_576, lastSeen: AT + 20_000 },
    ]);
    expect((await ask(`from=0&to=${String(8.64e15)}`)).samples).toBe(4);
    expect((await ask(`from=${String(AT + 10_000)}`)).samples).toBe(3);
  });

  it('that come again are kept once, whatever they are called, and go with their host', async () => {
    const hostile: Culprit = [1, 1, '__proto__', '\u202e', '<b>\0\ud800 \u{1f600}', 5, null];
    await agent.send([0, AT, [1, 2, 3], [hostile]]);
    expect(await agent.send([0, AT, [1, 2, 3], [hostile]], [1, AT + 1, [1, 2, 3]])).toEqual({
      ok: true,
      fresh: 1,
    });
    expect(await readTable(hub.dataDir, 'culprit_journal')).toHaveLength(1);
    expect((await ask(`at=${String(AT)}`)).items).toMatchObject([
      { name: '__proto__', user: '\ufffd', command: '<b>\ufffd\ufffd \u{1f600}', memory: null },
    ]);
    const wrong = await agent.sendAnything('frames', {
      epoch: agent.epoch,
      schema: 1,
      frames: [[2, AT, [1, 2, 3], [[1, 1, 'x'.repeat(65), null, null, 1, 1]]]],
    });
    expect(wrong).toMatchObject({ ok: false, code: 'malformed' });
    for (const query of ['at=1&to=2', 'from=2&to=1', '', 'at=x', 'at=1&limit=0']) {
      expect((await admin.get(`/api/hosts/${agent.id}/culprits?${query}`)).status).toBe(400);
    }
    const metrics = (await admin.get('/metrics')).body as string;
    const { body: exported } = await admin.get(`/api/hosts/${agent.id}/export?from=${String(AT)}`);
    for (const text of [metrics, exported]) expect(text).not.toContain('__proto__');
  });
});
