/**
 * The only file that knows the SQLite driver. Everything else sees a connection of four methods, so that another driver
 * can take its place.
 */
import sqlite3 from 'sqlite3';

/** What can be bound to a statement. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** What a statement that changes rows did. */
export interface Changes {
  readonly changes: number;
  readonly lastId: number;
}

/** Statements kept prepared per connection; the hot path uses a handful again and again. */
const KEPT_STATEMENTS = 64;

/** SQLite's name for what went wrong, such as `SQLITE_BUSY`; `null` for any other error. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}

/** Whether somebody else holds the lock that a statement needed. */
export function isLocked(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED';
}

/** One connection to one SQLite file. Statements run one after the other in the order they were given. */
export class SqliteConnection {
  /** Prepared statements by their text, the one used longest ago first. */
  private readonly statements = new Map<string, sqlite3.Statement>();

  private constructor(private readonly database: sqlite3.Database) {}

  /** Opens `path`, made when it is missing unless `readOnly`. Waits up to `busyTimeout` ms for other processes' locks. */
  static open(
    path: string,
    { readOnly, busyTimeout }: { readOnly: boolean; busyTimeout: number },
  ): Promise<SqliteConnection> {
    const mode = readOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(path, mode, (error) => {
        if (error !== null) {
          reject(error);
          return;
        }
        database.configure('busyTimeout', busyTimeout);
        database.serialize();
        resolve(new SqliteConnection(database));
      });
    });
  }

  /** Runs a statement and returns its rows. */
  async all<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const statement = await this.prepare(sql);
    return new Promise((resolve, reject) => {
      statement.all<Row>(values, (error, rows) => {
        if (error === null) resolve(rows);
        else {
          this.discard(sql);
          reject(error);
        }
      });
    });
  }

  /** Runs a statement for what it changes. */
  async run(sql: string, values: readonly SqlValue[] = []): Promise<Changes> {
    const statement = await this.prepare(sql);
    const discard = () => this.discard(sql);
    return new Promise((resolve, reject) => {
      statement.run(values, function (error) {
        if (error === null) resolve({ changes: this.changes, lastId: this.lastID });
        else {
          discard();
          reject(error);
        }
      });
    });
  }

  /** Runs statements without values or rows: schema, pragmas, begin and commit. */
  exec(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.exec(sql, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  /** Undoes a transaction. SQLite has done so by itself after some errors (a full disk); there is nothing to undo then. */
  async rollback(): Promise<void> {
    try {
      await this.exec('ROLLBACK');
    } catch (error) {
      if (!String(error).includes('no transaction is active')) throw error;
    }
  }

  /** Waits for what is running, then closes. */
  async close(): Promise<void> {
    for (const statement of this.statements.values()) statement.finalize();
    this.statements.clear();
    await new Promise<void>((resolve, reject) => {
      this.database.close((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  private prepare(sql: string): Promise<sqlite3.Statement> | sqlite3.Statement {
    const kept = this.statements.get(sql);
    if (kept !== undefined) {
      this.statements.delete(sql);
      this.statements.set(sql, kept);
      return kept;
    }
    return new Promise((resolve, reject) => {
      const statement = this.database.prepare(sql, (error) => {
        if (error !== null) {
          reject(error);
          return;
        }
        this.keep(sql, statement);
        resolve(statement);
      });
    });
  }

  /** Forgets a statement that failed: left as it is, it would hold its view of the database, and every write after it would fail. */
  private discard(sql: string): void {
    const failed = this.statements.get(sql);
    this.statements.delete(sql);
    failed?.finalize();
  }

  private keep(sql: string, statement: sqlite3.Statement): void {
    // Two callers may have prepared the same text at once: the first one stays.
    if (this.statements.has(sql)) return;
    this.statements.set(sql, statement);
    if (this.statements.size <= KEPT_STATEMENTS) return;
    for (const [oldSql, old] of this.statements) {
      this.statements.delete(oldSql);
      old.finalize();
      return;
    }
  }
}
