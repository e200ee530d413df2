import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { User } from './users.repository';

/** A link by which a user sets a password. */
export interface StoredInvite {
  readonly user: User;
  readonly expiresAt: number;
}

@Injectable()
export class InvitesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Keeps a new link for a user; the ones before are good no longer. */
  async replace(
    tokenHash: string,
    { userId, now, expiresAt }: { userId: string; now: number; expiresAt: number },
  ): Promise<void> {
    await this.database.write.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('user_invites').where('user_id', '=', userId).execute();
      await transaction
        .insertInto('user_invites')
        .values({ token_hash: tokenHash, user_id: userId, created_at: now, expires_at: expiresAt })
        .execute();
    });
  }

  /** `null` when there is none, it is over, or its user is disabled. */
  async find(tokenHash: string, now: number): Promise<StoredInvite | null> {
    const row = await this.database.read
      .selectFrom('user_invites')
      .innerJoin('users', 'users.id', 'user_invites.user_id')
      .select(['users.id', 'users.username', 'users.role', 'user_invites.expires_at'])
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return null;
    const user = { id: row.id, username: row.username, role: row.role };
    return { user, expiresAt: row.expires_at };
  }

  /** Sets the password of a link's user and uses the link up. @returns `false` when somebody was faster */
  async accept(tokenHash: string, userId: string, passwordHash: string): Promise<boolean> {
    return this.database.write.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('user_invites')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await transaction
        .updateTable('users')
        .set({ password_hash: passwordHash })
        .where('id', '=', userId)
        .execute();
      return true;
    });
  }
}
