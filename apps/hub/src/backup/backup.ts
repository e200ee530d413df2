import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants, copyFile, link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DATABASE_FILE, KEY_FILE, SECRET_KEY_FILE } from '../config/data-files';
import { StartError } from '../config/start-error';
import { syncPath } from '../database/set-aside';
import { SqliteConnection } from '../database/sqlite-connection';
import { keepKeys, type KeptKeys } from './kept-key';

/** How long a lock of the hub's is waited for, ms. */
const PATIENCE = 30_000;

/**
 * Copies the database and the keys in the data folder into one file, as they are at one moment; the hub may run and write meanwhile. The file is there
 * only when it is whole and on the disk, and only its owner may read it.
 *
 * @returns its size in bytes
 * @throws {StartError} when there is nothing to back up, the file is there already, or it cannot be written.
 */
export async function backUp(dataDir: string, file: string): Promise<number> {
  const database = join(dataDir, DATABASE_FILE);
  const key = join(dataDir, KEY_FILE);
  for (const needed of [database, key]) {
    if (!existsSync(needed)) {
      throw new StartError(`HOSTDECK_DATA_DIR: there is nothing to back up (no ${needed})`);
    }
  }
  const target = resolve(file);
  if (existsSync(target)) throw new StartError(alreadyThere(file));
  const partial = `${target}.partial-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(partial, '', { mode: 0o600, flag: 'wx' });
    await copyDatabase(database, partial);
    const secretKey = join(dataDir, SECRET_KEY_FILE);
    await addKeys(partial, {
      hub: await readFile(key, 'utf8'),
      secrets: existsSync(secretKey) ? await readFile(secretKey, 'utf8') : null,
    });
    await syncPath(partial);
    await publish(partial, target);
    await syncPath(dirname(target));
    return (await stat(target)).size;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new StartError(alreadyThere(file), { cause });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${file}: the backup could not be written (${reason})`, { cause });
  } finally {
    await rm(partial, { force: true });
  }
}

function alreadyThere(file: string): string {
  return `${file}: is there already; a backup overwrites nothing`;
}

async function copyDatabase(database: string, partial: string): Promise<void> {
  const source = await SqliteConnection.open(database, { readOnly: true, busyTimeout: PATIENCE });
  try {
    await source.run('VACUUM INTO ?', [partial]);
  } finally {
    await source.close();
  }
}

async function addKeys(partial: string, keys: KeptKeys): Promise<void> {
  const copy = await SqliteConnection.open(partial, { readOnly: false, busyTimeout: 0 });
  try {
    await keepKeys(copy, keys);
  } finally {
    await copy.close();
  }
}

/** Gives the file its name, which is refused when it is taken by now. */
async function publish(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    await copyFile(partial, target, constants.COPYFILE_EXCL);
    await syncPath(target);
  }
}

/** Whether a file system (FAT, some network shares) knows no second name for a file. */
function hasNoLinks(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'EPERM' || error.code === 'ENOTSUP' || error.code === 'ENOSYS';
}
