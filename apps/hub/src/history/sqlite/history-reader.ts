/** Reads what is stored of a host over a span, wherever it lies: journal, chunks, blocks. */
import type { Database } from '../../database/database';
import type { SqliteConnection } from '../../database/sqlite-connection';
import type { Column, Span, Wanted } from '../history-store';
import { addBucket, addValue, emptyBucket, startOf, type Bucket } from '../rollup';
import { RAW_WINDOW, type Tier } from '../tiers';
import { decodeChunk, type Layouts } from './raw-codec';
import type { Inflate } from './inflate';
import { InflatedBodies } from './inflated-bodies';
import { resolutionOf, toSteps } from '../steps';
import { decodeBlock } from './rollup-codec';
import { decodeFrame } from './values-codec';
import type { JournalIndex } from './journal-index';
import { readRows, type JournalRow } from './journal-rows';

interface Piece {
  readonly start: number;
  readonly bytes: Buffer;
}

/** A stretch of time, `to` not included. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Everything that is to be decoded for a span, as it was at one moment. */
interface Snapshot {
  readonly journal: readonly JournalRow[];
  readonly chunks: readonly Piece[];
  readonly blocks: readonly {
    readonly step: number;
    readonly piece: Piece;
    readonly within: Stretch;
  }[];
}

/** Takes the values of one series. */
type Taker = (at: number, value: number | null) => void;

/** Who takes what of the frames under one schema, by place. */
interface FrameTaker {
  readonly resolutions: readonly number[];
  readonly takersByPlace: readonly (Taker | null)[];
}

interface RawReading {
  readonly span: Stretch;
  readonly wanted: Wanted;
  /** How bodies of chunks are inflated, where they are kept. */
  readonly inflateBody?: Inflate;
}

export class HistoryReader {
  private readonly bodies = new InflatedBodies();

  constructor(
    private readonly database: Database,
    private readonly index: JournalIndex,
    private readonly options: { readonly tiers: readonly Tier[]; readonly layouts: Layouts },
  ) {}

  /** Frames in the span; counts whole chunks where the span cuts one. */
  async count(span: Span): Promise<number> {
    const { host, from, to } = span;
    const [row] = await this.database.historyReader.all<{ frames: number | null }>(
      'SELECT sum(frames) AS frames FROM chunks WHERE host = ? AND start > ? AND start < ?',
      [host, from - RAW_WINDOW, to],
    );
    return (row?.frames ?? 0) + this.index.rowsBetween(host, from, to).length;
  }

  /** The wanted series as they came, ascending in time. */
  async columns(span: Span, wanted: Wanted): Promise<Map<string, Column>> {
    const snapshot = await this.snapshot(span, -1);
    const columns = new Map<string, { times: number[]; values: (number | null)[] }>();
    await this.visitRaw(snapshot, { span, wanted }, (key) => {
      const column = { times: [] as number[], values: [] as (number | null)[] };
      return (at, value) => {
        // A series has a column when it has a value in the span.
        if (column.times.length === 0) columns.set(key, column);
        column.times.push(at);
        column.values.push(value);
      };
    });
    for (const column of columns.values()) sortByTime(column);
    return columns;
  }

  /**
   * The wanted series in buckets of `step` ms, aligned to the epoch; the coarsest tier whose step divides it is read, and
   * finer data where that is not rolled up yet. Buckets hold steps of the metric's resolution.
   */
  async buckets(
    span: Span,
    step: number,
    wanted: Wanted,
  ): Promise<Map<string, Map<number, Bucket>>> {
    const level = this.options.tiers.findLastIndex((tier) => step % tier.step === 0);
    const aligned = {
      host: span.host,
      from: startOf(span.from, step),
      to: startOf(span.to + step - 1, step),
    };
    const snapshot = await this.snapshot(aligned, level);
    const series = new Map<string, Map<number, Bucket>>();
    for (const { step: blockStep, piece, within } of snapshot.blocks) {
      const block = await decodeBlock(
        piece.bytes,
        { start: piece.start, step: blockStep },
        wanted,
        this.bodies.inflate,
      );
      for (const [key, buckets] of block) {
        for (const bucket of buckets) {
          if (bucket.start < within.from || bucket.start >= within.to) continue;
          addBucket(bucketAt(series, key, startOf(bucket.start, step)), bucket);
        }
      }
    }
    const inflateBody = this.bodies.inflate;
    await this.visitRaw(snapshot, { span: aligned, wanted, inflateBody }, (key) => {
      const resolution = resolutionOf(key);
      let bucket: Bucket | null = null;
      return (at, value) => {
        const start = startOf(at, step);
        if (bucket?.start !== start) bucket = bucketAt(series, key, start);
        if (value !== null) addValue(bucket, toSteps(value, resolution));
      };
    });
    return series;
  }

