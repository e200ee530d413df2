/**
 * Culprits in SQLite: samples go into a journal of their own with the frames they came in, in the same transaction; a window that is over
 * is sealed into one block a host.
 */
import type { Database } from '../../../database/database';
import type { SqliteConnection, SqlValue } from '../../../database/sqlite-connection';
import type { CulpritSample, Span, StoredCulprits } from '../../history-store';
import { startOf } from '../../rollup';
import { RAW_WINDOW } from '../../tiers';
import { ByteWriter } from '../bytes';
import { insertRows } from '../insert-rows';
import { JournalIndex, type Graces, type HostWindow } from '../journal-index';
import type { StepObserver } from '../sealer';
import { UnreadableWindows } from '../unreadable-windows';
import { decodeCulprits, encodeCulprits } from './culprit-block';
import { NameBook, readCulpritRows } from './culprit-rows';

/** Windows sealed in one transaction. */
const STEP_WINDOWS = 8;
/** Blocks dropped in one step: a few ms of the writer's time. */
const STEP_BLOCKS = 100;
/** Rows at the journal's beginning dropped in one step: whole pages are freed, none is rewritten. */
const STEP_ROWS = 5_000;

interface Row {
  readonly id: number;
  readonly at: number;
  readonly bytes: Buffer;
}

interface SealedWindow extends HostWindow {
  readonly samples: number;
  readonly lastRow: number;
  readonly block: Buffer;
}

/** Samples on their way into the journal. */
export interface CulpritsInTransaction {
  readonly samples: readonly StoredCulprits[];
  readonly firstRow: number;
}

export class CulpritHistory {
  private readonly index: JournalIndex;
  /** Names that rows of a host's newest window may refer to. Only ever touched by who holds the writer. */
  private readonly books = new Map<number, NameBook>();
  private readonly unreadable = new UnreadableWindows();
  private nextRow = 1;

  constructor(
    private readonly database: Database,
    private readonly options: {
      readonly graces: Graces;
      /** How long they are kept, ms. */
      readonly retention: number;
      readonly observe: StepObserver;
    },
  ) {
    this.index = new JournalIndex(options.graces);
  }

  /** Finds out which rows of the journal are not sealed yet. */
  async open(now: number): Promise<void> {
    const { historyReader } = this.database;
    const [last] = await historyReader.all<{ seq: number }>(
      `SELECT seq FROM sqlite_sequence WHERE name = 'culprit_journal'`,
    );
    this.nextRow = (last?.seq ?? 0) + 1;
    const rows = await historyReader.all<{ id: number; host: number; at: number }>(
      `SELECT id, host, at FROM culprit_journal WHERE id > coalesce((
         SELECT last_row FROM culprits WHERE host = culprit_journal.host
           AND start = culprit_journal.at / ${String(RAW_WINDOW)} * ${String(RAW_WINDOW)}), 0)
       ORDER BY id`,
    );
    for (const { id, host, at } of rows) this.index.add({ host, at }, id, now);
  }

  /**
   * Writes samples within a transaction. What it returns is to be given to {@link committed} once that is done; when it fails,
   * {@link undone} is to be called.
   */
  async append(
    connection: SqliteConnection,
    samples: readonly StoredCulprits[],
  ): Promise<CulpritsInTransaction> {
    const firstRow = this.nextRow;
    if (samples.length === 0) return { samples, firstRow };
    this.nextRow += samples.length;
    const out = new ByteWriter();
    const ends = samples.map(({ host, at, culprits }) => {
      this.bookOf(host, startOf(at, RAW_WINDOW)).write(out, culprits);
      return out.size;
    });
    const all = out.view();
    const values: SqlValue[] = [];
    samples.forEach(({ host, at }, index) => {
      values.push(firstRow + index, host, at, all.subarray(ends[index - 1] ?? 0, ends[index]));
    });
    await insertRows(
      connection,
      { into: 'INSERT INTO culprit_journal (id, host, at, bytes)', columns: 4 },
      values,
    );
    return { samples, firstRow };
  }

  committed({ samples, firstRow }: CulpritsInTransaction, now: number): void {
    samples.forEach((sample, index) => this.index.add(sample, firstRow + index, now));
  }

  /** What was written last is not there: nothing may refer to it. */
  undone(): void {
    this.books.clear();
  }

  /** The samples in the span, ascending in time. */
  async read({ host, from, to }: Span): Promise<CulpritSample[]> {
    const [first, end] = [startOf(from, RAW_WINDOW), startOf(to + RAW_WINDOW - 1, RAW_WINDOW)];
    const samples: CulpritSample[] = [];
    const { rows, blocks } = await this.database.snapshot(async (connection) => ({
      rows: await readRows(connection, this.index.rowsBetween(host, first, end)),
      blocks: await connection.all<{ start: number; last_row: number; bytes: Buffer }>(
        `SELECT start, last_row, bytes FROM culprits WHERE host = ? AND start >= ? AND start < ?`,
        [host, first, end],
      ),
    }));
    for (const { bytes } of blocks) samples.push(...(await decodeCulprits(bytes)));
    // A seal may have been committed since the rows were looked up.
    const sealed = new Map(blocks.map(({ start, last_row: lastRow }) => [start, lastRow]));
    const windows = new Map<number, Row[]>();
    for (const row of rows) {
      const start = startOf(row.at, RAW_WINDOW);
      if (row.id > (sealed.get(start) ?? 0))
        windows.set(start, [...(windows.get(start) ?? []), row]);
    }
    for (const window of windows.values()) samples.push(...toSamples(window));
    return samples
      .filter(({ at }) => at >= from && at < to)
      .sort((before, after) => before.at - after.at);
  }

