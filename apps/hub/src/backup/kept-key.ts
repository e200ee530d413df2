/**
 * The hub's key inside a backup: every agent has pinned it, so that a hub restored elsewhere is theirs only with it. It lies in a table of
 * its own that only backups have.
 */
import type { SqliteConnection } from '../database/sqlite-connection';

/** Puts the key into a copy of the database. */
export async function keepKey(copy: SqliteConnection, pem: string): Promise<void> {
  await copy.exec('CREATE TABLE backup_key (pem TEXT NOT NULL) STRICT');
  await copy.run('INSERT INTO backup_key (pem) VALUES (?)', [pem]);
}

/** Takes the key out of a copy again; `null` when there is none in it. */
export async function takeKey(copy: SqliteConnection): Promise<string | null> {
  const tables = await copy.all(`SELECT 1 FROM sqlite_schema WHERE name = 'backup_key'`);
  if (tables.length === 0) return null;
  const [row] = await copy.all<{ pem: string }>('SELECT pem FROM backup_key');
  await copy.exec('DROP TABLE backup_key');
  return row?.pem ?? null;
}
