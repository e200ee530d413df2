import { cp, rm } from 'node:fs/promises';
import type { Culprit, CulpritsAnswer, Frame, SeriesAnswer } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually } from './events';
import { temporaryFolder } from './hub';
import { buildHub, HubProcess, type Program } from './hub-process';
import { readTable } from './stored';
import { TestAgent } from './test-agent';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const FRAMES = 900;
const INTERVAL = 10_000;

const ENVIRONMENT = {
  HOSTDECK_PORT: '0',
  HOSTDECK_JOIN_TOKEN: 'join-token-of-the-tests',
  HOSTDECK_ADMIN_USERNAME: 'admin',
  HOSTDECK_ADMIN_PASSWORD: 'correct horse battery',
  HOSTDECK_LOG_LEVEL: 'error',
  // All that is sent stays raw as well, so that every step can be read of it.
  HOSTDECK_RETENTION_RAW: '10d',
};

/** Steps a crash may fall between, of culprits and of frames in the order they come. */
const STEPS = [
  'culprits written',
  'culprits sealed',
  'sealing',
  'chunk written',
  'before commit of seal',
  'sealed',
  'rolling up',
  'block written',
  'before commit of rollup',
  'rolled up',
];

describe('a hub that is killed while it seals and rolls up', () => {
  /** Frames five days old, so that the windows of every tier are over; on an hour, so that steps of any length are whole. */
  const start = Math.floor((Date.now() - 5 * DAY) / HOUR) * HOUR;
  let plain: Program;
  let crashing: Program;
  let filled: string;
  let dataDir: string;
  let running: HubProcess[] = [];
  let hostIds: string[];
  let before: Map<string, unknown>;

  const run = (program: Program, folder: string, words: string[] = []) => {
    const hub = HubProcess.run(program, { ...ENVIRONMENT, HOSTDECK_DATA_DIR: folder }, words);
    running.push(hub);
    return hub;
  };

  /** Everything that can be read of the frames: as they are, by the minute, by ten minutes and by the hour. */
  const readAll = async (url: string) => {
    const admin = await Client.signIn(url);
    const answers = new Map<string, unknown>();
    for (const id of hostIds) {
      const end = start + FRAMES * INTERVAL;
      for (const question of [
        `at=${String(start + 12 * MINUTE)}`,
        `from=${String(start)}&to=${String(end)}&by=memory&limit=100`,
      ]) {
        answers.set(
          `${id} ${question}`,
          (await admin.get(`/api/hosts/${id}/culprits?${question}`)).body,
        );
      }
      for (const [step, maxPoints] of [
        [0, 5_000],
        [MINUTE, 150],
        [10 * MINUTE, 15],
        [HOUR, 3],
      ] as const) {
        const answer = await admin.series(id, {
          metric: 'cpu.busy,memory.used_share,filesystem.used_share',
          from: String(start),
          to: String(end),
          maxPoints: String(maxPoints),
        });
        if (step !== 0) expect(answer.step).toBe(step);
        answers.set(`${id} ${String(step)}`, answer);
      }
    }
    return answers;
  };

  beforeAll(async () => {
    [plain, crashing] = [await buildHub(), await buildHub('apps/hub/test/crashing-hub.ts')];
    filled = await temporaryFolder();
    const hub = run(plain, filled);
    const url = await hub.ready();
    const agents = [await TestAgent.join(url, 'one'), await TestAgent.join(url, 'two')];
    hostIds = agents.map(({ id }) => id);
    for (const [place, agent] of agents.entries()) {
      const frames = Array.from({ length: FRAMES }, (_, seq): Frame => {
        const cpu = seq % 17 === 3 ? null : ((seq * 7919 + place) % 1_000) / 10;
        const values = [cpu, (seq % 100) / 10, place];
        const worker = `worker --job ${String(seq % 40)}`;
        const culprits: Culprit[] = [
          [1, start - DAY, 'init', 'root', '/sbin/init', 0.1, 2 ** 20],
          [100 + seq, start, 'worker', 'app', worker, seq % 100, (seq % 50) * 2 ** 16],
        ];
        return [seq, start + seq * INTERVAL, values, culprits];
      });
      for (let first = 0; first < FRAMES; first += 100) {
        expect(await agent.send(...frames.slice(first, first + 100))).toMatchObject({ ok: true });
      }
      await agent.leave();
    }
    before = await readAll(url);
    await hub.kill('SIGKILL');
  }, 120_000);
  afterAll(async () => {
    await plain.remove();
    await crashing.remove();
    await rm(filled, { recursive: true, force: true });
  });

  beforeEach(async () => {
    dataDir = await temporaryFolder();
    await cp(filled, dataDir, { recursive: true });
    running = [];
  });
  afterEach(async () => {
    for (const hub of running) await hub.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has everything to read before', () => {
    const raw = before.get(`${hostIds[0] ?? ''} 0`) as SeriesAnswer;
    expect(raw.series.map(({ points }) => points.length)).toEqual([FRAMES, FRAMES, FRAMES]);
    const culprits = [...before.values()].flatMap((answer) =>
      (answer as Partial<CulpritsAnswer>).items === undefined ? [] : [answer as CulpritsAnswer],
    );
    expect(culprits.map(({ samples }) => samples)).toEqual([1, FRAMES, 1, FRAMES]);
    expect(culprits.map(({ items }) => items.length)).toEqual([2, 100, 2, 100]);
  });

  it.each(STEPS.map((step) => [step]))('at "%s" reads the same afterwards', async (step) => {
    expect(await run(crashing, dataDir, [step]).ended).toMatchObject({ signal: 'SIGKILL' });
    const hub = run(crashing, dataDir, ['none']);
    const url = await hub.ready();
    expect(await readAll(url)).toEqual(before);
    // Everything is sealed and rolled up in the end, and still the same.
    await eventually(
      () =>
        Promise.all(
          ['journal', 'culprit_journal', 'stale_blocks'].map((table) => readTable(dataDir, table)),
        ),
      (rows) => rows.every(({ length }) => length === 0),
    );
    expect(new Set((await readTable(dataDir, 'blocks')).map((row) => row.step))).toEqual(
      new Set([MINUTE, 10 * MINUTE, HOUR]),
    );
    expect(await readAll(url)).toEqual(before);
  });
});
