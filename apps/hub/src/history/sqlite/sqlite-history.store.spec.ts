import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METRICS, parseSeriesKey } from '@hostdeck/contracts';
import { parseConfig } from '../../config/config';
import { Database } from '../../database/database';
import { SchemasRepository } from '../../schemas/schemas.repository';
import { SchemasService } from '../../schemas/schemas.service';
import type { Span, StoredFrame } from '../history-store';
import { addValue, emptyBucket, startOf, type Bucket } from '../rollup';
import { toSteps } from '../steps';
import { SqliteHistoryStore } from './sqlite-history.store';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight of some day: windows of every tier begin here. */
const START = 1_699_833_600_000;
const HOST = 1;
const KEYS = ['cpu.busy', 'memory.used', 'network.receive_bytes{eth0}'];

interface OpenStore {
  readonly store: SqliteHistoryStore;
  readonly database: Database;
  readonly schema: number;
  close(): Promise<void>;
}

async function openStore(
  dataDir: string,
  {
    environment = {},
    crashAt = null,
  }: { environment?: Record<string, string>; crashAt?: string | null } = {},
): Promise<OpenStore> {
  const database = await Database.open(dataDir);
  const schemas = new SchemasService(new SchemasRepository(database));
  const { number: schema } = await schemas.intern(KEYS);
  const store = new SqliteHistoryStore(
    database,
    schemas,
    parseConfig({ HOSTDECK_DATA_DIR: dataDir, ...environment }),
    (step) => {
      if (step === crashAt) throw new Error(`crash at: ${step}`);
    },
  );
  return { store, database, schema, close: () => database.close() };
}

/** Frames every `interval` ms from `from` on, with values that are never the same twice. */
function frames(schema: number, from: number, count: number, interval = 10_000): StoredFrame[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * interval;
    const wave = Math.sin(at / 700_000);
    return {
      host: HOST,
      at,
      schema,
      values: [
        index % 17 === 3 ? null : Math.round((50 + 40 * wave) * 10) / 10,
        4096 * Math.round(1e6 + 1e4 * wave),
        (index * 7919) % 100_003,
      ],
    };
  });
}

function append(store: SqliteHistoryStore, added: readonly StoredFrame[], receivedAt: number) {
  return store.append({ frames: added, setAside: [], culprits: [], progress: [], receivedAt });
}

/** Lets the store do everything that is due at `now`. */
async function settle(store: SqliteHistoryStore, now: number): Promise<void> {
  while (await store.maintain(now));
}

/** What buckets must be, worked out from the frames themselves. */
function expectedBuckets(
  from: readonly StoredFrame[],
  { span, step }: { span: Span; step: number },
): Map<string, Map<number, Bucket>> {
  const series = new Map<string, Map<number, Bucket>>();
  for (const { at, values } of from) {
    if (at < startOf(span.from, step) || at >= startOf(span.to + step - 1, step)) continue;
    KEYS.forEach((key, place) => {
      const buckets = series.get(key) ?? new Map<number, Bucket>();
      series.set(key, buckets);
      const start = startOf(at, step);
      const bucket = buckets.get(start) ?? emptyBucket(start);
      buckets.set(start, bucket);
      const value = values[place] ?? null;
      const metric = parseSeriesKey(key)?.metric ?? 'cpu.busy';
      if (value !== null) addValue(bucket, toSteps(value, METRICS[metric].resolution));
    });
  }
  return series;
}

async function rowCounts(database: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['journal', 'chunks', 'blocks', 'stale_blocks']) {
    const [row] = await database.historyReader.all<{ count: number }>(
      `SELECT count(*) AS count FROM ${table}`,
    );
    counts[table] = row?.count ?? 0;
  }
  return counts;
}

