import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '../src/config/config';
import { Database } from '../src/database/database';
import { SqliteHistoryStore } from '../src/history/sqlite/sqlite-history.store';
import { SchemasRepository } from '../src/schemas/schemas.repository';
import { SchemasService } from '../src/schemas/schemas.service';
import { ProgramUnderTest } from './program';
import { openStored } from './stored';

const HOUR = 3_600_000;
/** Midnight of some day: windows of every tier begin here. */
const START = 1_699_833_600_000;
const ID = 'a'.repeat(32);

describe('a check of the database', () => {
  const hub = new ProgramUnderTest();
  const path = () => join(hub.dataDir, 'hostdeck.sqlite');

  /** Thirteen hours of one host, sealed and rolled up, and a few frames that are not. */
  beforeEach(async () => {
    const database = await Database.open(hub.dataDir);
    const schemas = new SchemasService(new SchemasRepository(database));
    const { number: schema } = await schemas.intern(['cpu.busy', 'disk.busy{sda}']);
    await database.write
      .insertInto('hosts')
      .values({
        key: 1,
        id: ID,
        name: 'web-1',
        tags: '[]',
        public_key: 'k',
        interval: 10_000,
        created_at: 0,
      })
      .execute();
    const config = parseConfig({ HOSTDECK_DATA_DIR: hub.dataDir });
    const store = new SqliteHistoryStore(database, schemas, config, () => undefined);
    const append = (from: number, count: number, receivedAt: number) =>
      store.append({
        frames: Array.from({ length: count }, (_, index) => ({
          host: 1,
          at: from + index * 10_000,
          schema,
          values: [(index * 7) % 100, null],
        })),
        setAside: [],
        culprits: Array.from({ length: count }, (_, index) => ({
          host: 1,
          at: from + index * 10_000,
          culprits: [[7, 5, 'cron', 'root', `cron -f ${String(index % 3)}`, index % 9, 1e7]],
        })),
        progress: [],
        receivedAt,
      });
    await append(START, 13 * 360, START + 13 * HOUR);
    while (await store.maintain(START + 14 * HOUR));
    await append(START + 14 * HOUR, 5, START + 14 * HOUR);
    await database.close();
  });

  async function damage(sql: string, values: readonly (number | Uint8Array)[] = []): Promise<void> {
    const connection = await openStored(hub.dataDir, false);
    expect(await connection.run(sql, values)).toMatchObject({ changes: 1 });
    await connection.close();
  }

  async function problems(): Promise<string[]> {
    const { code, stdout, stderr } = await hub.command('check');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.pop()).toMatch(new RegExp(`: ${lines.length} problems?$`));
    return lines;
  }

  it('counts everything that is stored and changes nothing', async () => {
    const before = await readFile(path());
    const { code, stdout } = await hub.command('check');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${path()}: 4680 frames in 78 chunks, 5 not sealed, 1704 points in 14 blocks, 4685 samples of culprits: all is well\n`,
    });
    expect(await readFile(path())).toEqual(before);
  });

  it('finds one bit that turned over, in any chunk or block, and says whose and when', async () => {
    const connection = await openStored(hub.dataDir);
    const read = async (table: string, start: number) => {
      const [row] = await connection.all<{ id: number; bytes: Buffer }>(
        `SELECT id, bytes FROM ${table} WHERE start = ? ORDER BY id LIMIT 1`,
        [start],
      );
      if (row === undefined) throw new Error(`no row of ${table}`);
      const place = row.bytes.length >> 1;
      row.bytes[place] = (row.bytes[place] ?? 0) ^ 4;
      return row;
    };
    const chunk = await read('chunks', START + 3 * 600_000);
    const block = await read('blocks', START + 2 * HOUR);
    const culprits = await read('culprits', START + 4 * 600_000);
    await connection.close();
    await damage('UPDATE culprits SET bytes = ? WHERE id = ?', [culprits.bytes, culprits.id]);
    await damage('UPDATE chunks SET bytes = ? WHERE id = ?', [chunk.bytes, chunk.id]);
    await damage('UPDATE blocks SET bytes = ? WHERE id = ?', [block.bytes, block.id]);
    expect(await problems()).toEqual([
      `chunk of web-1 (${ID}), 2023-11-13T00:30:00.000Z + 10 min: the chunk cannot be inflated`,
      `block of web-1 (${ID}), 2023-11-13T02:00:00.000Z + 60 min: the block cannot be inflated`,
      `culprits of web-1 (${ID}), 2023-11-13T00:40:00.000Z + 10 min: the block of culprits cannot be inflated`,
    ]);
  });

  it('finds what does not add up', async () => {
    const window = START + 5 * 600_000;
    await damage('UPDATE chunks SET frames = 59 WHERE start = ?', [window]);
    await damage('UPDATE chunks SET start = start + 1000000000, host = 7 WHERE start = ?', [START]);
    await damage('UPDATE blocks SET points = 1 WHERE step = 60000 AND start = ?', [START + HOUR]);
    await damage('UPDATE culprits SET samples = 3 WHERE start = ?', [window]);
    await damage(
      `UPDATE culprit_journal SET bytes = x'0001' WHERE id = (SELECT max(id) FROM culprit_journal)`,
    );
    await damage('UPDATE journal SET schema = 99 WHERE id = (SELECT max(id) FROM journal)');
    expect(await problems()).toEqual([
      'chunk of an unknown host (key 7), 2023-11-24T13:46:40.000Z + 10 min: it has frames of another window',
      `chunk of web-1 (${ID}), 2023-11-13T00:50:00.000Z + 10 min: it has 60 frames instead of 59`,
      `block of web-1 (${ID}), 2023-11-13T01:00:00.000Z + 60 min: it has 120 points instead of 1`,
      `journal of web-1 (${ID}), 2023-11-13T14:00:40.000Z: schema 99 does not exist`,
      `culprits of web-1 (${ID}), 2023-11-13T00:50:00.000Z + 10 min: it has 60 samples instead of 3`,
      `culprits of web-1 (${ID}), 2023-11-13T14:00:00.000Z + 10 min: the bytes end within a number`,
    ]);
  });

  it('finds pages of the file that are no pages, and goes on with the rest', async () => {
    const bytes = await readFile(path());
    await writeFile(path(), bytes.fill(255, bytes.length - 3 * 4_096));
    const lines = await problems();
    expect(lines.length).toBeGreaterThan(0);
    expect(
      lines.every((line) => /^(database|table|chunk|block|journal|culprits)[: ]/.test(line)),
    ).toBe(true);
    expect(lines.some((line) => line.startsWith('database: '))).toBe(true);
  });

  it('says that a file is none of ours', async () => {
    const file = join(hub.dataDir, 'other');
    await writeFile(file, '');
    expect(await hub.command('check', file)).toMatchObject({
      code: 1,
      stderr: `hostdeck-hub: ${file}: is not a database of Hostdeck\n`,
    });
    await writeFile(file, Buffer.alloc(10_000, 'garbage'));
    expect((await hub.command('check', file)).stdout).toMatch(/^database: .*not a database/);
  });
});
