/** Seals windows of the journal into chunks. A window that is sealed again (late frames) is merged with its chunk. */
import type { Database } from '../../database/database';
import { RAW_WINDOW, type Tier } from '../tiers';
import { startOf } from '../rollup';
import type { HostWindow, JournalIndex } from './journal-index';
import { decodeRuns, encodeChunk, type Layouts, type Run } from './raw-codec';
import { readRows } from './journal-rows';
import { UnreadableWindows } from './unreadable-windows';
import { decodeFrame } from './values-codec';

/** Called before and after each step that a crash may fall between; tests crash there. */
export type StepObserver = (step: string) => void;

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

/** Windows sealed in one transaction. */
const STEP_WINDOWS = 8;

export class Sealer {
  private readonly unreadable = new UnreadableWindows();

  constructor(
    private readonly database: Database,
    private readonly index: JournalIndex,
    private readonly options: {
      readonly finest: Tier;
      readonly layouts: Layouts;
      readonly observe: StepObserver;
    },
  ) {}

  /**
   * Seals some of the windows that are due: their journal rows become chunks in one transaction, which also says what is to be rolled up anew. A chunk knows the
   * last row that is in it; the rows themselves are dropped later, many at once. A window that
   * cannot be read is tried again later, see {@link throwUnreadable}.
   *
   * @returns whether there may be more
   */
  async seal(now: number): Promise<boolean> {
    const isWaiting = (window: HostWindow) => this.unreadable.isWaiting(window, now);
    const due = this.index.due(now, STEP_WINDOWS, isWaiting);
    const sealed: SealedWindow[] = [];
    for (const window of due) {
      const one = await this.unreadable.attempt(window, now, () => this.encode(window, now));
      if (one !== null) sealed.push(one);
    }
    if (sealed.length > 0) await this.write(sealed, now);
    return due.length === STEP_WINDOWS;
  }

  /** @throws what was wrong with the first window that could not be read, if there are any. */
  throwUnreadable(): void {
    this.unreadable.throwFirst();
  }

  /** Forgets a host that was removed. */
  forget(host: number): void {
    this.unreadable.forget(host);
  }

  private async write(sealed: readonly SealedWindow[], now: number): Promise<void> {
    const { finest, observe } = this.options;
    observe('sealing');
    await this.database.transaction(async (connection) => {
      for (const { host, start, frames, chunk, lastRow } of sealed) {
        await connection.run(
          `INSERT INTO chunks (host, start, frames, last_row, bytes) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (host, start) DO UPDATE
           SET frames = excluded.frames, last_row = excluded.last_row, bytes = excluded.bytes`,
          [host, start, frames, lastRow, chunk],
        );
        observe('chunk written');
        await connection.run(
          'INSERT OR IGNORE INTO stale_blocks (step, host, start) VALUES (?, ?, ?)',
          [finest.step, host, startOf(start, finest.window)],
        );
      }
      observe('before commit of seal');
    });
    for (const window of sealed) this.index.sealed(window, window.lastRow, now);
    observe('sealed');
  }

  private async encode(window: HostWindow, now: number): Promise<SealedWindow | null> {
    const { host, start } = window;
    const ids = this.index.rowsBetween(host, start, start + RAW_WINDOW);
    const rows = await this.database.snapshot((connection) => readRows(connection, ids));
    if (rows.length === 0) {
      // They are gone: nothing is left to be sealed, and due for ever the window would be in the way of others.
      this.index.sealed(window, ids.at(-1) ?? 0, now);
      return null;
    }
    const [earlier] = await this.database.committed<{ bytes: Buffer }>(
      'SELECT bytes FROM chunks WHERE host = ? AND start = ?',
      [host, start],
    );
    const late: TimedFrame[] = [];
    for (const { at, schema, vals } of rows) {
      const { resolutions } = await this.options.layouts(schema);
      late.push({ at, schema, values: decodeFrame(vals, resolutions) });
    }
    const frames = earlier === undefined ? late : await this.merge(earlier.bytes, late);
    const lastRow = rows.reduce((last, { id }) => Math.max(last, id), 0);
    const chunk = await encodeChunk(toRuns(frames), this.options.layouts);
    return { host, start, frames: frames.length, chunk, lastRow };
  }

  private async merge(chunk: Buffer, late: readonly TimedFrame[]): Promise<TimedFrame[]> {
    const runs = await decodeRuns(chunk, this.options.layouts);
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
