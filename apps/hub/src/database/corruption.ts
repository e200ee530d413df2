import { statSync } from 'node:fs';
import { errorCode, type SqliteConnection } from './sqlite-connection';

/** The file is no database of ours any more. */
export class CorruptDatabaseError extends Error {
  override readonly name = 'CorruptDatabaseError';
}

/** Tables without which the hub cannot work, all small: looked through at every start. History is not; `check` does that. */
const STATE_TABLES = [
  'users',
  'sessions',
  'api_tokens',
  'hosts',
  'enrollment_tokens',
  'schemas',
  'outboxes',
  'stored_ranges',
] as const;

/** Whether an error, or what caused it, says that the file is broken, and not that it cannot be reached or is in use. */
export function isCorruption(error: unknown): boolean {
  if (error instanceof CorruptDatabaseError) return true;
  const code = errorCode(error);
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return true;
  return error instanceof Error && error.cause !== undefined && isCorruption(error.cause);
}

/** @throws {CorruptDatabaseError} for an empty database with a log beside it: SQLite would delete the log, and with it what was stored. */
export function refuseEmptied(path: string): void {
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size(path) === 0 && size(`${path}-wal`) > 0) {
    throw new CorruptDatabaseError('the database is empty, but its log is not');
  }
}

/** @throws {CorruptDatabaseError} when one of the state's tables is there and broken. */
export async function checkState(connection: SqliteConnection): Promise<void> {
  const there = await connection.all<{ name: string }>('SELECT name FROM sqlite_schema');
  const names = new Set(there.map(({ name }) => name));
  for (const table of STATE_TABLES) {
    if (!names.has(table)) continue;
    const [row] = await connection.all<{ quick_check: string }>(`PRAGMA quick_check(${table})`);
    if (row?.quick_check !== 'ok') {
      throw new CorruptDatabaseError(`table ${table}: ${row?.quick_check ?? 'no answer'}`);
    }
  }
}
