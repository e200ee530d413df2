import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Culprit } from '@hostdeck/contracts';
import { Database } from '../../../database/database';
import type { CulpritSample, StoredCulprits } from '../../history-store';
import { CulpritHistory } from './culprit-history';

const MINUTE = 60_000;
const WINDOW = 10 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 86_400_000;
/** On a window's beginning. */
const START = 1_699_833_600_000;
const GRACES = { fresh: 0, spread: 0, late: 0, rollUp: 0 };
const SECOND = 1_000;

/** Some processes that stay, one that comes and goes under the same pid, and one that changes its command line. */
function culpritsAt(turn: number): Culprit[] {
  return [
    [1, START - DAY, 'systemd', 'root', '/sbin/init', turn % 7 === 3 ? null : 0.3, 1_048_576],
    [70, START - DAY, 'postgres', 'postgres', 'postgres: writer', turn % 50, (turn % 9) * 65_536],
    [71, START + turn * SECOND, 'cc1plus', 'build', `cc1plus unit-${String(turn)}.cpp`, 99.9, null],
    [72, START - DAY, 'worker', null, turn < 40 ? 'idle' : 'job 40', 12.5, 655_360],
    ...(turn % 5 === 0 ? [[73, START, 'кот', 'a', null, 1.5, 65_536] as Culprit] : []),
  ];
}

function samples(host: number, from: number, count: number): StoredCulprits[] {
  return Array.from({ length: count }, (_, turn) => ({
    host,
    at: from + turn * 10 * SECOND,
    culprits: culpritsAt(turn),
  }));
}

/** As read back: in the order of pids, which says nothing. */
function inOrder(read: readonly CulpritSample[]): CulpritSample[] {
  return read.map(({ at, culprits }) => ({
    at,
    culprits: culprits.toSorted((first, second) => first[0] - second[0]),
  }));
}

describe('the history of culprits', () => {
  let dataDir: string;
  let database: Database;
  let crashAt: string | null;
  let history: CulpritHistory;

  const open = async (now: number) => {
    history = new CulpritHistory(database, {
      graces: GRACES,
      retention: 7 * DAY,
      observe: (step) => {
        if (step === crashAt) throw new Error(`crash at: ${step}`);
      },
    });
    await history.open(now);
  };
  const append = async (added: readonly StoredCulprits[], now: number, fails = false) => {
    try {
      const done: { written?: Awaited<ReturnType<CulpritHistory['append']>> } = {};
      await database.transaction(async (connection) => {
        done.written = await history.append(connection, added);
        if (fails) throw new Error('the disk is full');
      });
      if (done.written !== undefined) history.committed(done.written, now);
    } catch {
      history.undone();
    }
  };
  const settle = async (now: number) => {
    while (await history.maintain(now));
  };
  const readAll = async (host: number, count: number, from = START) =>
    inOrder(await history.read({ host, from, to: from + count * 10 * SECOND }));
  const expected = (host: number, from: number, count: number) =>
    samples(host, from, count).map(({ at, culprits }) => ({ at, culprits }));
  const rowsOf = async (table: string) =>
    (
      await database.historyReader.all<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)
    )[0]?.count;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-culprits-'));
    database = await Database.open(dataDir);
    crashAt = null;
    await open(START);
  });
  afterEach(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('reads the same before and after sealing, also what came late, host by host', async () => {
    const [one, two] = [samples(1, START, 180), samples(2, START, 90)];
    for (let turn = 0; turn < 180; turn += 3) {
      // A minute in the middle comes late.
      const fresh = one
        .slice(turn, turn + 3)
        .filter((_, index) => turn + index < 60 || turn + index >= 66);
      await append([...fresh, ...two.slice(turn, turn + 3)], START + turn * 10 * SECOND);
    }
    const before = await readAll(1, 180);
    expect(before).toHaveLength(174);
    await settle(START + 40 * MINUTE);
    expect(await readAll(1, 180)).toEqual(before);
    expect(await rowsOf('culprit_journal')).toBe(0);
    expect(await rowsOf('culprits')).toBe(5);
    await append(one.slice(60, 66), START + 41 * MINUTE);
    expect(await readAll(1, 180)).toEqual(expected(1, START, 180));
    await settle(START + 42 * MINUTE);
    expect(await readAll(1, 180)).toEqual(expected(1, START, 180));
    expect(await readAll(2, 90)).toEqual(expected(2, START, 90));
    expect(await readAll(2, 5, START + MINUTE)).toEqual(expected(2, START, 11).slice(6));
  });

  it('does not refer to what was sealed', async () => {
    await append(samples(1, START, 30), START);
    await settle(START + WINDOW);
    await append(samples(1, START + 5 * MINUTE, 20), START + WINDOW);
    await open(START + WINDOW);
    expect(await readAll(1, 20, START + 5 * MINUTE)).toEqual(expected(1, START + 5 * MINUTE, 20));
  });

  it('does not refer to what was not committed', async () => {
    await append(samples(1, START, 2), START);
    await append(samples(1, START + 20 * SECOND, 3), START, true);
    await append(samples(1, START + 20 * SECOND, 3), START);
    expect(await readAll(1, 2)).toEqual(expected(1, START, 2));
    expect(await readAll(1, 3, START + 20 * SECOND)).toEqual(expected(1, START + 20 * SECOND, 3));
  });

  it.each([
    ['sealing culprits'],
    ['culprits written'],
    ['before commit of culprits'],
    ['culprits sealed'],
  ])('reads the same after it ended at "%s"', async (step) => {
    await append(samples(1, START, 90), START);
    crashAt = step;
    await expect(settle(START + 20 * MINUTE)).rejects.toThrow('crash at');
    crashAt = null;
    await open(START + 21 * MINUTE);
    expect(await readAll(1, 90)).toEqual(expected(1, START, 90));
    await append(samples(1, START + 15 * MINUTE, 30), START + 21 * MINUTE);
    await settle(START + 30 * MINUTE);
    expect(await readAll(1, 120)).toEqual([
      ...expected(1, START, 90),
      ...expected(1, START + 15 * MINUTE, 30),
    ]);
    expect(await rowsOf('culprit_journal')).toBe(0);
  });

  it('drops what is past its retention, and all of a host that is removed', async () => {
    await append([...samples(1, START, 60), ...samples(1, START + DAY, 60)], START);
    await append(samples(2, START + DAY, 60), START);
    await settle(START + DAY + HOUR);
    await append(samples(2, START + DAY + WINDOW, 3), START + DAY + WINDOW);
    await settle(START + 8 * DAY);
    expect(await history.oldest(1)).toBe(START + DAY);
    while (await history.dropHost(2));
    await open(START + 8 * DAY);
    expect(await history.oldest(2)).toBeNull();
    expect(await rowsOf('culprits')).toBe(1);
  });
});