  /** What is to be decoded, read in one transaction: a seal that commits meanwhile moves nothing under our feet. */
  private snapshot(span: Span, level: number): Promise<Snapshot> {
    return this.database.snapshot(async (connection) => {
      const journal = await this.unsealed(connection, span);
      const stale = await connection.all<{ step: number; start: number }>(
        'SELECT step, start FROM stale_blocks WHERE host = ?',
        [span.host],
      );
      const blocks: { step: number; piece: Piece; within: Stretch }[] = [];
      let left: Stretch[] = [span];
      for (let at = level; at >= 0; at -= 1) {
        const tier = this.options.tiers[at];
        if (tier === undefined) continue;
        const unfit = new Set<number>([
          ...stale.filter(({ step }) => step === tier.step).map(({ start }) => start),
          ...journal.map((row) => startOf(row.at, tier.window)),
        ]);
        const { found, missing } = await this.blocksOf(connection, {
          host: span.host,
          tier,
          left,
          unfit,
        });
        blocks.push(...found);
        left = missing;
      }
      const chunks: Piece[] = [];
      for (const { from, to } of left) {
        chunks.push(
          ...(await connection.all<Piece>(
            'SELECT start, bytes FROM chunks WHERE host = ? AND start > ? AND start < ? ORDER BY start',
            [span.host, from - RAW_WINDOW, to],
          )),
        );
      }
      return { journal, chunks, blocks };
    });
  }

  /** The rows of the journal in the span that are in no chunk yet, as far as this moment of the database knows. */
  private async unsealed(
    connection: SqliteConnection,
    { host, from, to }: Span,
  ): Promise<JournalRow[]> {
    const rows = await readRows(connection, this.index.rowsBetween(host, from, to));
    const first = rows[0];
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return [];
    // A seal may have been committed since the rows were looked up.
    const chunks = await connection.all<{ start: number; last_row: number }>(
      'SELECT start, last_row FROM chunks WHERE host = ? AND start >= ? AND start <= ?',
      [host, startOf(first.at, RAW_WINDOW), last.at],
    );
    const sealed = new Map(chunks.map(({ start, last_row: lastRow }) => [start, lastRow]));
    return rows.filter(({ id, at }) => id > (sealed.get(startOf(at, RAW_WINDOW)) ?? 0));
  }

  /** The fit blocks of a tier within the stretches, and what of the stretches they do not cover. */
  private async blocksOf(
    connection: SqliteConnection,
    query: {
      readonly host: number;
      readonly tier: Tier;
      readonly left: readonly Stretch[];
      readonly unfit: ReadonlySet<number>;
    },
  ): Promise<{ found: Snapshot['blocks'][number][]; missing: Stretch[] }> {
    const { host, tier, left, unfit } = query;
    const found: Snapshot['blocks'][number][] = [];
    const missing: Stretch[] = [];
    for (const stretch of left) {
      const pieces = await connection.all<Piece>(
        'SELECT start, bytes FROM blocks WHERE step = ? AND host = ? AND start > ? AND start < ? ORDER BY start',
        [tier.step, host, stretch.from - tier.window, stretch.to],
      );
      let at = stretch.from;
      for (const piece of pieces) {
        if (unfit.has(piece.start)) continue;
        const within = {
          from: Math.max(piece.start, stretch.from),
          to: Math.min(piece.start + tier.window, stretch.to),
        };
        if (within.from > at) missing.push({ from: at, to: within.from });
        found.push({ step: tier.step, piece, within });
        at = within.to;
      }
      if (at < stretch.to) missing.push({ from: at, to: stretch.to });
    }
    return { found, missing };
  }

  /** Hands every wanted value on, to one taker a series. */
  private async visitRaw(
    { chunks, journal }: Snapshot,
    { span, wanted, inflateBody }: RawReading,
    takerOf: (key: string) => Taker,
  ): Promise<void> {
    const { layouts } = this.options;
    const takers = new Map<string, Taker>();
    const known = (key: string) => {
      let taker = takers.get(key);
      if (taker === undefined) {
        taker = takerOf(key);
        takers.set(key, taker);
      }
      return taker;
    };
    for (const { bytes } of chunks) {
      for (const [key, column] of await decodeChunk(bytes, layouts, wanted, inflateBody)) {
        const take = known(key);
        column.times.forEach((at, index) => {
          if (at >= span.from && at < span.to) take(at, column.values[index] ?? null);
        });
      }
    }
    const bySchema = new Map<number, FrameTaker>();
    for (const { at, schema, vals } of journal) {
      let frame = bySchema.get(schema);
      if (frame === undefined) {
        const { keys, resolutions } = await layouts(schema);
        const takersByPlace = keys.map((key) => (wanted(key) ? known(key) : null));
        frame = { resolutions, takersByPlace };
        bySchema.set(schema, frame);
      }
      const values = decodeFrame(vals, frame.resolutions);
      frame.takersByPlace.forEach((take, place) => take?.(at, values[place] ?? null));
    }
  }
}

function bucketAt(series: Map<string, Map<number, Bucket>>, key: string, start: number): Bucket {
  let buckets = series.get(key);
  if (buckets === undefined) {
    buckets = new Map();
    series.set(key, buckets);
  }
  let bucket = buckets.get(start);
  if (bucket === undefined) {
    bucket = emptyBucket(start);
    buckets.set(start, bucket);
  }
  return bucket;
}

/** Sorts in place unless sorted already, which is nearly always so. */
function sortByTime(column: { times: number[]; values: (number | null)[] }): void {
  if (column.times.every((time, index) => index === 0 || (column.times[index - 1] ?? 0) <= time)) {
    return;
  }
  const order = column.times.map((_, index) => index);
  order.sort((first, second) => (column.times[first] ?? 0) - (column.times[second] ?? 0));
  const times = order.map((index) => column.times[index] ?? 0);
  const values = order.map((index) => column.values[index] ?? null);
  column.times = times;
  column.values = values;
}
