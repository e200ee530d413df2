import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database';

/** When the hub was there. */
@Injectable()
export class HeartbeatRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async beat(at: number): Promise<void> {
    await this.database.write.replaceInto('heartbeat').values({ id: 1, at }).execute();
  }

  /** When the hub last ran for certain: its last sign of life, or the last commit of frames; `null` when it never has. */
  async lastSign(): Promise<number | null> {
    const { rows } = await sql<{ at: number | null }>`
      SELECT max(at) AS at FROM (
        SELECT at FROM heartbeat UNION ALL SELECT max(received_at) FROM stored_ranges
      )`.execute(this.database.read);
    return rows[0]?.at ?? null;
  }

  /** Records that the hub was blind, and forgets the spans that ended before `forgetBefore`. */
  async addBlind(start: number, until: number, forgetBefore: number): Promise<void> {
    await this.database.write
      .insertInto('blind_spans')
      .values({ start, until })
      .onConflict((conflict) => conflict.column('start').doUpdateSet({ until }))
      .execute();
    await this.database.write.deleteFrom('blind_spans').where('until', '<', forgetBefore).execute();
  }
}
