import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewAlertRuleSchema, type NewAlertRule } from '@hostdeck/contracts';
import { parseConfig } from '../../config/config';
import { Database } from '../../database/database';
import { SqliteHistoryStore } from '../../history/sqlite/sqlite-history.store';
import { SchemasRepository } from '../../schemas/schemas.repository';
import { SchemasService } from '../../schemas/schemas.service';
import { isMetricCondition } from '../evaluation/judges';
import { applyOverrides } from '../rules/effective-rule';
import { backtestMetric, type Found } from './metric-backtest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Midnight of some day: windows of every tier begin here. */
const START = 1_699_833_600_000;
const END = START + 72 * HOUR;
const HOST = { key: 1, interval: 30_000 };

describe('a rule over days of which only the last still has its frames', () => {
  let dataDir: string;
  let database: Database;
  let store: SqliteHistoryStore;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-backtest-'));
    database = await Database.open(dataDir);
    const schemas = new SchemasService(new SchemasRepository(database));
    const config = parseConfig({ HOSTDECK_DATA_DIR: dataDir });
    store = new SqliteHistoryStore(database, schemas, config, () => undefined);
    const { number } = await schemas.intern(['cpu.busy', 'filesystem.free{/}']);
    const frames = [];
    for (let at = START; at < END; at += HOST.interval) {
      // One frame of every day is at its limit; in the afternoon it lasts for a quarter of an hour.
      const time = at % (24 * HOUR);
      const isBusy = time === 6 * HOUR || (time >= 15 * HOUR && time < 15.25 * HOUR);
      const free = time === 9 * HOUR ? 4096 : 4096 * 1_000;
      frames.push({ host: HOST.key, at, schema: number, values: [isBusy ? 95 : 10, free] });
    }
    await store.append({ frames, setAside: [], culprits: [], progress: [], receivedAt: END });
    while (await store.maintain(END));
  });
  afterAll(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function backtest(asked: NewAlertRule, from = START): Promise<Found> {
    const definition = NewAlertRuleSchema.parse(asked);
    const stored = { id: '', isDefault: false, overrides: [], createdAt: 0, updatedAt: 0 };
    const rule = applyOverrides({ ...stored, definition }, []);
    if (rule === null || !isMetricCondition(rule.condition)) throw new Error('no rule of a metric');
    const { condition } = rule;
    return backtestMetric(store, { host: HOST, rule, condition, from, to: END, now: END });
  }

  it('finds what a single frame was, in rollups too: the worst of each step counts', async () => {
    const above = await backtest({
      name: 'busy',
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 90 },
    });
    expect(above.step).toBe(MINUTE);
    expect(above.firings.map(({ from }) => (from - START) / HOUR)).toEqual([6, 15, 30, 39, 54, 63]);
    expect(above.firings[0]).toMatchObject({ series: 'cpu.busy', worst: 95 });
    const below = await backtest({
      name: 'full',
      condition: { kind: 'below', metric: 'filesystem.free', threshold: 8_000 },
    });
    expect(below.firings.map(({ from }) => (from - START) / HOUR)).toEqual([9, 33, 57]);
    expect(below.firings[0]).toMatchObject({ series: 'filesystem.free{/}', worst: 4096 });
  });

  it('keeps to the time it has to last, and looks at frames where there still are some', async () => {
    const lasting: NewAlertRule = {
      name: 'busy',
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 90 },
      for: 10 * MINUTE,
    };
    const { firings } = await backtest(lasting);
    expect(firings.map(({ from, to }) => [from - START, (to ?? 0) - START])).toEqual(
      [0, 24, 48].map((day) => [(day + 15) * HOUR + 10 * MINUTE, (day + 15) * HOUR + 15 * MINUTE]),
    );
    expect(await backtest(lasting, END - 12 * HOUR)).toMatchObject({
      step: 0,
      firings: [{ from: START + 63 * HOUR + 10 * MINUTE }],
    });
  });
});
