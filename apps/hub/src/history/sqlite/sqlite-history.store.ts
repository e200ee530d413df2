import type { SeqRange } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../../config/config';
import { CONFIG } from '../../config/tokens';
import { Database } from '../../database/database';
import type { SqliteConnection, SqlValue } from '../../database/sqlite-connection';
import { SchemasService } from '../../schemas/schemas.service';
import {
  HistoryStore,
  type Append,
  type Column,
  type OutboxProgress,
  type Span,
  type StoredFrame,
  type Wanted,
} from '../history-store';
import type { Bucket } from '../rollup';
import { RAW_WINDOW, tiersOf, type Tier } from '../tiers';
import { Dropper } from './dropper';
import { HistoryReader } from './history-reader';
import { OpenWindows } from './open-windows';
import { decodeRuns, type Layouts } from './raw-codec';
import { Roller } from './roller';
import { Sealer, type StepObserver } from './sealer';
import { decodeFrame, encodeFrames } from './values-codec';

/** Injection token: called at every step that a crash may fall between. */
export const STEP_OBSERVER = Symbol('step observer');

/** Rows per statement: large ones for bulk, and small ones so that few distinct statements serve every batch. */
const STATEMENT_ROWS = [128, 32, 8, 1] as const;
/** Windows sealed in one transaction. */
const STEP_WINDOWS = 8;

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

/**
 * History in SQLite. Fresh frames go into the journal, a row each; a window that is over is sealed into one chunk a host, and chunks are
 * rolled up into blocks, tier by tier.
 */
@Injectable()
export class SqliteHistoryStore extends HistoryStore {
  private readonly tiers: readonly [Tier, ...Tier[]];
  private readonly layouts: Layouts;
  private readonly windows = new OpenWindows();
  private readonly sealer: Sealer;
  private readonly roller: Roller;
  private readonly dropper: Dropper;
  private readonly reader: HistoryReader;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SchemasService) schemas: SchemasService,
    @Inject(CONFIG) { retention }: HubConfig,
    @Inject(STEP_OBSERVER) observe: StepObserver,
  ) {
    super();
    this.tiers = tiersOf(retention);
    this.layouts = (schema) => schemas.find(schema);
    this.sealer = new Sealer(database, this.layouts, { finest: this.tiers[0], observe });
    this.roller = new Roller(database, this.windows, {
      tiers: this.tiers,
      layouts: this.layouts,
      observe,
    });
    this.dropper = new Dropper(database, { raw: retention.raw, tiers: this.tiers });
    this.reader = new HistoryReader(database, this.tiers, this.layouts);
  }

  async open(now: number): Promise<void> {
    const rows = await this.database.historyReader.all<{ host: number; start: number }>(
      `SELECT DISTINCT host, at / ${String(RAW_WINDOW)} * ${String(RAW_WINDOW)} AS start FROM journal`,
    );
    for (const { host, start } of rows) this.windows.touch(host, start, now);
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
    for (const { host, at } of frames) this.windows.touch(host, at, receivedAt);
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

  count(span: Span): Promise<number> {
    return this.reader.count(span);
  }

  finestStep(from: number, now: number): number {
    if (from >= this.dropper.rawStart(now)) return 0;
    const tier = this.tiers.find(({ retention }) => from >= now - retention);
    return (tier ?? this.tiers.at(-1))?.step ?? 0;
  }

  columns(span: Span, wanted: Wanted): Promise<Map<string, Column>> {
    return this.reader.columns(span, wanted);
  }

  buckets(span: Span, step: number, wanted: Wanted): Promise<Map<string, Map<number, Bucket>>> {
    return this.reader.buckets(span, step, wanted);
  }

  async newest(host: number): Promise<StoredFrame | null> {
    const [row] = await this.database.historyReader.all<{
      at: number;
      schema: number;
      vals: Buffer;
    }>('SELECT at, schema, vals FROM journal WHERE host = ? ORDER BY at DESC LIMIT 1', [host]);
    if (row !== undefined) {
      return { host, at: row.at, schema: row.schema, values: decodeFrame(row.vals) };
    }
    const [chunk] = await this.database.historyReader.all<{ bytes: Buffer }>(
      'SELECT bytes FROM chunks WHERE host = ? ORDER BY start DESC LIMIT 1',
      [host],
    );
    if (chunk === undefined) return null;
    const run = (await decodeRuns(chunk.bytes, this.layouts)).at(-1);
    const at = run?.times.at(-1);
    const values = run?.values.at(-1);
    if (run === undefined || at === undefined || values === undefined) return null;
    return { host, at, schema: run.schema, values };
  }

  async maintain(now: number): Promise<boolean> {
    const due = this.windows.takeDue(now, STEP_WINDOWS);
    try {
      await this.sealer.seal(due);
    } catch (cause) {
      this.windows.putBack(due, now);
      throw cause;
    }
    const moreToRollUp = await this.roller.rollUp(now);
    const moreToDrop = await this.dropper.drop(now);
    return due.length === STEP_WINDOWS || moreToRollUp || moreToDrop;
  }

  dropHost(host: number): Promise<boolean> {
    this.windows.forget(host);
    return this.dropper.dropHost(host);
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
