/** Decodes everything that is stored of culprits, and says what cannot be. */
import { RAW_WINDOW } from '../../tiers';
import { startOf } from '../../rollup';
import type { CheckedRows, HistoryProblem } from '../history-checker';
import { decodeCulprits } from './culprit-block';
import { readCulpritRows } from './culprit-rows';

interface BlockRow {
  readonly id: number;
  readonly host: number;
  readonly start: number;
  readonly samples: number;
  readonly last_row: number;
  readonly bytes: Buffer;
}

interface JournalRow {
  readonly id: number;
  readonly host: number;
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Looks at all samples.
 *
 * @returns how many there are
 */
export async function checkCulprits(
  rows: CheckedRows,
  report: (problem: HistoryProblem) => void,
): Promise<number> {
  let count = 0;
  const judge = async (host: number, start: number, check: () => Promise<number> | number) => {
    try {
      count += await check();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report({ what: 'culprits', host, window: { start, length: RAW_WINDOW }, reason });
    }
  };
  const sealed = new Map<string, number>();
  const blocks = rows<BlockRow>('culprits', 'id, host, start, samples, last_row, bytes');
  for await (const row of blocks) {
    sealed.set(keyOf(row.host, row.start), row.last_row);
    await judge(row.host, row.start, () => checkBlock(row));
  }
  // Rows are read together: each refers to names in those before it. What is sealed may have lost its beginning.
  const windows = new Map<string, JournalRow[]>();
  for await (const row of rows<JournalRow>('culprit_journal', 'id, host, at, bytes')) {
    const key = keyOf(row.host, startOf(row.at, RAW_WINDOW));
    if (row.id > (sealed.get(key) ?? 0)) windows.set(key, [...(windows.get(key) ?? []), row]);
  }
  for (const window of windows.values()) {
    const [first] = window;
    if (first === undefined) continue;
    const start = startOf(first.at, RAW_WINDOW);
    await judge(first.host, start, () => readCulpritRows(window).length);
  }
  return count;
}

async function checkBlock({ start, samples, bytes }: BlockRow): Promise<number> {
  const decoded = await decodeCulprits(bytes);
  if (decoded.length !== samples) {
    throw new Error(`it has ${decoded.length} samples instead of ${samples}`);
  }
  if (decoded.some(({ at }) => at < start || at >= start + RAW_WINDOW)) {
    throw new Error('it has samples of another window');
  }
  return decoded.length;
}

function keyOf(host: number, start: number): string {
  return `${host} ${start}`;
}
