import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { User } from './users.repository';

/** A browser that is signed in. */
export interface Session {
  /** Hash of its token. */
  readonly id: string;
  readonly user: User;
  readonly expiresAt: number;
}

@Injectable()
export class SessionsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(session: Session, now: number): Promise<void> {
    await this.database.write
      .insertInto('sessions')
      .values({
        token_hash: session.id,
        user_id: session.user.id,
        created_at: now,
        expires_at: session.expiresAt,
      })
      .execute();
  }

  /** The session, with its user as they are now; `null` when there is none or it is over. */
  async find(id: string, now: number): Promise<Session | null> {
    const row = await this.database.read
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.username', 'users.role', 'sessions.expires_at'])
      .where('sessions.token_hash', '=', id)
      .where('sessions.expires_at', '>', now)
      .executeTakeFirst();
    if (row === undefined) return null;
    const user = { id: row.id, username: row.username, role: row.role };
    return { id, user, expiresAt: row.expires_at };
  }

  async extend(id: string, expiresAt: number): Promise<void> {
    await this.database.write
      .updateTable('sessions')
      .set({ expires_at: expiresAt })
      .where('token_hash', '=', id)
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.database.write.deleteFrom('sessions').where('token_hash', '=', id).execute();
  }

  async deleteExpired(now: number): Promise<void> {
    await this.database.write.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  }
}
