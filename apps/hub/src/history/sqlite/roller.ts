/** Rolls sealed windows up, tier by tier: each block is computed anew from all of the finer data of its window. */
import type { Database } from '../../database/database';
import { addBucket, addValue, emptyBucket, startOf, type Bucket } from '../rollup';
import type { Tier } from '../tiers';
import type { HostWindow, JournalIndex } from './journal-index';
import { decodeChunk, type Layouts } from './raw-codec';
import { decodeBlock, encodeBlock } from './rollup-codec';
import { resolutionOf, toSteps } from '../steps';
import type { StepObserver } from './sealer';
import { UnreadableWindows } from './unreadable-windows';

/** Blocks of one tier computed in one step. */
const STEP_BLOCKS = 8;

export class Roller {
  /** By tier. */
  private readonly unreadable: readonly UnreadableWindows[];

  constructor(
    private readonly database: Database,
    private readonly index: JournalIndex,
    private readonly options: {
      readonly tiers: readonly [Tier, ...Tier[]];
      readonly layouts: Layouts;
      readonly observe: StepObserver;
      /** After its end a window waits this long before it is rolled up, ms. */
      readonly grace: number;
    },
  ) {
    this.unreadable = options.tiers.map(() => new UnreadableWindows());
  }

  /**
   * Computes some of the blocks that are due. Returns whether there may be more. A window that cannot be read is tried again later, see
   * {@link throwUnreadable}.
   */
  async rollUp(now: number): Promise<boolean> {
    let more = false;
    for (const [level, unreadable] of this.unreadable.entries()) {
      const due = await this.due(level, unreadable, now);
      for (const window of due) {
        const series = await unreadable.attempt(window, now, () => this.read(level, window));
        if (series !== null) await this.renew(level, window, series);
      }
      more ||= due.length === STEP_BLOCKS;
    }
    return more;
  }

  /** @throws what was wrong with the first window that could not be read, if there are any. */
  throwUnreadable(): void {
    for (const unreadable of this.unreadable) unreadable.throwFirst();
  }

  /** Forgets a host that was removed. */
  forget(host: number): void {
    for (const unreadable of this.unreadable) unreadable.forget(host);
  }

  private async due(
    level: number,
    unreadable: UnreadableWindows,
    now: number,
  ): Promise<HostWindow[]> {
    const tier = this.options.tiers[level];
    if (tier === undefined) return [];
    const finer = this.options.tiers[level - 1];
    const rows = await this.database.committed<HostWindow>(
      `SELECT host, start FROM stale_blocks AS stale
       WHERE step = ? AND start <= ? AND NOT EXISTS (
         SELECT 1 FROM stale_blocks AS finer
         WHERE finer.step = ? AND finer.host = stale.host
           AND finer.start >= stale.start AND finer.start < stale.start + ?)
       LIMIT ?`,
      [
        tier.step,
        now - tier.window - this.options.grace,
        finer?.step ?? 0,
        tier.window,
        // Some have late frames that are not sealed yet, and some cannot be read: those behind them are wanted.
        STEP_BLOCKS * 4 + unreadable.size,
      ],
    );
    return rows
      .filter(({ host, start }) => !this.index.hasBetween(host, start, start + tier.window))
      .filter((window) => !unreadable.isWaiting(window, now))
      .slice(0, STEP_BLOCKS);
  }

  /** What a window's block is computed from. */
  private read(level: number, window: HostWindow): Promise<Map<string, Bucket[]>> {
    return level === 0 ? this.fromChunks(window) : this.fromBlocks(level, window);
  }

  private async renew(
    level: number,
    window: HostWindow,
    series: Map<string, Bucket[]>,
  ): Promise<void> {
    const { tiers, observe } = this.options;
    const tier = tiers[level];
    if (tier === undefined) return;
    const block =
      series.size === 0
        ? null
        : await encodeBlock(series, { start: window.start, step: tier.step });
    const points = [...series.values()].reduce((sum, buckets) => sum + buckets.length, 0);
    const coarser = tiers[level + 1];
    observe('rolling up');
    await this.database.transaction(async (connection) => {
      if (block === null) {
        await connection.run('DELETE FROM blocks WHERE step = ? AND host = ? AND start = ?', [
          tier.step,
          window.host,
          window.start,
        ]);
      } else {
        await connection.run(
          'INSERT INTO blocks (step, host, start, points, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT (step, host, start) DO UPDATE SET points = excluded.points, bytes = excluded.bytes',
          [tier.step, window.host, window.start, points, block],
        );
      }
      observe('block written');
      await connection.run('DELETE FROM stale_blocks WHERE step = ? AND host = ? AND start = ?', [
        tier.step,
        window.host,
        window.start,
      ]);
      if (coarser !== undefined) {
        await connection.run(
          'INSERT OR IGNORE INTO stale_blocks (step, host, start) VALUES (?, ?, ?)',
          [coarser.step, window.host, startOf(window.start, coarser.window)],
        );
      }
      observe('before commit of rollup');
    });
    observe('rolled up');
  }

  private async fromChunks({ host, start }: HostWindow): Promise<Map<string, Bucket[]>> {
    const [tier] = this.options.tiers;
    const rows = await this.database.committed<{ bytes: Buffer }>(
      'SELECT bytes FROM chunks WHERE host = ? AND start >= ? AND start < ? ORDER BY start',
      [host, start, start + tier.window],
    );
    const series = new Map<string, Bucket[]>();
    for (const { bytes } of rows) {
      for (const [key, { times, values }] of await decodeChunk(bytes, this.options.layouts)) {
        const resolution = resolutionOf(key);
        times.forEach((time, index) => {
          const bucket = lastBucket(series, key, startOf(time, tier.step));
          const value = values[index] ?? null;
          if (value !== null) addValue(bucket, toSteps(value, resolution));
        });
      }
    }
    return series;
  }

  private async fromBlocks(
    level: number,
    { host, start }: HostWindow,
  ): Promise<Map<string, Bucket[]>> {
    const tier = this.options.tiers[level];
    const finer = this.options.tiers[level - 1];
    const series = new Map<string, Bucket[]>();
    if (tier === undefined || finer === undefined) return series;
    const rows = await this.database.committed<{ start: number; bytes: Buffer }>(
      'SELECT start, bytes FROM blocks WHERE step = ? AND host = ? AND start >= ? AND start < ? ORDER BY start',
      [finer.step, host, start, start + tier.window],
    );
    for (const row of rows) {
      const block = await decodeBlock(row.bytes, { start: row.start, step: finer.step });
      for (const [key, buckets] of block) {
        for (const bucket of buckets) {
          addBucket(lastBucket(series, key, startOf(bucket.start, tier.step)), bucket);
        }
      }
    }
    return series;
  }
}

/** The bucket of a series that starts at `start`; times come in ascending order. */
function lastBucket(series: Map<string, Bucket[]>, key: string, start: number): Bucket {
  let buckets = series.get(key);
  if (buckets === undefined) {
    buckets = [];
    series.set(key, buckets);
  }
  let last = buckets.at(-1);
  if (last?.start !== start) {
    last = emptyBucket(start);
    buckets.push(last);
  }
  return last;
}
