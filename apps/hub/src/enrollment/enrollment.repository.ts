import { DEFAULT_INTERVAL, type EnrollmentToken } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { Database } from '../database/database';
import type { Tables } from '../database/tables';
import type { StoredHost } from '../hosts/host';

/** A host to be added. */
export interface NewHost {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly publicKey: string;
  readonly createdAt: number;
}

const COLUMNS = ['id', 'tags', 'uses_left', 'created_at', 'expires_at'] as const;

@Injectable()
export class EnrollmentRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async createToken(token: EnrollmentToken & { readonly hash: string }): Promise<void> {
    await this.database.write
      .insertInto('enrollment_tokens')
      .values({
        id: token.id,
        token_hash: token.hash,
        tags: JSON.stringify(token.tags),
        uses_left: token.uses,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
      })
      .execute();
  }

  /** Tokens that can still be used, in the order of their ids, after `cursor`. */
  async listTokens(limit: number, cursor: string, now: number): Promise<EnrollmentToken[]> {
    const rows = await this.database.read
      .selectFrom('enrollment_tokens')
      .select(COLUMNS)
      .where('id', '>', cursor)
      .where('uses_left', '>', 0)
      .where('expires_at', '>', now)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      uses: row.uses_left,
      // Written by `createToken` above and by nobody else.
      tags: JSON.parse(row.tags) as string[],
    }));
  }

  /** Whether there was such a token. */
  async deleteToken(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('enrollment_tokens')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Adds a host without using up a token. */
  addHost(host: NewHost): Promise<StoredHost> {
    return this.database.write
      .transaction()
      .execute(
        async (transaction) =>
          (await findHost(transaction, host.publicKey)) ?? insertHost(transaction, host),
      );
  }

  /**
   * Adds a host and uses its join token up by one; `null` when the token is wrong, expired or used up. A host that is there already asks
   * again because an answer was lost: that uses up nothing, and a token that it has used up itself still is good for it.
   */
  addHostWithToken(tokenHash: string, host: NewHost): Promise<StoredHost | null> {
    return this.database.write.transaction().execute(async (transaction) => {
      const known = await findHost(transaction, host.publicKey);
      if (known !== null) {
        const shown = await transaction
          .selectFrom('enrollment_tokens')
          .select('id')
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', host.createdAt)
          .executeTakeFirst();
        return shown === undefined ? null : known;
      }
      const token = await transaction
        .updateTable('enrollment_tokens')
        .set(({ eb }) => ({ uses_left: eb('uses_left', '-', 1) }))
        .where('token_hash', '=', tokenHash)
        .where('uses_left', '>', 0)
        .where('expires_at', '>', host.createdAt)
        .returning('tags')
        .executeTakeFirst();
      if (token === undefined) return null;
      const tags = [...new Set([...(JSON.parse(token.tags) as string[]), ...host.tags])];
      return insertHost(transaction, { ...host, tags });
    });
  }
}

/** The host that has this key, or `null`. It keeps its id, so that an answer that was lost can be asked for again. */
async function findHost(
  transaction: Transaction<Tables>,
  publicKey: string,
): Promise<StoredHost | null> {
  const known = await transaction
    .selectFrom('hosts')
    .selectAll()
    .where('public_key', '=', publicKey)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (known === undefined) return null;
  return {
    key: known.key,
    id: known.id,
    name: known.name,
    tags: JSON.parse(known.tags) as string[],
    publicKey: known.public_key,
    facts: null,
    interval: known.interval,
    clockOffset: known.clock_offset,
    epoch: known.epoch,
    createdAt: known.created_at,
    lastSeen: null,
    report: null,
  };
}

async function insertHost(transaction: Transaction<Tables>, host: NewHost): Promise<StoredHost> {
  const { key } = await transaction
    .insertInto('hosts')
    .values({
      id: host.id,
      name: host.name,
      tags: JSON.stringify(host.tags),
      public_key: host.publicKey,
      facts: null,
      interval: DEFAULT_INTERVAL,
      clock_offset: null,
      created_at: host.createdAt,
      removed_at: null,
    })
    .returning('key')
    .executeTakeFirstOrThrow();
  return {
    ...host,
    key,
    facts: null,
    interval: DEFAULT_INTERVAL,
    clockOffset: null,
    epoch: null,
    lastSeen: null,
    report: null,
  };
}
