import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { Hub } from './programs';

/** Longest that sealing and rolling up may take before the measurement is given up, ms. */
const SETTLE_DEADLINE = 15 * 60_000;

/** What a hub has on disk, read beside it. */
export class StoredHistory {
  private constructor(private readonly database: sqlite3.Database) {}

  static open(hub: Hub): Promise<StoredHistory> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(
        join(hub.dataDir, 'hostdeck.sqlite'),
        sqlite3.OPEN_READONLY,
        (error) => {
          if (error === null) resolve(new StoredHistory(database));
          else reject(error);
        },
      );
    });
  }

  /** One row of a query. */
  row<Row>(sql: string, ...values: readonly number[]): Promise<Row> {
    return new Promise((resolve, reject) => {
      this.database.get<Row>(sql, values, (error, row) => {
        if (error === null) resolve(row);
        else reject(error);
      });
    });
  }

  /**
   * Waits until everything that can be sealed and rolled up by now is.
   *
   * @throws Error when it takes too long.
   */
  async settled(): Promise<void> {
    const deadline = Date.now() + SETTLE_DEADLINE;
    for (;;) {
      const { open } = await this.row<{ open: number }>(
        'SELECT count(*) AS open FROM journal WHERE at < ?',
        Date.now() - 20 * 60_000,
      );
      const { stale } = await this.row<{ stale: number }>(
        'SELECT count(*) AS stale FROM stale_blocks WHERE start + step * 96 < ?',
        Date.now() - 20 * 60_000,
      );
      if (open === 0 && stale === 0) return;
      if (Date.now() > deadline)
        throw new Error(`still ${String(open)} rows and ${String(stale)} windows to do`);
      await delay(1_000);
    }
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.close((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }
}
