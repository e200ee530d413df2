import { Migrator, type Kysely } from 'kysely';
import { StartError } from '../config/start-error';
import { MIGRATIONS } from './migrations';
import type { Tables } from './tables';

/**
 * Brings a database's schema up to date.
 *
 * @param name what to call the database in a refusal
 * @throws {StartError} when a newer Hostdeck has written it.
 */
export async function migrate(db: Kysely<Tables>, name: string): Promise<void> {
  await refuseNewer(db, name);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('the schema cannot be brought up to date', { cause: error });
}

/** @throws {StartError} when the database has steps of its schema that this version does not know. */
export async function refuseNewer(db: Kysely<Tables>, name: string): Promise<void> {
  const done = await executedMigrations(db);
  const unknown = done.filter((step) => !Object.hasOwn(MIGRATIONS, step));
  if (unknown.length === 0) return;
  throw new StartError(
    `${name}: a newer Hostdeck has written this database (it has ${unknown.join(', ')}); use that version, or another database`,
  );
}

/** Names of the steps that have been done, or none for a database that is not ours. */
export async function executedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}
