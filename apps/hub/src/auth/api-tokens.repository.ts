import type { ApiToken, Role } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { ApiTokensTable } from '../database/tables';

/** An API token to be kept. */
export interface NewToken {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: number;
}

function toToken(row: Omit<ApiTokensTable, 'token_hash' | 'created_by'>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

const COLUMNS = ['id', 'name', 'role', 'created_at', 'last_used_at'] as const;

@Injectable()
export class ApiTokensRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(token: NewToken): Promise<void> {
    await this.database.write
      .insertInto('api_tokens')
      .values({
        id: token.id,
        token_hash: token.hash,
        name: token.name,
        role: token.role,
        created_by: token.createdBy,
        created_at: token.createdAt,
        last_used_at: null,
      })
      .execute();
  }

  async findByHash(hash: string): Promise<ApiToken | null> {
    const row = await this.database.read
      .selectFrom('api_tokens')
      .select(COLUMNS)
      .where('token_hash', '=', hash)
      .executeTakeFirst();
    return row === undefined ? null : toToken(row);
  }

  /** Tokens in the order of their ids, after `cursor`. */
  async list(limit: number, cursor: string): Promise<ApiToken[]> {
    const rows = await this.database.read
      .selectFrom('api_tokens')
      .select(COLUMNS)
      .where('id', '>', cursor)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toToken);
  }

  async markUsed(id: string, at: number): Promise<void> {
    await this.database.write
      .updateTable('api_tokens')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .execute();
  }

  /** Whether there was such a token. */
  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('api_tokens')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}