  /** Start of the oldest window of a host that has samples; `null` when it has none. */
  async oldest(host: number): Promise<number | null> {
    const [row] = await this.database.historyReader.all<{ start: number | null }>(
      'SELECT min(start) AS start FROM culprits WHERE host = ?',
      [host],
    );
    const open = this.index.oldest(host);
    if (row === undefined || row.start === null) return open;
    return open === null ? row.start : Math.min(open, row.start);
  }

  /** Seals some of what is due, and drops some of what is too old. @returns whether there may be more */
  async maintain(now: number): Promise<boolean> {
    const isWaiting = (window: HostWindow) => this.unreadable.isWaiting(window, now);
    const due = this.index.due(now, STEP_WINDOWS, isWaiting);
    await this.seal(due, now);
    const blocks = await this.database.run(
      `DELETE FROM culprits WHERE id IN (
         SELECT id FROM culprits WHERE start < ? LIMIT ${String(STEP_BLOCKS)})`,
      [now - this.options.retention - RAW_WINDOW],
    );
    const rows = await this.database.run(
      `DELETE FROM culprit_journal WHERE id IN (
         SELECT id FROM culprit_journal WHERE id < ? ORDER BY id LIMIT ${String(STEP_ROWS)})`,
      [this.index.lowestRow() ?? this.nextRow],
    );
    return due.length === STEP_WINDOWS || blocks === STEP_BLOCKS || rows === STEP_ROWS;
  }

  /** @throws what was wrong with the first window that could not be read, if there are any. */
  throwUnreadable(): void {
    this.unreadable.throwFirst();
  }

  /** Drops some of what is stored of a host that was removed. @returns whether there may be more */
  async dropHost(host: number): Promise<boolean> {
    this.index.forget(host);
    this.unreadable.forget(host);
    // The journal has no index by host: its rows are looked up by a reader, beside the writer.
    const rows = await this.database.historyReader.all<{ id: number }>(
      `SELECT id FROM culprit_journal WHERE host = ? LIMIT ${String(STEP_ROWS)}`,
      [host],
    );
    if (rows.length > 0) {
      await this.database.run(
        'DELETE FROM culprit_journal WHERE id IN (SELECT value FROM json_each(?))',
        [JSON.stringify(rows.map(({ id }) => id))],
      );
    }
    const dropped = await this.database.run(
      `DELETE FROM culprits WHERE id IN (SELECT id FROM culprits WHERE host = ? LIMIT ${String(STEP_BLOCKS)})`,
      [host],
    );
    return dropped === STEP_BLOCKS || rows.length === STEP_ROWS;
  }

  private bookOf(host: number, window: number): NameBook {
    const known = this.books.get(host);
    if (known?.window === window && !known.isFull) return known;
    const book = new NameBook(window);
    this.books.set(host, book);
    return book;
  }

  private async seal(windows: readonly HostWindow[], now: number): Promise<void> {
    const encoded: SealedWindow[] = [];
    for (const window of windows) {
      const one = await this.unreadable.attempt(window, now, () => this.encode(window, now));
      if (one !== null) encoded.push(one);
    }
    if (encoded.length === 0) return;
    const { observe } = this.options;
    const sealed: SealedWindow[] = [];
    observe('sealing culprits');
    await this.database.transaction(async (connection) => {
      for (const window of encoded) {
        const { host, start, samples, lastRow, block } = window;
        // Rows that have come since refer to names in those that are sealed here: all of them or none. Who holds the writer
        // finds everything committed in the index.
        if (this.rowsOf(window).at(-1) !== lastRow) continue;
        if (this.books.get(host)?.window === start) this.books.delete(host);
        await connection.run(
          `INSERT INTO culprits (host, start, samples, last_row, bytes) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (host, start) DO UPDATE
           SET samples = excluded.samples, last_row = excluded.last_row, bytes = excluded.bytes`,
          [host, start, samples, lastRow, block],
        );
        sealed.push(window);
        observe('culprits written');
      }
      observe('before commit of culprits');
    });
    for (const window of sealed) this.index.sealed(window, window.lastRow, now);
    observe('culprits sealed');
  }

  private async encode(window: HostWindow, now: number): Promise<SealedWindow | null> {
    const ids = this.rowsOf(window);
    const rows = await this.database.snapshot((connection) => readRows(connection, ids));
    const lastRow = rows.at(-1)?.id;
    if (lastRow === undefined) {
      // They are gone: due for ever, the window would be in the way of others.
      this.index.sealed(window, ids.at(-1) ?? 0, now);
      return null;
    }
    const { host, start } = window;
    const [earlier] = await this.database.committed<{ bytes: Buffer }>(
      'SELECT bytes FROM culprits WHERE host = ? AND start = ?',
      [host, start],
    );
    const before = earlier === undefined ? [] : await decodeCulprits(earlier.bytes);
    const samples = [...before, ...toSamples(rows)].sort((first, second) => first.at - second.at);
    return { host, start, lastRow, samples: samples.length, block: await encodeCulprits(samples) };
  }

  private rowsOf({ host, start }: HostWindow): number[] {
    return this.index.rowsBetween(host, start, start + RAW_WINDOW);
  }
}

/** Rows in the order they were written; those that are gone are left out. */
function readRows(connection: SqliteConnection, ids: readonly number[]): Promise<Row[]> {
  return connection.all<Row>(
    `SELECT id, at, bytes FROM culprit_journal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    [JSON.stringify(ids)],
  );
}

/** The samples in all rows of one window. */
function toSamples(rows: readonly Row[]): CulpritSample[] {
  const culprits = readCulpritRows(rows);
  return rows.map(({ at }, index) => ({ at, culprits: culprits[index] ?? [] }));
}
