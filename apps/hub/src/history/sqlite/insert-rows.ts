import type { SqliteConnection, SqlValue } from '../../database/sqlite-connection';

/** Rows per statement: large ones for bulk, and small ones so that few distinct statements serve every batch. */
const STATEMENT_ROWS = [128, 32, 8, 1] as const;

/** Inserts rows of `columns` values each, many rows per statement. */
export async function insertRows(
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
