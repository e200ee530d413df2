import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ExportQuerySchema,
  SeriesQuerySchema,
  type ExportLine,
  type SeriesAnswer,
} from '@hostdeck/contracts';
import { parseConfig } from '../config/config';
import { Database } from '../database/database';
import type { StoredFrame } from '../history/history-store';
import { SeriesService } from '../history/series.service';
import { SqliteHistoryStore } from '../history/sqlite/sqlite-history.store';
import { SchemasRepository } from '../schemas/schemas.repository';
import { SchemasService } from '../schemas/schemas.service';
import { ExportService } from './export.service';

const HOUR = 3_600_000;
/** Midnight of some day: windows of every tier begin here. */
const START = 1_699_833_600_000;
const FIRST = ['cpu.busy', 'disk.busy{sda}'];
const LATER = [...FIRST, 'disk.busy{sdb, "new"}'];
const HOSTS = [
  { key: 1, id: '1'.repeat(32), name: '=cmd()' },
  { key: 2, id: '2'.repeat(32), name: 'db, "main"' },
];

describe('an export', () => {
  let dataDir: string;
  let database: Database;
  let store: SqliteHistoryStore;
  let schemas: SchemasService;
  let now: number;
  let exports: ExportService;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-export-'));
    database = await Database.open(dataDir);
    schemas = new SchemasService(new SchemasRepository(database));
    const config = parseConfig({ HOSTDECK_DATA_DIR: dataDir });
    store = new SqliteHistoryStore(database, schemas, config, () => undefined);
    exports = new ExportService(store, () => now);
  });
  afterEach(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Frames of a host, every 10 s; from half of the time on it has one disk more. */
  async function fill(host: number, from: number, to: number): Promise<void> {
    const [first, later] = await Promise.all([schemas.intern(FIRST), schemas.intern(LATER)]);
    const frames: StoredFrame[] = [];
    for (let at = from; at < to; at += 10_000) {
      const hasLater = at >= (from + to) / 2;
      const values = [at % 70_000 === 0 ? null : (at / 10_000) % 100, ((at / 10_000) % 7) + 0.1];
      frames.push({
        host,
        at,
        schema: hasLater ? later.number : first.number,
        values: hasLater ? [...values, -1.5] : values,
      });
    }
    await store.append({ frames, setAside: [], culprits: [], progress: [], receivedAt: to });
  }

  async function settle(at: number): Promise<void> {
    now = at;
    while (await store.maintain(now));
  }

  async function textOf(
    query: Record<string, string>,
    { hosts = HOSTS.slice(0, 1), ofFleet = false } = {},
  ): Promise<string> {
    const parsed = ExportQuerySchema.parse(query);
    const { text } = await exports.open(hosts, parsed, { times: parsed.times, ofFleet });
    let whole = '';
    for await (const part of text) whole += part;
    return whole;
  }

  async function linesOf(query: Record<string, string>): Promise<ExportLine[]> {
    const text = await textOf({ format: 'json', times: 'epoch', ...query });
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as ExportLine);
  }

  /** The points of an export, as the series route gives them: time and mean. */
  function pointsOf(lines: readonly ExportLine[], key: string): [number, number | null][] {
    return lines.flatMap(({ time, values }) =>
      Object.hasOwn(values, key) ? [[Number(time), values[key] ?? null]] : [],
    );
  }

  async function seriesPoints(query: Record<string, string>): Promise<[number, number | null][]> {
    const host = { id: HOSTS[0]?.id ?? '', key: 1, interval: 10_000 };
    const answer: SeriesAnswer = await new SeriesService(store).read(
      host,
      SeriesQuerySchema.parse({ metric: 'cpu.busy', maxPoints: '5000', ...query }),
      now,
    );
    return (answer.series[0]?.points ?? []).map(([at, mean]) => [at, mean]);
  }

  it('has every frame as the series have it, sealed or not', async () => {
    await fill(1, START, START + 3 * HOUR);
    const span = { from: String(START + 5_000), to: String(START + 3 * HOUR - 15_000) };
    now = START + 3 * HOUR;
    const before = await linesOf(span);
    expect(pointsOf(before, 'cpu.busy')).toEqual(await seriesPoints(span));
    expect(before).toHaveLength(3 * 360 - 2);
    await settle(START + 4 * HOUR);
    expect(await linesOf(span)).toEqual(before);
    expect(pointsOf(before, 'disk.busy{sdb, "new"}')[0]).toEqual([START + 1.5 * HOUR, -1.5]);
  });

  it('ends when it is asked for all of the past and all of the future', async () => {
    await fill(1, START, START + HOUR);
    now = START + HOUR;
    expect(await linesOf({ from: '0', to: '8640000000000000' })).toHaveLength(360);
  });

  it('is not made any further, nor its columns looked for, once nobody waits for it', async () => {
    await fill(1, START, START + HOUR);
    now = START + HOUR;
    let reads = 0;
    const columns = store.columns.bind(store);
    store.columns = (span, wanted) => {
      reads += 1;
      return columns(span, wanted);
    };
    const query = ExportQuerySchema.parse({ from: String(START), to: String(now) });
    const options = { times: query.times, ofFleet: false };
    const { text } = await exports.open(HOSTS, query, options, () => reads >= 2);
    for await (const part of text) expect(part).not.toContain('\n2023');
    expect(reads).toBe(2);
  });

  it('goes on with the means of the finest tier where frames are gone, without a seam', async () => {
    await fill(1, START, START + 40 * HOUR);
    await settle(START + 40 * HOUR + 600_000);
    await settle(START + 40 * HOUR + 600_000);
    const lines = await linesOf({ from: String(START), to: String(START + 40 * HOUR) });
    const times = lines.map(({ time }) => Number(time));
    expect(times).toEqual([...new Set(times)].sort((first, second) => first - second));
    const border = START + 16 * HOUR;
    const old = lines.filter(({ time }) => Number(time) < border);
    expect(old.map(({ time }) => time)).toEqual(
      Array.from({ length: 16 * 60 }, (_, minute) => START + minute * 60_000),
    );
    expect(pointsOf(old, 'cpu.busy')).toEqual(
      await seriesPoints({ from: String(START), to: String(border) }),
    );
    expect(lines).toHaveLength(16 * 60 + 24 * 360);
  });

  it.each([10_000, 60_000, 300_000, 1_200_000, 86_400_000])(
    'gives means of steps of %i ms, as the series do',
    async (step) => {
      await fill(1, START, START + 20 * HOUR);
      await settle(START + 21 * HOUR);
      const span = { from: String(START + 90_000), to: String(START + 19 * HOUR + 90_000) };
      const lines = await linesOf({ ...span, step: String(step) });
      const buckets = await store.buckets(
        { host: 1, from: START + 90_000, to: START + 19 * HOUR + 90_000 },
        step,
        (key) => key === 'cpu.busy',
      );
      const expected = [...(buckets.get('cpu.busy')?.values() ?? [])]
        .sort((first, second) => first.start - second.start)
        .map(({ start, count, sum }) => [start, count === 0 ? null : sum / count / 10]);
      expect(pointsOf(lines, 'cpu.busy')).toEqual(expected);
    },
  );

  it('is a table with units, in which nothing is a formula and numbers stay numbers', async () => {
    await fill(1, START, START + 40_000);
    await fill(2, START, START + 40_000);
    now = START + 40_000;
    const span = { from: String(START), to: String(now) };
    const [first, second] = HOSTS.map(({ id }) => id);
    expect(await textOf(span, { hosts: HOSTS, ofFleet: true })).toBe(
      [
        'time,host,name,cpu.busy (percent),disk.busy{sda} (percent),"disk.busy{sdb, ""new""} (percent)"',
        `2023-11-13T00:00:00.000Z,${first},'=cmd(),60,1.1,`,
        `2023-11-13T00:00:10.000Z,${first},'=cmd(),61,2.1,`,
        `2023-11-13T00:00:20.000Z,${first},'=cmd(),62,3.1,-1.5`,
        `2023-11-13T00:00:30.000Z,${first},'=cmd(),63,4.1,-1.5`,
        `2023-11-13T00:00:00.000Z,${second},"db, ""main""",60,1.1,`,
        `2023-11-13T00:00:10.000Z,${second},"db, ""main""",61,2.1,`,
        `2023-11-13T00:00:20.000Z,${second},"db, ""main""",62,3.1,-1.5`,
        `2023-11-13T00:00:30.000Z,${second},"db, ""main""",63,4.1,-1.5`,
        '',
      ].join('\r\n'),
    );
    expect(await textOf({ ...span, times: 'epoch', metric: 'load.1,cpu.busy' })).toBe(
      `time,load.1 (load),cpu.busy (percent)\r\n${[0, 1, 2, 3]
        .map((index) => `${START + index * 10_000},,${60 + index}\r\n`)
        .join('')}`,
    );
  });

  it('names hosts in lines of the fleet, and tells unknown from absent', async () => {
    await fill(1, START + 50_000, START + 80_000);
    now = START + 80_000;
    const text = await textOf({ format: 'json' }, { ofFleet: true });
    expect(
      text.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as object))),
    ).toEqual([
      {
        time: '2023-11-13T00:00:50.000Z',
        host: HOSTS[0]?.id,
        name: '=cmd()',
        values: { 'cpu.busy': 65, 'disk.busy{sda}': 6.1 },
      },
      {
        time: '2023-11-13T00:01:00.000Z',
        host: HOSTS[0]?.id,
        name: '=cmd()',
        values: { 'cpu.busy': null, 'disk.busy{sda}': 0.1 },
      },
      {
        time: '2023-11-13T00:01:10.000Z',
        host: HOSTS[0]?.id,
        name: '=cmd()',
        values: { 'cpu.busy': 67, 'disk.busy{sda}': 1.1, 'disk.busy{sdb, "new"}': -1.5 },
      },
      null,
    ]);
  });
});
