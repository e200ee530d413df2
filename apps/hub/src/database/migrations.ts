/** The database's schema, step by step. A step that has been released is never changed: add another. */
import { sql, type Kysely, type Migration } from 'kysely';
import { ALERTS } from './alert-steps';
import { BOARDS } from './board-steps';
import { NOTIFICATIONS } from './notification-steps';
import { SHARE_LINKS } from './share-steps';
import { USERS } from './user-steps';
import { PROCESSES_AND_SETTINGS } from './process-steps';

const STATE = [
  `CREATE TABLE users (
    id TEXT PRIMARY KEY, username TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL, role TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX sessions_by_expiry ON sessions (expires_at)`,
  `CREATE INDEX sessions_by_user ON sessions (user_id)`,
  `CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, last_used_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, address TEXT,
    action TEXT NOT NULL, detail TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE hosts (
    key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    tags TEXT NOT NULL, public_key TEXT NOT NULL, facts TEXT, interval INTEGER NOT NULL,
    clock_offset INTEGER, created_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT`,
  `CREATE UNIQUE INDEX hosts_by_public_key ON hosts (public_key) WHERE removed_at IS NULL`,
  `CREATE TABLE enrollment_tokens (
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, tags TEXT NOT NULL,
    uses_left INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE write_test (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT`,
];

const JOURNAL = [
  `CREATE TABLE schemas (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, series TEXT NOT NULL) STRICT`,
  `CREATE TABLE outboxes (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, epoch TEXT NOT NULL, UNIQUE (host, epoch)
  ) STRICT`,
  `CREATE TABLE stored_ranges (
    outbox INTEGER PRIMARY KEY, ranges TEXT NOT NULL, received_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE journal (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, at INTEGER NOT NULL, schema INTEGER NOT NULL,
    vals BLOB NOT NULL
  ) STRICT`,
  `CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, at INTEGER NOT NULL, schema INTEGER NOT NULL,
    vals BLOB NOT NULL, received_at INTEGER NOT NULL
  ) STRICT`,
];

const HISTORY = [
  // Chunks: a host's raw frames of one window. Blocks: its rollup points of one window and step.
  `CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, start INTEGER NOT NULL, frames INTEGER NOT NULL,
    last_row INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (host, start)
  ) STRICT`,
  `CREATE INDEX chunks_by_start ON chunks (start)`,
  `CREATE TABLE blocks (
    id INTEGER PRIMARY KEY, step INTEGER NOT NULL, host INTEGER NOT NULL, start INTEGER NOT NULL,
    points INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (step, host, start)
  ) STRICT`,
  `CREATE INDEX blocks_by_start ON blocks (step, start)`,
  // Windows whose block is missing or older than the data below it.
  `CREATE TABLE stale_blocks (
    step INTEGER NOT NULL, host INTEGER NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (step, host, start)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX stale_blocks_by_start ON stale_blocks (step, start)`,
];

const EVENTS = [
  `CREATE TABLE host_events (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX host_events_by_host ON host_events (host, at, id)`,
  `CREATE INDEX host_events_by_time ON host_events (at)`,
  `CREATE TABLE blind_spans (start INTEGER PRIMARY KEY, until INTEGER NOT NULL) STRICT`,
  `CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT`,
  `ALTER TABLE hosts ADD COLUMN epoch TEXT`,
  `ALTER TABLE outboxes ADD COLUMN counted_below INTEGER`,
];

const ROWS_OF_CHUNKS = [
  // At a start the greatest row number that was ever sealed is asked for.
  `CREATE INDEX chunks_by_last_row ON chunks (last_row)`,
];

function steps(statements: readonly string[]): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}

/** Every step by its name, in the order they run. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-state': steps(STATE),
  '0002-journal': steps(JOURNAL),
  '0003-history': steps(HISTORY),
  '0004-events': steps(EVENTS),
  '0005-processes-and-settings': steps(PROCESSES_AND_SETTINGS),
  '0006-alerts': steps(ALERTS),
  '0007-notifications': steps(NOTIFICATIONS),
  '0007-users': steps(USERS),
  '0008-boards': steps(BOARDS),
  '0009-share-links': steps(SHARE_LINKS),
  '0010-rows-of-chunks': steps(ROWS_OF_CHUNKS),
};
