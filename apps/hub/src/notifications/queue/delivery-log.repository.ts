import type { DeliveriesQuery, Delivery, IncidentMessage } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import { LIFETIME } from './backoff';
import { ALONE } from './choose';

/** The delivery queue and what has become of it, for people. */
@Injectable()
export class DeliveryLog {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The newest first. */
  async find({ channel, incident, state, limit, cursor }: DeliveriesQuery): Promise<Delivery[]> {
    let query = this.database.read
      .selectFrom('deliveries')
      .innerJoin('notification_messages', 'notification_messages.key', 'deliveries.message')
      .leftJoin('channels', 'channels.id', 'deliveries.channel')
      .selectAll('deliveries')
      .select(['channels.name as channel_name', 'notification_messages.body']);
    if (channel !== undefined) query = query.where('deliveries.channel', '=', channel);
    if (incident !== undefined) query = query.where('deliveries.incident', '=', incident);
    if (state !== undefined) query = query.where('deliveries.state', '=', state);
    if (cursor !== undefined) query = query.where('deliveries.id', '<', Number(cursor));
    const rows = await query.orderBy('deliveries.id', 'desc').limit(limit).execute();
    return rows.map((row) => {
      // Written by the queue alone, so that its JSON is what we put there.
      const { title, severity } = JSON.parse(row.body) as IncidentMessage;
      return {
        id: row.id,
        channelId: row.channel,
        channelName: row.channel_name ?? '(removed)',
        key: row.message,
        incidentId: row.incident,
        title,
        severity,
        state: row.state,
        attempts: row.attempts,
        createdAt: row.created_at,
        nextAt: row.finished_at === null ? row.next_at : null,
        finishedAt: row.finished_at,
        error: row.error === null ? null : (JSON.parse(row.error) as Delivery['error']),
      };
    });
  }

  /** Puts a delivery that has failed back into the queue, by itself. @returns whether there is such a one */
  async retry(id: number, now: number): Promise<boolean> {
    const { numUpdatedRows } = await this.database.write
      .updateTable('deliveries')
      .set({
        state: 'waiting',
        attempts: 0,
        next_at: now,
        expires_at: now + LIFETIME,
        finished_at: null,
        batch: ALONE,
      })
      .where('id', '=', id)
      .where('state', '=', 'failed')
      .where('channel', 'in', (query) => query.selectFrom('channels').select('channels.id'))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
