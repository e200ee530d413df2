import type { Role } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { newId } from './secrets';

/** A person who can sign in. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
}

/** A user to be made. */
export interface NewUser {
  readonly username: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly createdAt: number;
}

function keyOf(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

@Injectable()
export class UsersRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async findByName(username: string): Promise<(User & { passwordHash: string }) | null> {
    const row = await this.database.read
      .selectFrom('users')
      .selectAll()
      .where('username_key', '=', keyOf(username))
      .executeTakeFirst();
    if (row === undefined) return null;
    return { id: row.id, username: row.username, role: row.role, passwordHash: row.password_hash };
  }

  async anyAdmin(): Promise<boolean> {
    const row = await this.database.read
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'admin')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Makes a user; `null` when there is one of that name already. */
  async create(user: NewUser): Promise<User | null> {
    const id = newId();
    const row = await this.database.write
      .insertInto('users')
      .values({
        id,
        username: user.username,
        username_key: keyOf(user.username),
        password_hash: user.passwordHash,
        role: user.role,
        created_at: user.createdAt,
      })
      .onConflict((conflict) => conflict.column('username_key').doNothing())
      .returning('id')
      .executeTakeFirst();
    return row === undefined ? null : { id, username: user.username, role: user.role };
  }
}
