import type { SeqRange } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../../config/config';
import { CONFIG } from '../../config/tokens';
import { Database } from '../../database/database';
import type { SqliteConnection } from '../../database/sqlite-connection';
import { SchemasService } from '../../schemas/schemas.service';
import {
  HistoryStore,
  type Append,
  type Column,
  type CulpritSample,
  type Piece,
  type Span,
  type StoredFrame,
  type StoredOutbox,
  type Wanted,
} from '../history-store';
import { Failures } from '../failures';
import { startOf, type Bucket } from '../rollup';
import { RAW_WINDOW, tiersOf, type Tier } from '../tiers';
import { CulpritHistory, type CulpritsInTransaction } from './culprits/culprit-history';
import { Dropper } from './dropper';
import { addAside, addToJournal, noteProgress, toRows } from './frame-rows';
import { HistoryReader } from './history-reader';
import { DEFAULT_GRACES, GRACES, JournalIndex, type Graces } from './journal-index';
import { readRows } from './journal-rows';
import { decodeRuns, type Layouts } from './raw-codec';
import { Roller } from './roller';
import { Sealer, type StepObserver } from './sealer';
import { decodeFrame } from './values-codec';

/** Injection token: called at every step that a crash may fall between. */
export const STEP_OBSERVER = Symbol('step observer');

/** Rows of the journal read at once at a start. */
const OPEN_ROWS = 20_000;
/** Frames further ahead of the hub's clock are set aside, and are in no window; with room for a clock that was set back. In ms. */
const FURTHEST_AHEAD = 86_400_000;
/** Greatest time JavaScript has, ms (ECMA-262, section 21.4.1.1). */
const LAST_TIME = 8.64e15;

interface ChunkEnd {
  readonly host: number;
  readonly start: number;
  readonly last_row: number;
}

/**
 * History in SQLite. Fresh frames go into the journal, a row each; a window that is over is sealed into one chunk a host, and chunks are
 * rolled up into blocks, tier by tier.
 */
