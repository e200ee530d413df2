import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, type Compilable, type CompiledQuery } from 'kysely';
import { DATABASE_FILE } from '../config/data-files';
import { StartError } from '../config/start-error';
import { checkState, isCorruption, refuseEmptied } from './corruption';
import { DataLock } from './data-lock';
import { refuseNetworkFileSystem } from './file-system';
import { Lock } from './lock';
import { migrate } from './migrate';
import { setAside } from './set-aside';
import { SqliteConnection, type SqlValue } from './sqlite-connection';
import { sqliteDialect } from './sqlite-dialect';
import type { Tables } from './tables';

/** How long a statement waits for another process's lock, ms. Short: frames are refused and sent again meanwhile. */
const BUSY_TIMEOUT = 2_000;

/** How the writer works; `auto_vacuum` only takes effect on a new file, and before the journal mode is set. */
const PRAGMAS = [
  'auto_vacuum = INCREMENTAL',
  'journal_mode = WAL',
  // What was acked is on the disk, not only in the system's memory.
  'synchronous = FULL',
  'foreign_keys = ON',
  // 32 MB of log before it is worked into the file: pages that change with every commit are written there once.
  'wal_autocheckpoint = 8000',
];

/** Changes for one transaction. */
interface Gathering {
  readonly changes: CompiledQuery[];
  readonly done: Promise<void>;
}

/** The one writer and the readers. */
export class Database {
  /** Typed queries on the writer. */
  readonly write: Kysely<Tables>;
  /** Typed queries on a reader; sees what has been committed. */
  readonly read: Kysely<Tables>;
  private readonly snapshotLock = new Lock();
  /** What waits to be changed together; `null` when nothing does. */
  private gathering: Gathering | null = null;

  private constructor(
    private readonly writer: SqliteConnection,
    private readonly writerLock: Lock,
    private readonly reader: SqliteConnection,
    /** For history alone, so that a long read does not hold up a sign-in. */
    readonly historyReader: SqliteConnection,
    private readonly dataLock: DataLock,
    /** The broken file that was there before, set aside under this name; `null` when there was none. */
    readonly corruptFile: string | null,
  ) {
    this.write = new Kysely<Tables>({ dialect: sqliteDialect(writer, writerLock) });
    this.read = new Kysely<Tables>({ dialect: sqliteDialect(reader, new Lock()) });
  }

