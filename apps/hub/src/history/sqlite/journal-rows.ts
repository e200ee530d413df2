import type { SqliteConnection } from '../../database/sqlite-connection';

/** One frame in the journal. */
export interface JournalRow {
  readonly id: number;
  readonly at: number;
  readonly schema: number;
  /** The values as `values-codec` writes them. */
  readonly vals: Buffer;
}

/** Rows of the journal by their ids, in the order of their times; those that are gone are left out. */
export async function readRows(
  connection: SqliteConnection,
  ids: readonly number[],
): Promise<JournalRow[]> {
  if (ids.length === 0) return [];
  const rows = await connection.all<JournalRow>(
    'SELECT id, at, schema, vals FROM journal WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  );
  return rows.sort((first, second) => first.at - second.at || first.id - second.id);
}
