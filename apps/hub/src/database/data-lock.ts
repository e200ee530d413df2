import { join } from 'node:path';
import { LOCK_FILE } from '../config/data-files';
import { StartError } from '../config/start-error';
import { isLocked, SqliteConnection } from './sqlite-connection';

/**
 * Keeps a data folder for one program. It is an exclusive lock of SQLite's on a file of its own: the system lets go of it however the
 * program ends, so that nothing stale is left behind, and it holds between containers that share the folder.
 */
export class DataLock {
  private constructor(private readonly connection: SqliteConnection) {}

  /** @throws {StartError} when another program has the folder. */
  static async acquire(dataDir: string): Promise<DataLock> {
    const connection = await SqliteConnection.open(join(dataDir, LOCK_FILE), {
      readOnly: false,
      busyTimeout: 0,
    });
    try {
      await connection.exec('BEGIN EXCLUSIVE');
      return new DataLock(connection);
    } catch (cause) {
      await connection.close();
      if (!isLocked(cause)) throw cause;
      throw new StartError(
        `HOSTDECK_DATA_DIR: another hub uses ${dataDir}; stop it first, or choose another folder`,
        { cause },
      );
    }
  }

  async release(): Promise<void> {
    await this.connection.close();
  }
}