describe('the history', () => {
  let dataDir: string;
  let open: OpenStore;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-history-'));
    open = await openStore(dataDir);
  });

  afterEach(async () => {
    await open.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('drops no frames that are committed while it looks for what is sealed', async () => {
    const { store, database, schema } = open;
    const run = database.run.bind(database);
    const appended: Promise<void>[] = [];
    // The worst moment: nothing else is unsealed, and the writer is busy with dropping.
    database.run = (sql, values) => {
      const isDropping = sql.startsWith('DELETE FROM chunks');
      if (isDropping && appended.length === 0) {
        appended.push(append(store, frames(schema, START, 3), START));
      }
      return run(sql, values);
    };
    await store.maintain(START);
    await Promise.all(appended);
    await store.maintain(START);
    expect((await rowCounts(database)).journal).toBe(3);
  });

  it('has late frames of a sealed window after restarts with an empty journal', async () => {
    const { store, schema } = open;
    const first = frames(schema, START, 60);
    await append(store, first, START + HOUR);
    await settle(store, START + 2 * HOUR);
    expect((await rowCounts(open.database)).journal).toBe(0);
    await open.close();

    open = await openStore(dataDir);
    await open.store.open(START + 3 * HOUR);
    const late = frames(schema, START + 5_000, 60);
    await append(open.store, late, START + 3 * HOUR);
    await open.close();

    open = await openStore(dataDir);
    await open.store.open(START + 3 * HOUR);
    const span = { host: HOST, from: START, to: START + HOUR };
    const times = async () =>
      (await open.store.columns(span, (key) => key === 'cpu.busy')).get('cpu.busy')?.times.length;
    expect(await times()).toBe(first.length + late.length);
    await settle(open.store, START + 4 * HOUR);
    expect(await times()).toBe(first.length + late.length);
  });

  /** Two hours and a half of frames, all stored. */
  async function store(count = 900, from = START): Promise<StoredFrame[]> {
    const all = frames(open.schema, from, count);
    await append(open.store, all, from + count * 10_000);
    return all;
  }

  it('gives back every frame, before and after it is sealed', async () => {
    const all = await store();
    const span = { host: HOST, from: START, to: START + 3 * HOUR };
    const before = await open.store.columns(span, () => true);
    await settle(open.store, START + 6 * HOUR);
    expect(await rowCounts(open.database)).toMatchObject({ journal: 0, chunks: 15 });
    const after = await open.store.columns(span, () => true);
    expect(after).toEqual(before);
    expect(after.get('cpu.busy')).toEqual({
      times: all.map(({ at }) => at),
      values: all.map(({ values }) => values[0]),
    });
  });

  it('reads only the span and the series asked for', async () => {
    await store();
    await settle(open.store, START + 6 * HOUR);
    const columns = await open.store.columns(
      { host: HOST, from: START + 605_000, to: START + 640_000 },
      (key) => key === 'memory.used',
    );
    expect([...columns.keys()]).toEqual(['memory.used']);
    expect(columns.get('memory.used')?.times).toEqual(
      [610_000, 620_000, 630_000].map((offset) => START + offset),
    );
  });

  it.each([60_000, 120_000, 600_000, HOUR, 3 * HOUR])(
    'gives the same buckets of %i ms before and after sealing and rolling up',
    async (step) => {
      const all = await store(6 * 360 * 5);
      const span = { host: HOST, from: START + 7 * 60_000, to: START + 29 * HOUR + 11 * 60_000 };
      const expected = expectedBuckets(all, { span, step });
      expect(await open.store.buckets(span, step, () => true)).toEqual(expected);
      await settle(open.store, START + 31 * HOUR);
      expect((await rowCounts(open.database)).blocks).toBeGreaterThan(30);
      expect(await open.store.buckets(span, step, () => true)).toEqual(expected);
    },
  );

  it('puts late frames where they belong, and computes anew what they touch', async () => {
    const all = frames(open.schema, START, 6 * 360 * 3);
    const isLate = ({ at }: StoredFrame) =>
      (at >= START + 2 * HOUR && at < START + 3 * HOUR) || at % 70_000 === 0;
    await append(
      open.store,
      all.filter((frame) => !isLate(frame)),
      START + 18 * HOUR,
    );
    await settle(open.store, START + 20 * HOUR);
    await append(open.store, all.filter(isLate), START + 20 * HOUR);
    const span = { host: HOST, from: START, to: START + 18 * HOUR };
    const expected = expectedBuckets(all, { span, step: 600_000 });
    expect(await open.store.buckets(span, 600_000, () => true)).toEqual(expected);
    await settle(open.store, START + 20 * HOUR + 120_000);
    expect(await rowCounts(open.database)).toMatchObject({ journal: 0 });
    expect(await open.store.buckets(span, 600_000, () => true)).toEqual(expected);
    expect((await open.store.columns(span, () => true)).get('cpu.busy')?.times).toEqual(
      all.map(({ at }) => at),
    );
  });

  it('drops raw frames past their time and keeps their rollups', async () => {
    const all = await store(360);
    await settle(open.store, START + 3 * HOUR);
    const now = START + 26 * HOUR;
    await settle(open.store, now);
    expect(await rowCounts(open.database)).toMatchObject({ journal: 0, chunks: 0 });
    expect(open.store.finestStep(START, now)).toBe(60_000);
    const span = { host: HOST, from: START, to: START + HOUR };
    expect(await open.store.buckets(span, 60_000, () => true)).toEqual(
      expectedBuckets(all, { span, step: 60_000 }),
    );
  });

  it('rolls up what was sealed last, also while somebody reads what was before', async () => {
    const all = frames(open.schema, START, 576);
    await append(open.store, all, START + 2 * HOUR);
    // Eight windows of ten are sealed, and the rest while a reader is at what is there by now.
    await open.store.maintain(START + 6 * HOUR);
    const rest: Promise<unknown>[] = [];
    await open.database.snapshot(async (connection) => {
      await connection.all('SELECT 1 FROM chunks');
      rest.push(open.store.maintain(START + 6 * HOUR));
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await Promise.all(rest);
    await settle(open.store, START + 6 * HOUR);
    const span = { host: HOST, from: START, to: START + 96 * 60_000 };
    expect(await open.store.buckets(span, 60_000, () => true)).toEqual(
      expectedBuckets(all, { span, step: 60_000 }),
    );
  });

  it('goes on with everything else when a chunk can not be read, and says so', async () => {
    await store(360);
    const other = frames(open.schema, START, 360).map((frame) => ({ ...frame, host: 2 }));
    await append(open.store, other, START + HOUR);
    // One is in the way of frames to be sealed, one of the rollup.
    for (const host of [HOST, 0]) {
      await open.database.run(
        'INSERT INTO chunks (host, start, frames, last_row, bytes) VALUES (?, ?, 1, 0, ?)',
        [host, START, Buffer.from('rot')],
      );
    }
    await open.database.run('INSERT INTO stale_blocks (step, host, start) VALUES (60000, 0, ?)', [
      START,
    ]);
    const look = (now: number) => open.store.maintain(now).catch((error: unknown) => error);
    let last: unknown = true;
    for (let looks = 0; looks < 20 && last === true; looks += 1)
      last = await look(START + 3 * HOUR);
    expect(last).toBeInstanceOf(Error);
    expect(await rowCounts(open.database)).toMatchObject({ chunks: 13 });
    const span = { from: START, to: START + HOUR };
    const buckets = await open.store.buckets({ host: 2, ...span }, 60_000, () => true);
    expect(buckets.get('cpu.busy')?.size).toBe(60);
    for (let looks = 0; looks < 9; looks += 1) await look(START + 26 * HOUR);
    const kept = await open.database.historyReader.all<{ host: number }>('SELECT host FROM chunks');
    expect(kept.filter(({ host }) => host === 2)).toEqual([]);
  });

  it('seals what is behind many windows that can not be read or are gone', async () => {
    const { store, database, schema } = open;
    const broken = Array.from({ length: 10 }, (_, index) => 100 + index);
    const gone = Array.from({ length: 10 }, (_, index) => 200 + index);
    for (const host of [...broken, ...gone]) {
      const [frame] = frames(schema, START, 1);
      if (frame !== undefined) await append(store, [{ ...frame, host }], START);
    }
    for (const host of broken) {
      await database.run(
        'INSERT INTO chunks (host, start, frames, last_row, bytes) VALUES (?, ?, 1, 0, ?)',
        [host, START, Buffer.from('rot')],
      );
    }
    await database.run('DELETE FROM journal WHERE host >= 200', []);
    await append(store, frames(schema, START, 3), START);
    const looks: unknown[] = [];
    while (looks.at(-1) !== false && !(looks.at(-1) instanceof Error)) {
      looks.push(await store.maintain(START + HOUR).catch((error: unknown) => error));
      expect(looks.length).toBeLessThan(20);
    }
    expect(looks.at(-1)).toBeInstanceOf(Error);
    const sealed = await database.historyReader.all<{ frames: number }>(
      'SELECT frames FROM chunks WHERE host = ?',
      [HOST],
    );
    expect(sealed).toEqual([{ frames: 3 }]);
  });

  it('drops each tier past its time', async () => {
    await store(360);
    await settle(open.store, START + 15 * DAY);
    await settle(open.store, START + 15 * DAY);
    const steps = async () =>
      (
        await open.database.historyReader.all<{ step: number }>(
          'SELECT DISTINCT step FROM blocks ORDER BY step',
        )
      ).map(({ step }) => step);
    expect(await steps()).toEqual([600_000, HOUR]);
    await settle(open.store, START + 95 * DAY);
    expect(await steps()).toEqual([HOUR]);
    await settle(open.store, START + 740 * DAY);
    expect(await steps()).toEqual([]);
  });

  it('finds what a former run has not sealed', async () => {
    const all = await store();
    await open.close();
    open = await openStore(dataDir);
    await open.store.open(START + 3 * HOUR);
    await settle(open.store, START + 6 * HOUR);
    expect(await rowCounts(open.database)).toMatchObject({ journal: 0, chunks: 15 });
    const columns = await open.store.columns(
      { host: HOST, from: START, to: START + 3 * HOUR },
      () => true,
    );
    expect(columns.get('cpu.busy')?.times).toHaveLength(all.length);
  });

  it('forgets a host that was removed, and no other', async () => {
    await store();
    const other = frames(open.schema, START, 10).map((frame) => ({ ...frame, host: 2 }));
    await append(open.store, other, START + HOUR);
    await settle(open.store, START + 6 * HOUR);
    while (await open.store.dropHost(HOST));
    const span = { from: START, to: START + DAY };
    expect(await open.store.count({ host: HOST, ...span })).toBe(0);
    expect((await open.store.columns({ host: HOST, ...span }, () => true)).size).toBe(0);
    expect(
      (await open.store.columns({ host: 2, ...span }, () => true)).get('cpu.busy')?.times,
    ).toHaveLength(10);
  });

  it('knows the newest frame of a host wherever it lies', async () => {
    const all = await store();
    const newest = all.at(-1);
    expect(await open.store.newest(HOST)).toEqual(newest);
    await settle(open.store, START + 6 * HOUR);
    expect(await open.store.newest(HOST)).toEqual(newest);
    expect(await open.store.newest(99)).toBeNull();
  });

  it.each([
    'sealing',
    'chunk written',
    'before commit of seal',
    'sealed',
    'rolling up',
    'block written',
    'before commit of rollup',
    'rolled up',
  ])('stays the same when work is broken off at: %s', async (crashAt) => {
    const all = await store();
    await open.close();
    open = await openStore(dataDir, { crashAt });
    await open.store.open(START + 3 * HOUR);
    await expect(settle(open.store, START + 6 * HOUR)).rejects.toThrow(`crash at: ${crashAt}`);
    const span = { host: HOST, from: START, to: START + 3 * HOUR };
    const expected = expectedBuckets(all, { span, step: 60_000 });
    expect(await open.store.buckets(span, 60_000, () => true)).toEqual(expected);
    await open.close();
    open = await openStore(dataDir);
    await open.store.open(START + 3 * HOUR);
    expect(await open.store.buckets(span, 60_000, () => true)).toEqual(expected);
    await settle(open.store, START + 6 * HOUR);
    expect(await open.store.buckets(span, 60_000, () => true)).toEqual(expected);
    expect(await rowCounts(open.database)).toMatchObject({ journal: 0, chunks: 15 });
  });
});