@Injectable()
export class SqliteHistoryStore extends HistoryStore {
  private readonly tiers: readonly [Tier, ...Tier[]];
  private readonly layouts: Layouts;
  private readonly index: JournalIndex;
  private nextRow = 1;
  private readonly sealer: Sealer;
  private readonly roller: Roller;
  private readonly dropper: Dropper;
  private readonly reader: HistoryReader;
  private readonly culpritHistory: CulpritHistory;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SchemasService) schemas: SchemasService,
    @Inject(CONFIG) { retention }: HubConfig,
    @Inject(STEP_OBSERVER) observe: StepObserver,
    @Inject(GRACES) graces: Graces = DEFAULT_GRACES,
  ) {
    super();
    this.index = new JournalIndex(graces);
    this.tiers = tiersOf(retention);
    this.layouts = (schema) => schemas.find(schema);
    const { tiers, layouts, index } = this;
    this.sealer = new Sealer(database, index, { finest: tiers[0], layouts, observe });
    this.roller = new Roller(database, index, {
      tiers,
      layouts,
      observe,
      grace: graces.rollUp,
    });
    this.dropper = new Dropper(database, index, { raw: retention.raw, tiers });
    this.reader = new HistoryReader(database, index, { tiers, layouts });
    this.culpritHistory = new CulpritHistory(database, {
      graces,
      retention: retention.culprits,
      observe,
    });
  }

  async open(now: number): Promise<void> {
    const [first] = await this.database.historyReader.all<{ at: number | null }>(
      'SELECT min(at) AS at FROM journal',
    );
    const chunks = await this.database.historyReader.all<ChunkEnd>(
      'SELECT host, start, last_row FROM chunks WHERE start > ?',
      [(first?.at ?? now) - RAW_WINDOW],
    );
    const sealed = new Map(
      chunks.map(({ host, start, last_row: row }) => [`${host} ${start}`, row]),
    );
    for (;;) {
      const rows = await this.database.historyReader.all<{ id: number; host: number; at: number }>(
        `SELECT id, host, at FROM journal WHERE id >= ? ORDER BY id LIMIT ${String(OPEN_ROWS)}`,
        [this.nextRow],
      );
      for (const { id, host, at } of rows) {
        const lastSealed = sealed.get(`${host} ${startOf(at, RAW_WINDOW)}`) ?? 0;
        if (id > lastSealed) this.index.add({ host, at }, id, now);
        this.nextRow = id + 1;
      }
      if (rows.length < OPEN_ROWS) break;
    }
    await this.culpritHistory.open(now);
    // Row numbers are never used again, not even those of rows that were sealed and dropped: a chunk has what is not above its last.
    const [last] = await this.database.historyReader.all<{ row: number | null }>(
      'SELECT max(last_row) AS row FROM chunks',
    );
    this.nextRow = Math.max(this.nextRow, (last?.row ?? 0) + 1);
  }

  async append({ frames, setAside, culprits, progress, receivedAt }: Append): Promise<void> {
    const firstRow = this.nextRow;
    this.nextRow += frames.length;
    const journal = await toRows(frames, this.layouts);
    const aside = await toRows(setAside, this.layouts);
    const written: CulpritsInTransaction[] = [];
    const write = async (connection: SqliteConnection) => {
      await addToJournal(connection, journal, firstRow);
      await addAside(connection, aside, receivedAt);
      await noteProgress(connection, progress, receivedAt);
      written.push(await this.culpritHistory.append(connection, culprits));
    };
    try {
      await this.database.transaction(write);
    } catch (error) {
      this.culpritHistory.undone();
      throw error;
    }
    frames.forEach((frame, index) => this.index.add(frame, firstRow + index, receivedAt));
    for (const samples of written) this.culpritHistory.committed(samples, receivedAt);
  }

  async openOutbox(host: number, epoch: string): Promise<StoredOutbox> {
    // Not on the writer, where hellos and commits would wait for each other.
    const find = () =>
      this.database.read
        .selectFrom('outboxes')
        .leftJoin('stored_ranges', 'stored_ranges.outbox', 'outboxes.id')
        .select(['outboxes.id', 'outboxes.counted_below', 'stored_ranges.ranges'])
        .where('host', '=', host)
        .where('epoch', '=', epoch)
        .executeTakeFirst();
    const known = await find();
    if (known !== undefined) {
      // Written by `append` above and by nobody else.
      const ranges = known.ranges === null ? [] : (JSON.parse(known.ranges) as SeqRange[]);
      return { outbox: known.id, ranges, countedBelow: known.counted_below };
    }
    await this.database.runTogether(
      this.database.write
        .insertInto('outboxes')
        .values({ host, epoch })
        .onConflict((conflict) => conflict.columns(['host', 'epoch']).doNothing()),
    );
    const made = await find();
    if (made === undefined) throw new Error('the outbox just made is not there');
    return { outbox: made.id, ranges: [], countedBelow: null };
  }

  async countBelow(outbox: number, seq: number): Promise<void> {
    await this.database.runTogether(
      this.database.write
        .updateTable('outboxes')
        .set({ counted_below: seq })
        .where('id', '=', outbox),
    );
  }

  count(span: Span): Promise<number> {
    return this.reader.count(span);
  }

  finestStep(from: number, now: number): number {
    if (from >= this.dropper.rawStart(now)) return 0;
    const tier = this.tiers.find(({ retention }) => from >= now - retention);
    return (tier ?? this.tiers.at(-1))?.step ?? 0;
  }

  pieceAt(at: number, now: number, leastStep: number): Piece {
    const step = Math.max(leastStep, this.finestStep(at, now));
    const tier = step === 0 ? undefined : this.tiers.findLast((one) => step % one.step === 0);
    const window = tier?.window ?? RAW_WINDOW;
    const coarsest = this.tiers.at(-1) ?? this.tiers[0];
    const oldest = startOf(now - coarsest.retention, coarsest.window);
    // What is older or newer than everything is nothing: no need to look for it window by window.
    if (at < oldest) return { step, end: oldest };
    if (at > now + FURTHEST_AHEAD) return { step, end: LAST_TIME };
    return { step, end: startOf(at, window) + window };
  }

  columns(span: Span, wanted: Wanted): Promise<Map<string, Column>> {
    return this.reader.columns(span, wanted);
  }

  buckets(span: Span, step: number, wanted: Wanted): Promise<Map<string, Map<number, Bucket>>> {
    return this.reader.buckets(span, step, wanted);
  }

  culprits(span: Span): Promise<CulpritSample[]> {
    return this.culpritHistory.read(span);
  }

  oldestCulprits(host: number): Promise<number | null> {
    return this.culpritHistory.oldest(host);
  }

  async newest(host: number): Promise<StoredFrame | null> {
    const id = this.index.newest(host);
    const [row] = await readRows(this.database.historyReader, id === null ? [] : [id]);
    if (row !== undefined) {
      const { at, schema, vals } = row;
      const { resolutions } = await this.layouts(schema);
      return { host, at, schema, values: decodeFrame(vals, resolutions) };
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
    const failures = new Failures();
    const more = [
      await failures.attempt(() => this.sealer.seal(now), false),
      await failures.attempt(() => this.roller.rollUp(now), false),
      await failures.attempt(() => this.culpritHistory.maintain(now), false),
      await failures.attempt(() => this.dropper.drop(now), false),
    ];
    failures.throwFirst();
    if (more.includes(true)) return true;
    this.sealer.throwUnreadable();
    this.roller.throwUnreadable();
    this.culpritHistory.throwUnreadable();
    return false;
  }

  async dropHost(host: number): Promise<boolean> {
    this.index.forget(host);
    this.sealer.forget(host);
    this.roller.forget(host);
    const moreCulprits = await this.culpritHistory.dropHost(host);
    return (await this.dropper.dropHost(host)) || moreCulprits;
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
