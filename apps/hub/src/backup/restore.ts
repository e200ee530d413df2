import { existsSync, statSync } from 'node:fs';
import {
  chmod,
  constants,
  copyFile,
  link,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Kysely } from 'kysely';
import { DATABASE_FILE, KEY_FILE, SECRET_KEY_FILE } from '../config/data-files';
import { StartError } from '../config/start-error';
import { isCorruption } from '../database/corruption';
import { DataLock } from '../database/data-lock';
import { claimFolder } from '../database/database';
import { Lock } from '../database/lock';
import { executedMigrations, refuseNewer } from '../database/migrate';
import { asideName, syncPath } from '../database/set-aside';
import { SqliteConnection } from '../database/sqlite-connection';
import { sqliteDialect } from '../database/sqlite-dialect';
import type { Tables } from '../database/tables';
import { takeKeys, type KeptKeys } from './kept-key';

/** What became of what was there before; `null` where nothing was, or the same. */
export interface Restored {
  readonly oldDatabase: string | null;
  readonly oldKey: string | null;
  readonly oldSecretKey: string | null;
}

/**
 * Puts a backup into a data folder. What is there is set aside under another name, never deleted; a start that falls between any two
 * steps finds the old database or the new one.
 *
 * @throws {StartError} when a hub runs on the folder, or the file is no intact backup that this version can read; nothing is changed then.
 */
export async function restore(dataDir: string, file: string): Promise<Restored> {
  if (!existsSync(file)) throw new StartError(`${file}: there is no such file`);
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new StartError(`${file}: is a database in use, not a backup (it has a -wal beside it)`);
  }
  await claimFolder(dataDir);
  const dataLock = await DataLock.acquire(dataDir);
  const path = join(dataDir, DATABASE_FILE);
  const copy = `${path}.restoring`;
  try {
    await rm(copy, { force: true });
    await copyFile(file, copy, constants.COPYFILE_EXCL);
    await chmod(copy, 0o600);
    const keys = await examine(copy, file);
    await syncPath(copy);
    const oldKey = await replaceKey(join(dataDir, KEY_FILE), keys.hub);
    const oldSecretKey = await replaceKey(join(dataDir, SECRET_KEY_FILE), keys.secrets);
    const oldDatabase = await replaceDatabase(path, copy);
    await syncPath(dataDir);
    return { oldDatabase, oldKey, oldSecretKey };
  } finally {
    await rm(copy, { force: true });
    await dataLock.release();
  }
}

/** Makes sure that a copy is a whole database of ours, and takes the keys out of it. */
async function examine(copy: string, name: string): Promise<KeptKeys> {
  const connection = await SqliteConnection.open(copy, { readOnly: false, busyTimeout: 0 });
  try {
    const [row] = await connection.all<{ integrity_check: string }>('PRAGMA integrity_check(1)');
    if (row?.integrity_check !== 'ok') {
      throw new StartError(`${name}: the backup is damaged (${row?.integrity_check ?? ''})`);
    }
    const db = new Kysely<Tables>({ dialect: sqliteDialect(connection, new Lock()) });
    if ((await executedMigrations(db)).length === 0) {
      throw new StartError(`${name}: is not a backup of Hostdeck`);
    }
    await refuseNewer(db, name);
    return await takeKeys(connection);
  } catch (cause) {
    if (!isCorruption(cause)) throw cause;
    throw new StartError(`${name}: is not a backup of Hostdeck, or is damaged`, { cause });
  } finally {
    await connection.close();
  }
}

async function replaceKey(path: string, text: string | null): Promise<string | null> {
  if (text === null) return null;
  if (!existsSync(path)) {
    await writeKey(path, text);
    return null;
  }
  if ((await readFile(path, 'utf8')) === text) return null;
  const aside = asideName(path, 'replaced');
  await link(path, aside);
  await writeKey(`${path}.restoring`, text);
  await rename(`${path}.restoring`, path);
  return aside;
}

async function writeKey(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flush: true });
  await syncPath(dirname(path));
}

/** Swaps the databases. The log of the old one must not meet the new one, so it is worked in, or goes aside as well. */
async function replaceDatabase(path: string, copy: string): Promise<string | null> {
  if (!existsSync(path)) {
    await rename(copy, path);
    return null;
  }
  await workInLog(path);
  const aside = asideName(path, 'replaced');
  for (const part of ['-wal', '-shm']) {
    if (existsSync(path + part)) await rename(path + part, aside + part);
  }
  await link(path, aside);
  await rename(copy, path);
  return aside;
}

/** The last connection that closes works the log into the file, unless the file is broken. */
async function workInLog(path: string): Promise<void> {
  try {
    const connection = await SqliteConnection.open(path, { readOnly: false, busyTimeout: 0 });
    try {
      await connection.all('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!isCorruption(error)) throw error;
  }
}
