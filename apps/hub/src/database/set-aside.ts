import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What SQLite keeps beside a database and what belongs to it; the database itself comes last. */
const PARTS = ['-wal', '-shm', ''] as const;

/**
 * A free name for what is set aside: `hostdeck.sqlite.corrupt-20260102T030405Z`.
 *
 * @param why one word
 */
export function asideName(path: string, why: string, now = new Date()): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const name = `${path}.${why}-${stamp}`;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (PARTS.every((part) => !existsSync(candidate + part))) return candidate;
  }
}

/** Renames a database with all that belongs to it, so that it can still be looked at; nothing is overwritten. Returns its new name. */
export async function setAside(path: string, why: string): Promise<string> {
  const aside = asideName(path, why);
  for (const part of PARTS) {
    if (existsSync(path + part)) await rename(path + part, aside + part);
  }
  await syncPath(dirname(path));
  return aside;
}

/** Waits until a file's content, or a folder's names, are on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
