import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';

@Injectable()
export class SchemasRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The number of the schema with this hash, given out now if it is new. */
  async intern(hash: string, series: readonly string[]): Promise<number> {
    const known = await this.database.read
      .selectFrom('schemas')
      .select('id')
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (known !== undefined) return known.id;
    await this.database.write
      .insertInto('schemas')
      .values({ hash, series: JSON.stringify(series) })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
    const { id } = await this.database.write
      .selectFrom('schemas')
      .select('id')
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
    return id;
  }

  /** The series keys of a schema, or `null` when there is none of that number. */
  async find(number: number): Promise<string[] | null> {
    const row = await this.database.read
      .selectFrom('schemas')
      .select('series')
      .where('id', '=', number)
      .executeTakeFirst();
    // Written by `intern` above and by nobody else.
    return row === undefined ? null : (JSON.parse(row.series) as string[]);
  }
}
