import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { StartError } from '../config/start-error';
import { Lock } from '../database/lock';
import { executedMigrations, refuseNewer } from '../database/migrate';
import { SqliteConnection } from '../database/sqlite-connection';
import { sqliteDialect } from '../database/sqlite-dialect';
import type { Tables } from '../database/tables';
import {
  HistoryChecker,
  type HistoryCounts,
  type HistoryProblem,
} from '../history/sqlite/history-checker';

/** How long a lock of the hub's is waited for, ms. */
const PATIENCE = 30_000;
/** Complaints of SQLite's that are listed. */
const MOST_COMPLAINTS = 100;

/** What was found. */
export interface Checked {
  readonly counts: HistoryCounts;
  readonly problems: number;
}

/**
 * Looks through a database without changing it: its structure, and everything that is stored of the history. The hub may run meanwhile.
 *
 * @param say gets one line for every problem, as it is found
 * @throws {StartError} when there is no such file, or it is no database that this version can read.
 */
export async function checkDatabase(path: string, say: (line: string) => void): Promise<Checked> {
  if (!existsSync(path)) throw new StartError(`${path}: there is no such file`);
  let problems = 0;
  const complain = (line: string) => {
    problems += 1;
    say(line);
  };
  const connection = await SqliteConnection.open(path, { readOnly: true, busyTimeout: PATIENCE });
  try {
    const checker = new HistoryChecker(connection, (problem) => {
      complain(describe(problem, hosts));
    });
    const hosts = new Map<number, string>();
    if (!(await isOurs(connection, path, complain))) return { counts: checker.counts, problems };
    await checkStructure(connection, complain);
    const rows = await connection.all<{ key: number; id: string; name: string }>(
      'SELECT key, id, name FROM hosts',
    );
    for (const { key, id, name } of rows) hosts.set(key, `${name} (${id})`);
    await checker.run();
    return { counts: checker.counts, problems };
  } finally {
    await connection.close();
  }
}

async function isOurs(
  connection: SqliteConnection,
  path: string,
  complain: (line: string) => void,
): Promise<boolean> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection, new Lock()) });
  try {
    if ((await executedMigrations(db)).length === 0) {
      throw new StartError(`${path}: is not a database of Hostdeck`);
    }
    await refuseNewer(db, path);
    return true;
  } catch (error) {
    if (error instanceof StartError) throw error;
    complain(`database: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function checkStructure(
  connection: SqliteConnection,
  complain: (line: string) => void,
): Promise<void> {
  try {
    const rows = await connection.all<{ integrity_check: string }>(
      `PRAGMA integrity_check(${String(MOST_COMPLAINTS)})`,
    );
    for (const { integrity_check: text } of rows) {
      for (const line of text.split('\n')) if (line !== 'ok') complain(`database: ${line}`);
    }
  } catch (error) {
    complain(`database: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `chunk of web-1 (id), 2026-01-02T03:10:00.000Z + 10 min: the chunk cannot be inflated` */
function describe(
  { what, host, window, reason }: HistoryProblem,
  hosts: ReadonlyMap<number, string>,
): string {
  if (host === null || window === null) return `${what}: ${reason}`;
  const name = hosts.get(host) ?? `an unknown host (key ${host})`;
  const length = window.length === 0 ? '' : ` + ${window.length / 60_000} min`;
  return `${what} of ${name}, ${timeText(window.start)}${length}: ${reason}`;
}

function timeText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
