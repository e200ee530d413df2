import type { ShareLink } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { ShareLinksTable } from '../database/share-tables';
import type { Session } from './sessions.repository';

const COLUMNS = [
  'id',
  'name',
  'path',
  'created_by',
  'created_at',
  'expires_at',
  'last_used_at',
] as const;

function toLink(row: Omit<ShareLinksTable, 'secret_hash'>): ShareLink {
  return {
    id: row.id,
    name: row.name,
    path: row.path,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Links that let whoever has them look, and the sessions of browsers that came by them. */
@Injectable()
export class ShareLinksRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(link: ShareLink, secretHash: string): Promise<void> {
    await this.database.write
      .insertInto('share_links')
      .values({
        id: link.id,
        secret_hash: secretHash,
        name: link.name,
        path: link.path,
        created_by: link.createdBy,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        last_used_at: null,
      })
      .execute();
  }

  /** The link with this secret, unless it is over; `null` when there is none. */
  async findBySecret(secretHash: string, now: number): Promise<ShareLink | null> {
    const row = await this.database.read
      .selectFrom('share_links')
      .select(COLUMNS)
      .where('secret_hash', '=', secretHash)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
      .executeTakeFirst();
    return row === undefined ? null : toLink(row);
  }

  /** Links in the order of their ids, after `cursor`. */
  async list(limit: number, cursor: string): Promise<ShareLink[]> {
    const rows = await this.database.read
      .selectFrom('share_links')
      .select(COLUMNS)
      .where('id', '>', cursor)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toLink);
  }

  /** Removes a link with its sessions. @returns the sessions that ended; `null` when there was no such link */
  async delete(id: string): Promise<string[] | null> {
    const sessions = await this.database.write
      .deleteFrom('share_sessions')
      .where('link_id', '=', id)
      .returning('token_hash')
      .execute();
    const { numDeletedRows } = await this.database.write
      .deleteFrom('share_links')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 0n ? null : sessions.map(({ token_hash }) => token_hash);
  }

  /** Notes a browser that came by a link, and forgets those whose time is over. */
  async startSession(
    linkId: string,
    { id, expiresAt }: Pick<Session, 'id' | 'expiresAt'>,
    now: number,
  ): Promise<void> {
    await this.database.write.deleteFrom('share_sessions').where('expires_at', '<=', now).execute();
    await this.database.write
      .insertInto('share_sessions')
      .values({ token_hash: id, link_id: linkId, created_at: now, expires_at: expiresAt })
      .execute();
    await this.database.write
      .updateTable('share_links')
      .set({ last_used_at: now })
      .where('id', '=', linkId)
      .execute();
  }

  /** The session of a browser that came by a link: that of a viewer; `null` when there is none or it is over. */
  async findSession(id: string, now: number): Promise<Session | null> {
    const row = await this.database.read
      .selectFrom('share_sessions')
      .innerJoin('share_links', 'share_links.id', 'share_sessions.link_id')
      .select(['share_links.id', 'share_links.name', 'share_sessions.expires_at'])
      .where('share_sessions.token_hash', '=', id)
      .where('share_sessions.expires_at', '>', now)
      .executeTakeFirst();
    if (row === undefined) return null;
    // The name of no user: those of links are said to be such.
    const user = { id: row.id, username: `shared link: ${row.name}`, role: 'viewer' } as const;
    return { id, user, expiresAt: row.expires_at, isShared: true };
  }

  async endSession(id: string): Promise<void> {
    await this.database.write.deleteFrom('share_sessions').where('token_hash', '=', id).execute();
  }
}