  /**
   * Opens the database of a data folder, made when it is missing, and brings its schema up to date. A file that is broken is set aside,
   * and a new one begun.
   *
   * @throws {StartError} when the folder or file cannot be used, another hub uses it, or a newer Hostdeck has written it.
   */
  static async open(dataDir: string): Promise<Database> {
    await claimFolder(dataDir);
    const path = join(dataDir, DATABASE_FILE);
    try {
      const dataLock = await DataLock.acquire(dataDir);
      try {
        return await Database.connect(path, dataLock, null).catch(async (error: unknown) => {
          if (!isCorruption(error)) throw error;
          return Database.connect(path, dataLock, await setAside(path, 'corrupt'));
        });
      } catch (error) {
        await dataLock.release();
        throw error;
      }
    } catch (cause) {
      if (cause instanceof StartError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StartError(`HOSTDECK_DATA_DIR: the database ${path} cannot be opened (${reason})`, {
        cause,
      });
    }
  }

  private static async connect(
    path: string,
    dataLock: DataLock,
    corruptFile: string | null,
  ): Promise<Database> {
    refuseEmptied(path);
    const opened: SqliteConnection[] = [];
    try {
      const writer = await SqliteConnection.open(path, {
        readOnly: false,
        busyTimeout: BUSY_TIMEOUT,
      });
      opened.push(writer);
      // Before anything is written: what is broken is set aside as it was found.
      await checkState(writer);
      for (const pragma of PRAGMAS) await writer.exec(`PRAGMA ${pragma}`);
      const lock = new Lock();
      const db = new Kysely<Tables>({ dialect: sqliteDialect(writer, lock) });
      await migrate(db, 'HOSTDECK_DATA_DIR');
      for (let readers = 0; readers < 2; readers += 1) {
        opened.push(
          await SqliteConnection.open(path, { readOnly: true, busyTimeout: BUSY_TIMEOUT }),
        );
      }
      const [, reader, historyReader] = opened;
      if (reader === undefined || historyReader === undefined) throw new Error('no readers');
      return new Database(writer, lock, reader, historyReader, dataLock, corruptFile);
    } catch (error) {
      for (const connection of opened) await connection.close();
      throw error;
    }
  }

  /** Runs `work` in one transaction on the writer; what it throws undoes all of it. */
  async transaction(work: (connection: SqliteConnection) => Promise<void>): Promise<void> {
    const release = await this.writerLock.acquire();
    try {
      await this.writer.exec('BEGIN IMMEDIATE');
      try {
        await work(this.writer);
        await this.writer.exec('COMMIT');
      } catch (cause) {
        await this.writer.rollback();
        throw cause;
      }
    } finally {
      release();
    }
  }

  /** Runs one statement on the writer, by itself. @returns how many rows it changed */
  async run(sql: string, values: readonly SqlValue[]): Promise<number> {
    const release = await this.writerLock.acquire();
    try {
      return (await this.writer.run(sql, values)).changes;
    } finally {
      release();
    }
  }

  /**
   * Runs a change in one transaction with others that wait for the writer at the same time, so that many small ones at once (a thousand
   * hellos) take one commit, and what else is to be committed waits for one. When one fails, none is done.
   */
  runTogether(change: Compilable): Promise<void> {
    this.gathering ??= this.gather();
    this.gathering.changes.push(change.compile());
    return this.gathering.done;
  }

  /** Gives up to `pages` free pages back to the file system. */
  async releasePages(pages: number): Promise<void> {
    const release = await this.writerLock.acquire();
    try {
      await this.writer.exec(`PRAGMA incremental_vacuum(${String(pages)})`);
    } finally {
      release();
    }
  }

  /** Runs `work` on the history's reader, which sees the same moment in all of its statements. */
  async snapshot<Result>(work: (connection: SqliteConnection) => Promise<Result>): Promise<Result> {
    const release = await this.snapshotLock.acquire();
    try {
      await this.historyReader.exec('BEGIN');
      try {
        return await work(this.historyReader);
      } finally {
        await this.historyReader.exec('COMMIT');
      }
    } finally {
      release();
    }
  }

  /**
   * Rows of the history with everything that is committed by now. Whoever computes from them what replaces others must not read beside
   * somebody's snapshot on the same connection, which is of a moment before.
   */
  committed<Row>(sql: string, values: readonly SqlValue[]): Promise<Row[]> {
    return this.snapshot((connection) => connection.all<Row>(sql, values));
  }

  /** Writes one row, to see whether that works. */
  async testWrite(now: number): Promise<void> {
    await this.write.replaceInto('write_test').values({ id: 1, at: now }).execute();
  }

  async close(): Promise<void> {
    const release = await this.writerLock.acquire();
    await this.historyReader.close();
    await this.reader.close();
    await this.writer.close();
    await this.dataLock.release();
    release();
  }

  private gather(): Gathering {
    const changes: CompiledQuery[] = [];
    const done = this.transaction(async (connection) => {
      this.gathering = null;
      for (const { sql, parameters } of changes) {
        // Kysely types its parameters as unknown; repositories bind only what SQLite takes.
        await connection.run(sql, parameters as readonly SqlValue[]);
      }
    }).finally(() => {
      // The transaction may not even have begun.
      if (this.gathering?.changes === changes) this.gathering = null;
    });
    return { changes, done };
  }
}

/**
 * Makes a data folder when it is missing, and makes sure that it can be used.
 *
 * @throws {StartError} when it cannot.
 */
export async function claimFolder(dataDir: string): Promise<void> {
  await refuseNetworkFileSystem(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`HOSTDECK_DATA_DIR: the folder cannot be used (${reason})`, { cause });
  }
}
