/**
 * The keys inside a backup: the hub's own, which every agent has pinned, so that a hub restored elsewhere is theirs only with it, and the
 * one that the secrets of notification channels are encrypted with, without which no message could be sent. They lie in tables of their own
 * that only backups have.
 */
import type { SqliteConnection } from '../database/sqlite-connection';

/** The keys as the files hold them. */
export interface KeptKeys {
  /** `null`: there is none in it. */
  readonly hub: string | null;
  /** `null`: the configuration gives it, or no hub has run since there are secrets. */
  readonly secrets: string | null;
}

/** Tables by key; each has one row of one text. */
const TABLES: Readonly<Record<keyof KeptKeys, string>> = {
  hub: 'backup_key (pem)',
  secrets: 'backup_secret_key (text)',
};

/** Puts the keys into a copy of the database. */
export async function keepKeys(copy: SqliteConnection, keys: KeptKeys): Promise<void> {
  await keep(copy, TABLES.hub, keys.hub);
  await keep(copy, TABLES.secrets, keys.secrets);
}

/** Takes the keys out of a copy again. */
export async function takeKeys(copy: SqliteConnection): Promise<KeptKeys> {
  return { hub: await take(copy, TABLES.hub), secrets: await take(copy, TABLES.secrets) };
}

async function keep(copy: SqliteConnection, table: string, text: string | null): Promise<void> {
  if (text === null) return;
  await copy.exec(`CREATE TABLE ${table.replace(')', ' TEXT NOT NULL)')} STRICT`);
  await copy.run(`INSERT INTO ${table} VALUES (?)`, [text]);
}

async function take(copy: SqliteConnection, table: string): Promise<string | null> {
  const [name = ''] = table.split(' ');
  const tables = await copy.all('SELECT 1 FROM sqlite_schema WHERE name = ?', [name]);
  if (tables.length === 0) return null;
  const [row] = await copy.all<Record<string, string>>(`SELECT * FROM ${name}`);
  await copy.exec(`DROP TABLE ${name}`);
  return Object.values(row ?? {})[0] ?? null;
}
