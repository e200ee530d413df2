/** Decodes everything that is stored of the history, and says what cannot be. */
import type { SqliteConnection } from '../../database/sqlite-connection';
import { toLayout } from '../../schemas/layout';
import { DEFAULT_RETENTION, RAW_WINDOW, tiersOf } from '../tiers';
import { checkCulprits } from './culprits/culprit-checker';
import { decodeRuns, type Layout, type Layouts } from './raw-codec';
import { decodeBlock } from './rollup-codec';
import { decodeFrame } from './values-codec';

/** Rows looked at in one go: a few MB. */
const PAGE = 100;

/** Where frames lie that are in no chunk. */
const FRAME_TABLES = [
  ['journal', 'journal'],
  ['set_aside', 'set aside'],
] as const;

/** How much there is. */
export interface HistoryCounts {
  chunks: number;
  /** In chunks. */
  frames: number;
  blocks: number;
  /** In blocks. */
  points: number;
  /** Frames that are not sealed yet, or were set aside. */
  rows: number;
  /** Samples of culprits. */
  culprits: number;
}

/** Reads all rows of a table, as far as they can be read, in the order of their ids. */
export type CheckedRows = <Row extends { readonly id: number }>(
  table: string,
  columns: string,
) => AsyncGenerator<Row, void>;

/** A part of the history that cannot be read. */
export interface HistoryProblem {
  readonly what: 'chunk' | 'block' | 'journal' | 'set aside' | 'culprits' | 'table';
  /** The host's key; `null` when it cannot be told. */
  readonly host: number | null;
  /** Start and length of the window, ms. */
  readonly window: { readonly start: number; readonly length: number } | null;
  readonly reason: string;
}

interface ChunkRow {
  readonly id: number;
  readonly host: number;
  readonly start: number;
  readonly frames: number;
  readonly bytes: Buffer;
}

interface BlockRow {
  readonly id: number;
  readonly step: number;
  readonly host: number;
  readonly start: number;
  readonly points: number;
  readonly bytes: Buffer;
}

interface FrameRow {
  readonly id: number;
  readonly host: number;
  readonly at: number;
  readonly schema: number;
  readonly vals: Buffer;
}

export class HistoryChecker {
  readonly counts: HistoryCounts = {
    chunks: 0,
    frames: 0,
    blocks: 0,
    points: 0,
    rows: 0,
    culprits: 0,
  };
  private readonly known = new Map<number, Layout>();

  /** @param report called for every problem as it is found */
  constructor(
    private readonly connection: SqliteConnection,
    private readonly report: (problem: HistoryProblem) => void,
  ) {}

  /** Looks at everything, a page after the other: a hub may write meanwhile. */
  async run(): Promise<void> {
    const chunks = this.rows<ChunkRow>('chunks', 'id, host, start, frames, bytes');
    for await (const row of chunks) {
      const { host, start } = row;
      await this.judge({ what: 'chunk', host, start, length: RAW_WINDOW }, () =>
        this.checkChunk(row),
      );
    }
    const blocks = this.rows<BlockRow>('blocks', 'id, step, host, start, points, bytes');
    for await (const row of blocks) {
      const { host, start, step } = row;
      const length = windowOf(step) ?? 0;
      await this.judge({ what: 'block', host, start, length }, () => this.checkBlock(row));
    }
    for (const [table, what] of FRAME_TABLES) {
      const frames = this.rows<FrameRow>(table, 'id, host, at, schema, vals');
      for await (const row of frames) {
        const { host, at: start } = row;
        await this.judge({ what, host, start, length: 0 }, () => this.checkFrame(row));
      }
    }
    const rows: CheckedRows = (table, columns) => this.rows(table, columns);
    this.counts.culprits = await checkCulprits(rows, this.report);
  }

  /** All rows of a table, as far as they can be read. */
  private async *rows<Row extends { readonly id: number }>(
    table: string,
    columns: string,
  ): AsyncGenerator<Row, void> {
    const sql = `SELECT ${columns} FROM ${table} WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`;
    let last = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const page = await this.connection.all<Row>(sql, [last]).catch((error: unknown) => {
        const reason = `the rest of ${table} cannot be read (${reasonOf(error)})`;
        this.report({ what: 'table', host: null, window: null, reason });
        return [];
      });
      yield* page;
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.id;
    }
  }

  private async judge(
    place: {
      readonly what: HistoryProblem['what'];
      readonly host: number;
      readonly start: number;
      readonly length: number;
    },
    check: () => Promise<void>,
  ): Promise<void> {
    try {
      await check();
    } catch (error) {
      const { what, host, start, length } = place;
      this.report({ what, host, window: { start, length }, reason: reasonOf(error) });
    }
  }

  private async checkChunk({ start, frames, bytes }: ChunkRow): Promise<void> {
    this.counts.chunks += 1;
    const times = (await decodeRuns(bytes, this.layouts)).flatMap((run) => run.times);
    this.counts.frames += times.length;
    if (times.length !== frames) {
      throw new Error(`it has ${times.length} frames instead of ${frames}`);
    }
    if (times.some((at) => at < start || at >= start + RAW_WINDOW)) {
      throw new Error('it has frames of another window');
    }
  }

  private async checkBlock({ step, start, points, bytes }: BlockRow): Promise<void> {
    this.counts.blocks += 1;
    const window = windowOf(step);
    if (window === null) throw new Error(`there is no tier of ${step} ms`);
    const buckets = [...(await decodeBlock(bytes, { start, step })).values()].flat();
    this.counts.points += buckets.length;
    if (buckets.length !== points) {
      throw new Error(`it has ${buckets.length} points instead of ${points}`);
    }
    if (buckets.some((bucket) => bucket.start < start || bucket.start >= start + window)) {
      throw new Error('it has points of another window');
    }
  }

  private async checkFrame({ schema, vals }: FrameRow): Promise<void> {
    this.counts.rows += 1;
    decodeFrame(vals, (await this.layouts(schema)).resolutions);
  }

  private readonly layouts: Layouts = async (schema) => {
    const known = this.known.get(schema);
    if (known !== undefined) return known;
    const [row] = await this.connection.all<{ series: string }>(
      'SELECT series FROM schemas WHERE id = ?',
      [schema],
    );
    if (row === undefined) throw new Error(`schema ${schema} does not exist`);
    const layout = toLayout(schema, JSON.parse(row.series) as string[]);
    this.known.set(schema, layout);
    return layout;
  };
}

function windowOf(step: number): number | null {
  return tiersOf(DEFAULT_RETENTION).find((tier) => tier.step === step)?.window ?? null;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
