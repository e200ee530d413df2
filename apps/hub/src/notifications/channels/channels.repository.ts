import type { ChannelKind, DeliveryError, Pace } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import type { ChannelsTable } from '../../database/notification-tables';

/** A channel as it is kept: its secrets are sealed. */
export interface StoredChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly enabled: boolean;
  /** Fields that are no secrets. */
  readonly config: Readonly<Record<string, unknown>>;
  /** JSON object of the secret fields, encrypted. */
  readonly secrets: Uint8Array;
  readonly pace: Pace;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** How a channel has fared. */
export interface ChannelRecord {
  readonly pausedUntil: number;
  readonly failures: number;
  readonly lastSuccessAt: number | null;
  readonly lastErrorAt: number | null;
  readonly lastError: DeliveryError | null;
}

export type KeptChannel = StoredChannel & ChannelRecord;

/** Rows are written by this repository alone, so that their JSON is what we put there. */
function toChannel(row: ChannelsTable): KeptChannel {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    enabled: row.enabled === 1,
    config: JSON.parse(row.config) as Record<string, unknown>,
    secrets: row.secrets,
    pace: JSON.parse(row.pace) as Pace,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    pausedUntil: row.paused_until,
    failures: row.failures,
    lastSuccessAt: row.last_success_at,
    lastErrorAt: row.last_error_at,
    lastError: row.last_error === null ? null : (JSON.parse(row.last_error) as DeliveryError),
  };
}

function toColumns(channel: StoredChannel) {
  return {
    name: channel.name,
    enabled: channel.enabled ? 1 : 0,
    config: JSON.stringify(channel.config),
    secrets: channel.secrets,
    pace: JSON.stringify(channel.pace),
    changed_at: channel.changedAt,
  };
}

@Injectable()
export class ChannelsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(channel: StoredChannel): Promise<void> {
    await this.database.write
      .insertInto('channels')
      .values({
        id: channel.id,
        kind: channel.kind,
        created_at: channel.createdAt,
        paused_until: 0,
        failures: 0,
        last_success_at: null,
        last_error_at: null,
        last_error: null,
        ...toColumns(channel),
      })
      .execute();
  }

  /** Changes a channel and lets it begin anew: what paused it may be what was changed. */
  async change(channel: StoredChannel): Promise<void> {
    await this.database.write
      .updateTable('channels')
      .set({ ...toColumns(channel), paused_until: 0, failures: 0 })
      .where('id', '=', channel.id)
      .execute();
  }

  async find(id: string): Promise<KeptChannel | null> {
    const row = await this.database.read
      .selectFrom('channels')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toChannel(row);
  }

  /** Channels in the order of their ids, after `cursor`. */
  async list(limit: number, cursor: string): Promise<KeptChannel[]> {
    const rows = await this.database.read
      .selectFrom('channels')
      .selectAll()
      .where('id', '>', cursor)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toChannel);
  }

  /** How many messages wait, by channel. */
  async waiting(): Promise<Map<string, number>> {
    const rows = await this.database.read
      .selectFrom('deliveries')
      .select(({ fn }) => ['channel', fn.countAll<number>().as('count')])
      .where('finished_at', 'is', null)
      .groupBy('channel')
      .execute();
    return new Map(rows.map(({ channel, count }) => [channel, count]));
  }

  /** Those of the ids that no channel has. */
  async missing(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read
      .selectFrom('channels')
      .select('id')
      .where('id', 'in', ids)
      .execute();
    const known = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  }

  async noteSuccess(id: string, now: number): Promise<void> {
    await this.database.write
      .updateTable('channels')
      .set({ last_success_at: now, failures: 0, paused_until: 0 })
      .where('id', '=', id)
      .execute();
  }

  async noteFailure(
    id: string,
    { error, pausedUntil, now }: { error: DeliveryError; pausedUntil: number; now: number },
  ): Promise<void> {
    await this.database.write
      .updateTable('channels')
      .set(({ eb }) => ({
        last_error_at: now,
        last_error: JSON.stringify(error),
        failures: eb('failures', '+', 1),
        paused_until: pausedUntil,
      }))
      .where('id', '=', id)
      .execute();
  }

  /** Removes a channel, and with it its place in the routes; what waits for it is dropped. @returns whether there was one */
  async delete(id: string, now: number): Promise<boolean> {
    return this.database.write.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('channels')
        .where('id', '=', id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await transaction
        .updateTable('deliveries')
        .set({ state: 'dropped', finished_at: now })
        .where('channel', '=', id)
        .where('finished_at', 'is', null)
        .execute();
      await transaction.deleteFrom('incident_channels').where('channel', '=', id).execute();
      const routes = await transaction
        .selectFrom('notification_routes')
        .select(['id', 'channels'])
        .execute();
      for (const route of routes) {
        const channels = JSON.parse(route.channels) as string[];
        if (!channels.includes(id)) continue;
        await transaction
          .updateTable('notification_routes')
          .set({ channels: JSON.stringify(channels.filter((channel) => channel !== id)) })
          .where('id', '=', route.id)
          .execute();
      }
      return true;
    });
  }
}
