import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import type { PushSubscription } from './push-message';

/** A browser as its user sees it. */
export interface UsersBrowser {
  readonly id: string;
  readonly browser: string;
  readonly createdAt: number;
}

/** Browsers that want messages; those of a user who is removed go with them. */
@Injectable()
export class PushSubscriptionsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those of everybody who can sign in. */
  all(): Promise<PushSubscription[]> {
    return this.database.read
      .selectFrom('push_subscriptions')
      .innerJoin('users', 'users.id', 'push_subscriptions.user_id')
      .select(['push_subscriptions.id', 'endpoint', 'p256dh', 'auth'])
      .where('users.disabled_at', 'is', null)
      .orderBy('push_subscriptions.id')
      .execute();
  }

  async ofUser(userId: string): Promise<UsersBrowser[]> {
    const rows = await this.database.read
      .selectFrom('push_subscriptions')
      .select(['id', 'browser', 'created_at'])
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute();
    return rows.map(({ id, browser, created_at }) => ({ id, browser, createdAt: created_at }));
  }

  /** Adds a browser; one that is there already changes hands. */
  async add(
    { id, endpoint, p256dh, auth }: PushSubscription,
    { userId, browser, now }: { userId: string; browser: string; now: number },
  ): Promise<void> {
    const rest = { id, user_id: userId, p256dh, auth, browser, created_at: now };
    await this.database.write
      .insertInto('push_subscriptions')
      .values({ endpoint, ...rest })
      .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(rest))
      .execute();
  }

  async forget(id: string): Promise<void> {
    await this.database.write.deleteFrom('push_subscriptions').where('id', '=', id).execute();
  }

  /** Whether the user had such a browser. */
  async delete(id: string, userId: string): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('push_subscriptions')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}
