import { join } from 'node:path';
import { SqliteConnection } from '../src/database/sqlite-connection';

export type Row = Readonly<Record<string, unknown>>;

/** A second connection to a hub's database, as another program would open it. */
export function openStored(dataDir: string, readOnly = true): Promise<SqliteConnection> {
  return SqliteConnection.open(join(dataDir, 'hostdeck.sqlite'), { readOnly, busyTimeout: 1_000 });
}

/** Every row of a table, as it is stored. */
export async function readTable(dataDir: string, table: string): Promise<Row[]> {
  const connection = await openStored(dataDir);
  const rows = await connection.all<Row>(`SELECT * FROM ${table}`);
  await connection.close();
  return rows;
}
