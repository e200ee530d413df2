import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { Database } from './database';
import type { Tables } from './tables';

describe('a transaction that a full disk has undone', () => {
  it('fails for the full disk, not for there being nothing to undo', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-database-'));
    const database = await Database.open(dataDir);
    const add = (on: Kysely<Tables>, start: number) =>
      on
        .insertInto('blind_spans')
        .values({ start, until: start + 1 })
        .execute();
    await sql`PRAGMA max_page_count = 1`.execute(database.write);
    const transaction = database.write.transaction().execute(async (within) => {
      for (let start = 1; start < 5_000; start += 1) await add(within, start);
    });
    await expect(transaction).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await sql`PRAGMA max_page_count = 1000000`.execute(database.write);
    await add(database.write, 1);
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('changes made together', () => {
  let dataDir: string;
  let database: Database;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-database-'));
    database = await Database.open(dataDir);
  });
  afterEach(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const span = (start: number) =>
    database.write.insertInto('blind_spans').values({ start, until: start + 1 });
  const starts = async () => {
    const rows = await database.read.selectFrom('blind_spans').select('start').execute();
    return rows.map(({ start }) => start).sort((first, second) => first - second);
  };

  it('are all done, those included that come while others are under way', async () => {
    const first = database.runTogether(span(1));
    await Promise.all([first, database.runTogether(span(2)), first.then(() => starts())]);
    await Promise.all([3, 4, 5].map((start) => database.runTogether(span(start))));
    expect(await starts()).toEqual([1, 2, 3, 4, 5]);
  });

  it('are not done when one of them fails, and the next are', async () => {
    const outcomes = await Promise.allSettled([
      database.runTogether(span(1)),
      database.runTogether(span(1)),
      database.runTogether(span(2)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await starts()).toEqual([]);
    await database.runTogether(span(2));
    expect(await starts()).toEqual([2]);
  });
});
