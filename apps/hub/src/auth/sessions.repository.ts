import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { User } from './users.repository';

/** A browser that is signed in. */
export interface Session {
  /** Hash of its token. */
  readonly id: string;
  readonly user: User;
  readonly expiresAt: number;
  /** Whether it is that of a browser that came by a shared link: of somebody without an account. */
  readonly isShared?: boolean;
}

/** Where a session was started. */
export interface Origin {
  readonly address: string;
  /** What the browser says it is; `null`: nothing. */
  readonly browser: string | null;
}

/** A session as its user sees it, without what proves it. */
export interface StartedSession {
  /** Hash of its token. */
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly address: string | null;
  readonly browser: string | null;
}

@Injectable()
export class SessionsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(session: Session, { address, browser }: Origin, now: number): Promise<void> {
    await this.database.write
      .insertInto('sessions')
      .values({
        token_hash: session.id,
        user_id: session.user.id,
        created_at: now,
        expires_at: session.expiresAt,
        address,
        browser,
      })
      .execute();
  }

  /** The session, with its user as they are now; `null` when there is none, it is over, or the user is disabled. */
  async find(id: string, now: number): Promise<Session | null> {
    const row = await this.database.read
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.username', 'users.role', 'sessions.expires_at'])
      .where('sessions.token_hash', '=', id)
      .where('sessions.expires_at', '>', now)
      .where('users.disabled_at', 'is', null)
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

  /** A user's sessions, the newest first. */
  async ofUser(userId: string, now: number): Promise<StartedSession[]> {
    const rows = await this.database.read
      .selectFrom('sessions')
      .select(['token_hash', 'created_at', 'expires_at', 'address', 'browser'])
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.token_hash,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      address: row.address,
      browser: row.browser,
    }));
  }

  /** Ends a user's sessions but one. @returns those that were ended */
  async deleteOfUser(userId: string, but: string | null): Promise<string[]> {
    const rows = await this.database.write
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .where('token_hash', '!=', but ?? '')
      .returning('token_hash')
      .execute();
    return rows.map(({ token_hash }) => token_hash);
  }

  async deleteExpired(now: number): Promise<void> {
    await this.database.write.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  }
}
