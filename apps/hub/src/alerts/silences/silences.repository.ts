import { NewSilenceSchema, type SilenceDefinition } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';

/** A silence as it is kept. */
export interface StoredSilence {
  readonly id: string;
  readonly definition: SilenceDefinition;
  readonly createdBy: string;
  readonly createdAt: number;
}

@Injectable()
export class SilencesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every silence, in the order they were made. */
  async all(): Promise<StoredSilence[]> {
    const rows = await this.database.read
      .selectFrom('silences')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      definition: NewSilenceSchema.parse(JSON.parse(row.definition)),
      createdBy: row.created_by,
      createdAt: row.created_at,
    }));
  }

  async save({ id, definition, createdBy, createdAt }: StoredSilence): Promise<void> {
    const text = JSON.stringify(definition);
    await this.database.write
      .insertInto('silences')
      .values({ id, definition: text, created_by: createdBy, created_at: createdAt })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ definition: text }))
      .execute();
  }

  async remove(id: string): Promise<void> {
    await this.database.write.deleteFrom('silences').where('id', '=', id).execute();
  }
}
