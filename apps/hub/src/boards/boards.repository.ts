import { BoardContentSchema, type BoardContent } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { BoardsTable } from '../database/tables';

/** A board as it is kept. */
export interface StoredBoard {
  readonly id: string;
  readonly ownerId: string;
  readonly owner: string;
  readonly content: BoardContent;
  readonly changedAt: number;
}

@Injectable()
export class BoardsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Boards that are shared or somebody's own, by their ids. */
  async visibleTo(ownerId: string): Promise<StoredBoard[]> {
    const rows = await this.database.read
      .selectFrom('boards')
      .selectAll()
      .where((where) => where.or([where('owner_id', '=', ownerId), where('shared', '=', 1)]))
      .orderBy('id')
      .execute();
    return rows.map(toBoard);
  }

  async find(id: string): Promise<StoredBoard | null> {
    const row = await this.database.read
      .selectFrom('boards')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toBoard(row);
  }

  /** Keeps a new board or the new content of one. */
  async save({ id, ownerId, owner, content, changedAt }: StoredBoard): Promise<void> {
    const changed = {
      content: JSON.stringify(content),
      shared: content.shared ? 1 : 0,
      changed_at: changedAt,
    };
    await this.database.write
      .insertInto('boards')
      .values({ id, owner_id: ownerId, owner, ...changed })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
      .execute();
  }

  async remove(id: string): Promise<void> {
    await this.database.write.deleteFrom('boards').where('id', '=', id).execute();
  }
}

function toBoard(row: BoardsTable): StoredBoard {
  return {
    id: row.id,
    ownerId: row.owner_id,
    owner: row.owner,
    content: BoardContentSchema.parse(JSON.parse(row.content)),
    changedAt: row.changed_at,
  };
}
