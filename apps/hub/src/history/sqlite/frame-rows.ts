/**
 * Frames on their way into a table: the numbers of all rows as one JSON text, their values as one blob, so that a commit binds a
 * handful of values whatever it holds. Bound one by one they took two fifths of the main thread's share of a commit, and a statement
 * for every few rows made SQLite's thread and this one wake each other a dozen times.
 */
import type { SqliteConnection } from '../../database/sqlite-connection';
import type { OutboxProgress, StoredFrame } from '../history-store';
import type { Layouts } from './raw-codec';
import { encodeFrames } from './values-codec';

/** What one statement stores. */
export interface FrameRows {
  /** JSON: host, time, schema, start of its values in `bytes` counted from 1, and their length, for each frame. */
  readonly rows: string;
  readonly bytes: Uint8Array;
  readonly count: number;
}

const FROM_ROWS = 'value ->> 0, value ->> 1, value ->> 2, substr(?2, value ->> 3, value ->> 4)';

export async function toRows(frames: readonly StoredFrame[], layouts: Layouts): Promise<FrameRows> {
  const resolutions = new Map<number, readonly number[]>();
  for (const { schema } of frames) {
    if (!resolutions.has(schema)) resolutions.set(schema, (await layouts(schema)).resolutions);
  }
  const { bytes, ends } = encodeFrames(
    frames.map(({ schema, values }) => ({ values, resolutions: resolutions.get(schema) ?? [] })),
  );
  const rows = frames.map(({ host, at, schema }, index) => {
    const start = ends[index - 1] ?? 0;
    return [host, at, schema, start + 1, (ends[index] ?? start) - start];
  });
  return { rows: JSON.stringify(rows), bytes, count: frames.length };
}

/** Puts frames into the journal, the first as row `firstRow`, the others after it. */
export async function addToJournal(
  connection: SqliteConnection,
  { rows, bytes, count }: FrameRows,
  firstRow: number,
): Promise<void> {
  if (count === 0) return;
  await connection.run(
    `INSERT INTO journal (id, host, at, schema, vals) SELECT ?3 + key, ${FROM_ROWS} FROM json_each(?1)`,
    [rows, bytes, firstRow],
  );
}

/** Puts frames apart. */
export async function addAside(
  connection: SqliteConnection,
  { rows, bytes, count }: FrameRows,
  receivedAt: number,
): Promise<void> {
  if (count === 0) return;
  await connection.run(
    `INSERT INTO set_aside (host, at, schema, vals, received_at) SELECT ${FROM_ROWS}, ?3 FROM json_each(?1)`,
    [rows, bytes, receivedAt],
  );
}

/** Notes what is stored of outboxes. */
export async function noteProgress(
  connection: SqliteConnection,
  progress: readonly OutboxProgress[],
  receivedAt: number,
): Promise<void> {
  const rows = JSON.stringify(progress.map(({ outbox, ranges }) => [outbox, ranges]));
  await connection.run(
    'REPLACE INTO stored_ranges (outbox, ranges, received_at) SELECT value ->> 0, value ->> 1, ?2 FROM json_each(?1)',
    [rows, receivedAt],
  );
}
