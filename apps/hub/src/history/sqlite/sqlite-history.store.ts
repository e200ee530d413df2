import type { SeqRange } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import type { SqliteConnection, SqlValue } from '../../database/sqlite-connection';
import {
  HistoryStore,
  type Append,
  type FrameVisitor,
  type OutboxProgress,
  type Span,
  type StoredFrame,
} from '../history-store';
import { decodeFrame, encodeFrames, sliceOf, valueAt } from './values-codec';

/** Rows per statement: large ones for bulk, and small ones so that few distinct statements serve every batch. */
const STATEMENT_ROWS = [128, 32, 8, 1] as const;
/** Rows read at once: a few ms of work. */
const PAGE_ROWS = 4_000;

interface PageRow {
  readonly id: number;
  readonly at: number;
  readonly part: Buffer;
}

/** Inserts rows of `columns` values each, many rows per statement. */
async function insertRows(
  connection: SqliteConnection,
  { into, columns }: { readonly into: string; readonly columns: number },
  values: readonly SqlValue[],
): Promise<void> {
  const row = `(${Array.from({ length: columns }, () => '?').join(',')})`;
  let done = 0;
  while (done < values.length) {
    const left = (values.length - done) / columns;
    const rows = STATEMENT_ROWS.find((size) => size <= left) ?? 1;
    const sql = `${into} VALUES ${Array.from({ length: rows }, () => row).join(',')}`;
    await connection.run(sql, values.slice(done, done + rows * columns));
    done += rows * columns;
  }
}

/** The journal in SQLite: one row per frame. */
@Injectable()
export class SqliteHistoryStore extends HistoryStore {
  constructor(@Inject(Database) private readonly database: Database) {
    super();
  }

  async append({ frames, setAside, progress, receivedAt }: Append): Promise<void> {
    const journal: SqlValue[] = [];
    const blobs = encodeFrames(frames);
    frames.forEach(({ host, at, schema }, index) => {
      journal.push(host, at, schema, blobs[index] ?? null);
    });
    const aside: SqlValue[] = [];
    const asideBlobs = encodeFrames(setAside);
    setAside.forEach(({ host, at, schema }, index) => {
      aside.push(host, at, schema, asideBlobs[index] ?? null, receivedAt);
    });
    const ranges: SqlValue[] = [];
    for (const { outbox, ranges: stored } of progress) {
      ranges.push(outbox, JSON.stringify(stored), receivedAt);
    }
    await this.database.transaction(async (connection) => {
      await insertRows(
        connection,
        { into: 'INSERT INTO journal (host, at, schema, vals)', columns: 4 },
        journal,
      );
      await insertRows(
        connection,
        { into: 'INSERT INTO set_aside (host, at, schema, vals, received_at)', columns: 5 },
        aside,
      );
      await insertRows(
        connection,
        { into: 'REPLACE INTO stored_ranges (outbox, ranges, received_at)', columns: 3 },
        ranges,
      );
    });
  }

  async openOutbox(host: number, epoch: string): Promise<OutboxProgress> {
    const find = () =>
      this.database.write
        .selectFrom('outboxes')
        .leftJoin('stored_ranges', 'stored_ranges.outbox', 'outboxes.id')
        .select(['outboxes.id', 'stored_ranges.ranges'])
        .where('host', '=', host)
        .where('epoch', '=', epoch)
        .executeTakeFirst();
    const known = await find();
    if (known !== undefined) {
      // Written by `append` above and by nobody else.
      const ranges = known.ranges === null ? [] : (JSON.parse(known.ranges) as SeqRange[]);
      return { outbox: known.id, ranges };
    }
    await this.database.write
      .insertInto('outboxes')
      .values({ host, epoch })
      .onConflict((conflict) => conflict.columns(['host', 'epoch']).doNothing())
      .execute();
    const made = await find();
    if (made === undefined) throw new Error('the outbox just made is not there');
    return { outbox: made.id, ranges: [] };
  }

  async schemas({ host, from, to }: Span): Promise<number[]> {
    const rows = await this.database.historyReader.all<{ schema: number }>(
      'SELECT DISTINCT schema FROM journal WHERE host = ? AND at >= ? AND at < ?',
      [host, from, to],
    );
    return rows.map(({ schema }) => schema);
  }

  async count({ host, from, to }: Span): Promise<number> {
    const rows = await this.database.historyReader.all<{ count: number }>(
      'SELECT count(*) AS count FROM journal WHERE host = ? AND at >= ? AND at < ?',
      [host, from, to],
    );
    return rows[0]?.count ?? 0;
  }

  async read(
    span: Span & { readonly schema: number; readonly places: readonly number[] },
    visit: FrameVisitor,
  ): Promise<void> {
    const { host, from, to, schema, places } = span;
    const first = places[0];
    const last = places.at(-1);
    if (first === undefined || last === undefined) return;
    const { start, length } = sliceOf(first, last);
    const values = new Float64Array(places.length);
    let after: readonly [at: number, id: number] = [from, 0];
    for (;;) {
      const rows = await this.database.historyReader.all<PageRow>(
        `SELECT id, at, substr(vals, ?, ?) AS part FROM journal
         WHERE host = ? AND at >= ? AND at < ? AND schema = ? AND (at, id) > (?, ?)
         ORDER BY at, schema, id LIMIT ${PAGE_ROWS}`,
        [start, length, host, after[0], to, schema, ...after],
      );
      for (const { at, part } of rows) {
        places.forEach((place, index) => {
          values[index] = valueAt(part, place - first);
        });
        visit(at, values);
      }
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE_ROWS) return;
      after = [end.at, end.id];
    }
  }

  async newest(host: number): Promise<StoredFrame | null> {
    const [row] = await this.database.historyReader.all<{
      at: number;
      schema: number;
      vals: Buffer;
    }>('SELECT at, schema, vals FROM journal WHERE host = ? ORDER BY at DESC LIMIT 1', [host]);
    if (row === undefined) return null;
    return { host, at: row.at, schema: row.schema, values: decodeFrame(row.vals) };
  }

  async dropBefore(host: number, before: number, limit: number): Promise<number> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('journal')
      .where('id', 'in', (query) =>
        query
          .selectFrom('journal')
          .select('id')
          .where('host', '=', host)
          .where('at', '<', before)
          .limit(limit),
      )
      .executeTakeFirst();
    await this.database.write
      .deleteFrom('set_aside')
      .where('host', '=', host)
      .where('received_at', '<', before)
      .execute();
    return Number(numDeletedRows);
  }

  async forget(host: number): Promise<void> {
    await this.database.write.transaction().execute(async (transaction) => {
      await transaction
        .deleteFrom('stored_ranges')
        .where('outbox', 'in', (query) =>
          query.selectFrom('outboxes').select('id').where('host', '=', host),
        )
        .execute();
      await transaction.deleteFrom('outboxes').where('host', '=', host).execute();
    });
  }
}
