import type { IncidentMessage } from '@hostdeck/contracts';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables';
import { LIFETIME } from './backoff';

/** Puts messages into the queue, inside the transaction of whoever changes the incident. */
@Injectable()
export class EnqueueRepository {
  /** Keeps a message. @returns `false` when there is one with its key already */
  async addMessage(message: IncidentMessage, now: number, to: Kysely<Tables>): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await to
      .insertInto('notification_messages')
      .values({
        key: message.key,
        incident: message.incidentId,
        body: JSON.stringify(message),
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Those of the channels that are there and switched on. */
  async usable(channels: readonly string[], from: Kysely<Tables>): Promise<string[]> {
    if (channels.length === 0) return [];
    const rows = await from
      .selectFrom('channels')
      .select('id')
      .where('id', 'in', channels)
      .where('enabled', '=', 1)
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Queues a message for each of the channels. */
  async addDeliveries(
    { key, incidentId }: IncidentMessage,
    { channels, now }: { readonly channels: readonly string[]; readonly now: number },
    to: Kysely<Tables>,
  ): Promise<void> {
    if (channels.length === 0) return;
    await to
      .insertInto('deliveries')
      .values(
        channels.map((channel) => ({
          message: key,
          channel,
          incident: incidentId,
          state: 'waiting' as const,
          attempts: 0,
          next_at: now,
          batch: null,
          done: '[]',
          created_at: now,
          expires_at: now + LIFETIME,
          finished_at: null,
          error: null,
        })),
      )
      .execute();
  }

  /** Remembers who is told of an incident. */
  async rememberTold(
    incident: string,
    { channels, now }: { readonly channels: readonly string[]; readonly now: number },
    to: Kysely<Tables>,
  ): Promise<void> {
    if (channels.length === 0) return;
    await to
      .insertInto('incident_channels')
      .values(channels.map((channel) => ({ incident, channel, since: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Who was told of an incident; forgotten by this, since it is over. */
  async takeTold(incident: string, from: Kysely<Tables>): Promise<string[]> {
    const rows = await from
      .deleteFrom('incident_channels')
      .where('incident', '=', incident)
      .returning('channel')
      .execute();
    return rows.map(({ channel }) => channel);
  }
}
