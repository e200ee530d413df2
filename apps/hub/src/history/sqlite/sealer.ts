/** Seals windows of the journal into chunks. A window that is sealed again (late frames) is merged with its chunk. */
import type { Database } from '../../database/database';
import { RAW_WINDOW, type Tier } from '../tiers';
import { startOf } from '../rollup';
import type { HostWindow } from './open-windows';
import { decodeRuns, encodeChunk, type Layouts, type Run } from './raw-codec';
import { decodeFrame } from './values-codec';

/** Called before and after each step that a crash may fall between; tests crash there. */
export type StepObserver = (step: string) => void;

interface JournalRow {
  readonly id: number;
  readonly at: number;
  readonly schema: number;
  readonly vals: Buffer;
}

interface SealedWindow extends HostWindow {
  readonly frames: number;
  readonly chunk: Buffer;
  /** Journal rows up to this one are in the chunk. */
  readonly lastRow: number;
}

interface TimedFrame {
  readonly at: number;
  readonly schema: number;
  readonly values: readonly (number | null)[];
}

export class Sealer {
  constructor(
    private readonly database: Database,
    private readonly layouts: Layouts,
    private readonly options: { readonly finest: Tier; readonly observe: StepObserver },
  ) {}

  /** Seals windows: their journal rows become chunks in one transaction, which also says what is to be rolled up anew. */
  async seal(windows: readonly HostWindow[]): Promise<void> {
    const sealed: SealedWindow[] = [];
    for (const window of windows) {
      const one = await this.encode(window);
      if (one !== null) sealed.push(one);
    }
    if (sealed.length === 0) return;
    const { finest, observe } = this.options;
    observe('sealing');
    await this.database.transaction(async (connection) => {
      for (const { host, start, frames, chunk, lastRow } of sealed) {
        await connection.run(
          'INSERT INTO chunks (host, start, frames, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (host, start) DO UPDATE SET frames = excluded.frames, bytes = excluded.bytes',
          [host, start, frames, chunk],
        );
        observe('chunk written');
        await connection.run(
          'DELETE FROM journal WHERE host = ? AND at >= ? AND at < ? AND id <= ?',
          [host, start, start + RAW_WINDOW, lastRow],
        );
        observe('journal cleared');
        await connection.run(
          'INSERT OR IGNORE INTO stale_blocks (step, host, start) VALUES (?, ?, ?)',
          [finest.step, host, startOf(start, finest.window)],
        );
      }
      observe('before commit of seal');
    });
    observe('sealed');
  }

  private async encode(window: HostWindow): Promise<SealedWindow | null> {
    const { host, start } = window;
    const rows = await this.database.historyReader.all<JournalRow>(
      'SELECT id, at, schema, vals FROM journal WHERE host = ? AND at >= ? AND at < ? ORDER BY at, id',
      [host, start, start + RAW_WINDOW],
    );
    if (rows.length === 0) return null;
    const [earlier] = await this.database.historyReader.all<{ bytes: Buffer }>(
      'SELECT bytes FROM chunks WHERE host = ? AND start = ?',
      [host, start],
    );
    const late: TimedFrame[] = rows.map(({ at, schema, vals }) => ({
      at,
      schema,
      values: decodeFrame(vals),
    }));
    const frames = earlier === undefined ? late : await this.merge(earlier.bytes, late);
    const lastRow = rows.reduce((last, { id }) => Math.max(last, id), 0);
    const chunk = await encodeChunk(toRuns(frames), this.layouts);
    return { host, start, frames: frames.length, chunk, lastRow };
  }

  private async merge(chunk: Buffer, late: readonly TimedFrame[]): Promise<TimedFrame[]> {
    const runs = await decodeRuns(chunk, this.layouts);
    const earlier = runs.flatMap(({ schema, times, values }) =>
      times.map((at, index): TimedFrame => ({ at, schema, values: values[index] ?? [] })),
    );
    return [...earlier, ...late].sort((first, second) => first.at - second.at);
  }
}

/** Groups frames in the order of time into runs under one schema. */
function toRuns(frames: readonly TimedFrame[]): Run[] {
  const runs: { schema: number; times: number[]; values: (readonly (number | null)[])[] }[] = [];
  for (const { at, schema, values } of frames) {
    let run = runs.at(-1);
    if (run?.schema !== schema) {
      run = { schema, times: [], values: [] };
      runs.push(run);
    }
    run.times.push(at);
    run.values.push(values);
  }
  return runs;
}
