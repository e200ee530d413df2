import type { NotificationRoute } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Database } from '../../database/database';
import type { NotificationRoutesTable } from '../../database/notification-tables';
import type { Tables } from '../../database/tables';

/** Rows are written by this repository alone, so that their JSON is what we put there. */
function toRoute(row: NotificationRoutesTable): NotificationRoute {
  return {
    id: row.id,
    name: row.name,
    isDefault: row.is_default === 1,
    severities: JSON.parse(row.severities) as NotificationRoute['severities'],
    tags: JSON.parse(row.tags) as string[],
    times: row.times === null ? null : (JSON.parse(row.times) as NotificationRoute['times']),
    channels: JSON.parse(row.channels) as string[],
  };
}

function toColumns(route: Omit<NotificationRoute, 'id' | 'isDefault'>) {
  return {
    name: route.name,
    severities: JSON.stringify(route.severities),
    tags: JSON.stringify(route.tags),
    times: route.times === null ? null : JSON.stringify(route.times),
    channels: JSON.stringify(route.channels),
  };
}

/** Where messages go. There are few routes, so that they are always read as a whole. */
@Injectable()
export class RoutesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every route in the order they were made, the default route last. */
  async all(from: Kysely<Tables> = this.database.read): Promise<NotificationRoute[]> {
    const rows = await from
      .selectFrom('notification_routes')
      .selectAll()
      .orderBy('is_default')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(toRoute);
  }

  async create(route: Omit<NotificationRoute, 'isDefault'>, now: number): Promise<void> {
    await this.database.write
      .insertInto('notification_routes')
      .values({ id: route.id, is_default: 0, created_at: now, ...toColumns(route) })
      .execute();
  }

  async change({ id, ...route }: NotificationRoute): Promise<void> {
    await this.database.write
      .updateTable('notification_routes')
      .set(toColumns(route))
      .where('id', '=', id)
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.database.write.deleteFrom('notification_routes').where('id', '=', id).execute();
  }
}
