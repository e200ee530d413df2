import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../config/start-error';

/** File systems on which locks and shared memory cannot be trusted, by their magic numbers (statfs(2), linux/magic.h). */
const UNFIT = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x0bd00bd0, 'Lustre'],
]);

/**
 * Refuses a data folder, there or still to be made, on a file system over which SQLite's database would be broken sooner or later
 * (sqlite.org/howtocorrupt.html, section 2.1).
 *
 * @throws {StartError} that names the file system.
 */
export async function refuseNetworkFileSystem(dataDir: string): Promise<void> {
  // The numbers are Linux's.
  if (process.platform !== 'linux') return;
  const type = await typeOf(dataDir);
  const name = UNFIT.get(type);
  if (name === undefined) return;
  throw new StartError(
    `HOSTDECK_DATA_DIR: ${dataDir} is on a network file system (${name}), where a database gets broken; choose a folder on a local disk`,
  );
}

/** Magic number of the file system of a folder, or of the nearest one above it that is there. */
async function typeOf(folder: string): Promise<number> {
  try {
    const { type } = await statfs(folder);
    return type >>> 0;
  } catch (cause) {
    const parent = dirname(folder);
    if (parent !== folder && isMissing(cause)) return typeOf(parent);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`HOSTDECK_DATA_DIR: the folder cannot be used (${reason})`, { cause });
  }
}

function isMissing(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR';
}
