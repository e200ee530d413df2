import type { Delivery, DeliveryError, IncidentMessage } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database';
import { ALONE, type QueuedDelivery } from './choose';

/** Deliveries of one channel that are looked at together. */
const LOOK_ROWS = 1_000;
/** Rows deleted per statement, so that ingest does not wait. */
const STEP_ROWS = 500;
/** Nobody resolves an incident that is that much older than what is kept of deliveries, ms: two years. */
const FORGOTTEN_AFTER = 730 * 86_400_000;

/** What becomes of deliveries that were tried. */
export interface Outcome {
  readonly state: Delivery['state'];
  readonly error: DeliveryError | null;
  /** When it is tried again; `null`: it is over. */
  readonly nextAt: number | null;
  readonly now: number;
}

/** The delivery queue. */
@Injectable()
export class DeliveriesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Waits until the writer has done what it was given before: for whoever calls inside a transaction, until that has ended. */
  async settled(): Promise<void> {
    await this.database.write.selectFrom('channels').select('id').limit(1).execute();
  }

  /** What was being sent when the hub ended may have arrived or not: it is sent again, with the same key. */
  async recover(): Promise<void> {
    await this.database.write
      .updateTable('deliveries')
      .set({ state: 'waiting' })
      .where('finished_at', 'is', null)
      .where('state', '=', 'sending')
      .execute();
  }

  /** Channels that have something to send and are neither switched off nor paused. */
  async dueChannels(now: number): Promise<string[]> {
    const rows = await this.database.read
      .selectFrom('channels')
      .select('id')
      .where('enabled', '=', 1)
      .where('paused_until', '<=', now)
      .where((query) =>
        query.exists(
          query
            .selectFrom('deliveries')
            .select('deliveries.id')
            .whereRef('deliveries.channel', '=', 'channels.id')
            .where('finished_at', 'is', null)
            .where('next_at', '<=', now),
        ),
      )
      .execute();
    return rows.map(({ id }) => id);
  }

  /** The beginning of a channel's queue. */
  async queueOf(channel: string): Promise<QueuedDelivery[]> {
    const rows = await this.database.read
      .selectFrom('deliveries')
      .selectAll()
      .where('channel', '=', channel)
      .where('finished_at', 'is', null)
      .orderBy('id')
      .limit(LOOK_ROWS)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      message: row.message,
      incident: row.incident,
      attempts: row.attempts,
      nextAt: row.next_at,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      batch: row.batch,
      // Written by this repository alone, so that its JSON is what we put there.
      done: JSON.parse(row.done) as string[],
    }));
  }

  /** Messages by their keys, in the order of the keys. */
  async messages(keys: readonly string[]): Promise<IncidentMessage[]> {
    const rows = await this.database.read
      .selectFrom('notification_messages')
      .select(['key', 'body'])
      .where('key', 'in', keys)
      .execute();
    const bodies = new Map(rows.map(({ key, body }) => [key, JSON.parse(body) as IncidentMessage]));
    return keys.flatMap((key) => bodies.get(key) ?? []);
  }

  /** Marks deliveries as on their way, before anything is sent. */
  async begin(ids: readonly number[], batch: string | null): Promise<void> {
    await this.database.write
      .updateTable('deliveries')
      .set(({ eb }) => ({ state: 'sending', batch, attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', ids)
      .execute();
  }

  /** Keeps which requests of deliveries have been answered. */
  async progress(ids: readonly number[], done: readonly string[]): Promise<void> {
    await this.database.write
      .updateTable('deliveries')
      .set({ done: JSON.stringify(done) })
      .where('id', 'in', ids)
      .execute();
  }

  /** Notes what has become of deliveries, unless their channel was removed meanwhile. */
  async end(ids: readonly number[], { state, error, nextAt, now }: Outcome): Promise<void> {
    await this.database.write
      .updateTable('deliveries')
      .set({
        state,
        ...(error === null ? {} : { error: JSON.stringify(error) }),
        ...(nextAt === null ? { finished_at: now } : { next_at: nextAt }),
      })
      .where('id', 'in', ids)
      .where('finished_at', 'is', null)
      .execute();
  }

  /** Lets the deliveries of a digest be sent one by one from now on. */
  async takeApart(ids: readonly number[], error: DeliveryError, now: number): Promise<void> {
    await this.database.write
      .updateTable('deliveries')
      .set({ state: 'waiting', batch: ALONE, next_at: now, error: JSON.stringify(error) })
      .where('id', 'in', ids)
      .where('finished_at', 'is', null)
      .execute();
  }

  /**
   * Deletes some of what ended before `before`, and messages nobody needs any more.
   *
   * @returns whether there may be more
   */
  async dropEndedBefore(before: number): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('deliveries')
      .where('id', 'in', (query) =>
        query
          .selectFrom('deliveries')
          .select('id')
          .where('finished_at', '<', before)
          .limit(STEP_ROWS),
      )
      .executeTakeFirst();
    const { rows } = await sql`
      DELETE FROM notification_messages WHERE key IN (
        SELECT key FROM notification_messages WHERE created_at < ${before}
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE message = key) LIMIT ${STEP_ROWS}
      ) RETURNING key`.execute(this.database.write);
    await this.database.write
      .deleteFrom('incident_channels')
      .where('since', '<', before - FORGOTTEN_AFTER)
      .execute();
    return numDeletedRows === BigInt(STEP_ROWS) || rows.length === STEP_ROWS;
  }
}
