import type { Role, UserInfo } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Database } from '../database/database';
import type { Tables, UsersTable } from '../database/tables';
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
  /** `null`: the user is invited to set a password. */
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly createdAt: number;
}

/** What an administrator changes of a user. */
export interface UserChanges {
  readonly role?: Role;
  /** Since when the user cannot sign in; `null`: can. */
  readonly disabledAt?: number | null;
}

/** A change would leave nobody who can administer the hub. */
export class LastAdminError extends Error {
  constructor() {
    super('the last administrator who can sign in');
    this.name = 'LastAdminError';
  }
}

const COLUMNS = [
  'id',
  'username',
  'role',
  'created_at',
  'disabled_at',
  'last_sign_in_at',
  'password_hash',
] as const;

/** What tells names apart: those that differ only in case, or in the form of their letters (Unicode Standard Annex 15), are one. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

function toInfo(row: Pick<UsersTable, (typeof COLUMNS)[number]>): UserInfo {
  const invited = row.password_hash === '' ? 'invited' : 'active';
  return {
    id: row.id,
    username: row.username,
    role: row.role,
    status: row.disabled_at === null ? invited : 'disabled',
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

@Injectable()
export class UsersRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Somebody of that name; no hash when they cannot sign in with a password. */
  async findByName(username: string): Promise<(User & { passwordHash: string | null }) | null> {
    const row = await this.database.read
      .selectFrom('users')
      .selectAll()
      .where('username_key', '=', usernameKey(username))
      .executeTakeFirst();
    if (row === undefined) return null;
    const canSignIn = row.password_hash !== '' && row.disabled_at === null;
    return {
      id: row.id,
      username: row.username,
      role: row.role,
      passwordHash: canSignIn ? row.password_hash : null,
    };
  }

  async find(id: string): Promise<UserInfo | null> {
    const row = await this.database.read
      .selectFrom('users')
      .select(COLUMNS)
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toInfo(row);
  }

  /** Users in the order of their ids, after `cursor`. */
  async list(limit: number, cursor: string): Promise<UserInfo[]> {
    const rows = await this.database.read
      .selectFrom('users')
      .select(COLUMNS)
      .where('id', '>', cursor)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toInfo);
  }

  /** Whether somebody who can sign in is an administrator. */
  anyAdmin(from: Kysely<Tables> = this.database.read): Promise<boolean> {
    return from
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'admin')
      .where('disabled_at', 'is', null)
      .where('password_hash', '!=', '')
      .limit(1)
      .executeTakeFirst()
      .then((row) => row !== undefined);
  }

  /** Makes a user; `null` when there is one of that name already. */
  async create(user: NewUser): Promise<User | null> {
    const id = newId();
    const row = await this.database.write
      .insertInto('users')
      .values({
        id,
        username: user.username,
        username_key: usernameKey(user.username),
        password_hash: user.passwordHash ?? '',
        role: user.role,
        created_at: user.createdAt,
        disabled_at: null,
        last_sign_in_at: null,
      })
      .onConflict((conflict) => conflict.column('username_key').doNothing())
      .returning('id')
      .executeTakeFirst();
    return row === undefined ? null : { id, username: user.username, role: user.role };
  }

  /** Changes a user, unless nobody could administer the hub any more. @throws {LastAdminError} */
  async change(id: string, { role, disabledAt }: UserChanges): Promise<void> {
    await this.database.write.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('users')
        .set({
          ...(role === undefined ? {} : { role }),
          ...(disabledAt === undefined ? {} : { disabled_at: disabledAt }),
        })
        .where('id', '=', id)
        .execute();
      if (!(await this.anyAdmin(transaction))) throw new LastAdminError();
    });
  }

  /** Removes a user with their sessions, links and browsers. */
  async delete(id: string): Promise<void> {
    await this.database.write.deleteFrom('users').where('id', '=', id).execute();
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.database.write
      .updateTable('users')
      .set({ password_hash: passwordHash })
      .where('id', '=', id)
      .execute();
  }

  async noteSignIn(id: string, at: number): Promise<void> {
    await this.database.write
      .updateTable('users')
      .set({ last_sign_in_at: at })
      .where('id', '=', id)
      .execute();
  }
}
