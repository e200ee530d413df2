/** Kysely over our connection: its SQLite dialect with another driver underneath. */
import {
  DeleteQueryNode,
  InsertQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  UpdateQueryNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import type { Lock } from './lock';
import type { SqliteConnection, SqlValue } from './sqlite-connection';

/** Whether a query only changes rows and gives none back. */
function onlyChanges({ query }: CompiledQuery): boolean {
  const changing =
    InsertQueryNode.is(query) || UpdateQueryNode.is(query) || DeleteQueryNode.is(query);
  return changing && query.returning === undefined;
}

class KyselyConnection implements DatabaseConnection {
  constructor(
    private readonly connection: SqliteConnection,
    readonly release: () => void,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // Kysely types its parameters as unknown; repositories bind only what SQLite takes.
    const values = query.parameters as readonly SqlValue[];
    if (!onlyChanges(query)) return { rows: await this.connection.all<Row>(query.sql, values) };
    const { changes, lastId } = await this.connection.run(query.sql, values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastId) };
  }

  streamQuery(): never {
    throw new Error('rows are read in pages, not streamed');
  }
}

class SqliteDriver implements Driver {
  constructor(
    private readonly connection: SqliteConnection,
    private readonly lock: Lock,
  ) {}

  async init(): Promise<void> {
    // The connection is open already.
  }

  async acquireConnection(): Promise<KyselyConnection> {
    return new KyselyConnection(this.connection, await this.lock.acquire());
  }

  releaseConnection(connection: KyselyConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  async beginTransaction(): Promise<void> {
    // Asking for the write lock at once: a transaction that reads first could not wait for it later.
    await this.connection.exec('BEGIN IMMEDIATE');
  }

  async commitTransaction(): Promise<void> {
    await this.connection.exec('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    await this.connection.rollback();
  }

  async destroy(): Promise<void> {
    // Whoever opened the connection closes it.
  }
}

/** A dialect whose queries run on `connection`, each while holding `lock`. */
export function sqliteDialect(connection: SqliteConnection, lock: Lock): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(connection, lock),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
