import type { ProcessColumn, ProcessState } from '@hostdeck/contracts';
import type { LiveProcess } from './process-book';

/** A column of the table. */
export type TableColumn = ProcessColumn | 'memoryShare';

/** Which processes are wanted. */
export interface ProcessFilter {
  /** Name, command line, user or pid contain it; empty: all. */
  readonly text: string;
  /** `null`: everybody's. */
  readonly user: string | null;
  readonly state: ProcessState | null;
}

/** In which order. Unknown values come last either way. */
export interface ProcessOrder {
  readonly column: TableColumn;
  readonly descending: boolean;
}

/** A process in its place. */
export interface PlacedProcess {
  readonly process: LiveProcess;
  /** Steps below the top of the tree; 0 in a list. */
  readonly depth: number;
  /** Whether it has children in the tree, and whether they are shown. */
  readonly branch: 'none' | 'open' | 'closed';
  /** Whether it is what was asked for; else it stands there for what is below it. */
  readonly wanted: boolean;
}

/** From running to unknown, as a list of states reads. */
export const STATE_ORDER: Readonly<Record<ProcessState, number>> = {
  running: 0,
  blocked: 1,
  sleeping: 2,
  idle: 3,
  stopped: 4,
  zombie: 5,
  other: 6,
};

/** The wanted processes. */
export function filterProcesses(
  rows: readonly LiveProcess[],
  { text, user, state }: ProcessFilter,
): readonly LiveProcess[] {
  const sought = text.trim().toLowerCase();
  if (sought === '' && user === null && state === null) return rows;
  return rows.filter(
    (row) =>
      (user === null || row.user === user) &&
      (state === null || row.state === state) &&
      (sought === '' || row.searched.includes(sought)),
  );
}

/** The processes in order; equals by their pids. */
export function sortProcesses(
  rows: readonly LiveProcess[],
  order: ProcessOrder,
): readonly LiveProcess[] {
  return keyed(rows, order.column)
    .sort(comparison(order))
    .map(({ process }) => process);
}

/** The wanted processes as a list. */
export function listProcesses(
  rows: readonly LiveProcess[],
  filter: ProcessFilter,
  order: ProcessOrder,
): readonly PlacedProcess[] {
  return sortProcesses(filterProcesses(rows, filter), order).map((process) => ({
    process,
    depth: 0,
    branch: 'none',
    wanted: true,
  }));
}

/** What every sorting compares: made once for each row, because a row is compared a dozen times. */
export interface KeyedProcess {
  readonly process: LiveProcess;
  readonly key: number | string | null;
}

/** The rows with what they are sorted by. */
export function keyed(rows: readonly LiveProcess[], column: TableColumn): KeyedProcess[] {
  return rows.map((process) => ({ process, key: sortKey(process, column) }));
}

/** How two rows stand to each other. */
export function comparison({ descending }: ProcessOrder) {
  const sign = descending ? -1 : 1;
  return (a: KeyedProcess, b: KeyedProcess): number => {
    if (a.key !== b.key) {
      if (a.key === null) return 1;
      if (b.key === null) return -1;
      return a.key < b.key ? -sign : sign;
    }
    return a.process.pid - b.process.pid;
  };
}

function sortKey(process: LiveProcess, column: TableColumn): number | string | null {
  const value = process[column];
  if (column === 'state') return STATE_ORDER[process.state];
  // Plain comparison of lower case: a collator would take ten times as long.
  return typeof value === 'string' ? value.toLowerCase() : value;
}
