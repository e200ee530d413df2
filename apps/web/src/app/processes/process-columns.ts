import { fullTime } from '../charts/time-labels';
import { count } from '../language/count';
import { ageWords, durationWords } from '../units/duration';
import { formatBytes, formatExact, formatValue, UNKNOWN } from '../units/quantity';
import type { LiveProcess } from './process-book';
import type { TableColumn } from './process-order';
import { PROCESS_TEXTS } from './processes.texts';

/** How a column of the table looks. */
export interface ColumnSpec {
  readonly key: TableColumn;
  readonly label: string;
  readonly meaning: string;
  /** As `grid-template-columns` wants it. */
  readonly width: string;
  /** Least width, px. */
  readonly least: number;
  /** Whether its cells are numbers, which stand at the right edge. */
  readonly numeric: boolean;
  /** Whether the greatest is wanted first when somebody sorts by it. */
  readonly greatestFirst: boolean;
}

/** Least and greatest width, px; the command line has what is left. */
const WIDTHS: Readonly<Record<TableColumn, readonly [least: number, most: number]>> = {
  pid: [76, 76],
  ppid: [76, 76],
  name: [150, 190],
  user: [92, 120],
  state: [96, 96],
  cpu: [84, 84],
  memory: [92, 92],
  memoryShare: [78, 78],
  read: [96, 96],
  write: [96, 96],
  threads: [84, 84],
  files: [72, 72],
  started: [76, 76],
  command: [220, Infinity],
};

const TEXT_COLUMNS: ReadonlySet<TableColumn> = new Set(['name', 'user', 'state', 'command']);
const LEAST_FIRST: ReadonlySet<TableColumn> = new Set(['pid', 'ppid', ...TEXT_COLUMNS]);

/** Every column, in the order of the table. */
export const COLUMN_KEYS = [
  'pid',
  'ppid',
  'name',
  'user',
  'state',
  'cpu',
  'memory',
  'memoryShare',
  'read',
  'write',
  'threads',
  'files',
  'started',
  'command',
] as const satisfies readonly TableColumn[];

export const COLUMNS: readonly ColumnSpec[] = COLUMN_KEYS.map((key) => {
  const [label, meaning] = PROCESS_TEXTS.columns[key];
  const [least, most] = WIDTHS[key];
  return {
    key,
    label,
    meaning,
    width: `minmax(${least}px, ${most === Infinity ? '1fr' : `${most}px`})`,
    least,
    numeric: !TEXT_COLUMNS.has(key),
    greatestFirst: !LEAST_FIRST.has(key),
  };
});

/** What is shown where nobody has chosen: on a desk, and where there is little room. */
export const USUAL_COLUMNS: readonly TableColumn[] = COLUMN_KEYS.filter(
  (key) => key !== 'ppid' && key !== 'memoryShare' && key !== 'files',
);
export const NARROW_COLUMNS: readonly TableColumn[] = ['name', 'cpu', 'memory'];

/** A cell. @param now the host's clock, ms since the epoch */
export function cellText(process: LiveProcess, column: TableColumn, now: number): string {
  switch (column) {
    case 'pid':
    case 'ppid':
      return String(process[column]);
    case 'name':
      return process.name;
    case 'user':
      return process.user ?? UNKNOWN.value;
    case 'state':
      return PROCESS_TEXTS.states[process.state];
    case 'cpu':
    case 'memoryShare':
      return formatValue('percent', process[column]);
    case 'memory':
      return formatValue('bytes', process.memory);
    case 'read':
    case 'write':
      return formatValue('bytes_per_second', process[column]);
    case 'threads':
    case 'files':
      return countText(process[column]);
    case 'started':
      return ageWords(now - process.started);
    case 'command':
      return process.command ?? PROCESS_TEXTS.noCommand;
  }
}

/** The same as exact as it is known, in words where nothing is. */
export function exactText(process: LiveProcess, column: TableColumn, now: number): string {
  switch (column) {
    case 'pid':
    case 'ppid':
    case 'name':
      return cellText(process, column, now);
    case 'user':
      return process.user ?? PROCESS_TEXTS.unknown;
    case 'command':
      return process.command ?? PROCESS_TEXTS.noCommandMeaning;
    case 'state':
      return `${PROCESS_TEXTS.states[process.state]}: ${PROCESS_TEXTS.stateMeanings[process.state]}`;
    case 'started':
      return `${fullTime(process.started)} (${durationWords(now - process.started)})`;
    case 'cpu':
    case 'memory':
    case 'memoryShare':
    case 'read':
    case 'write':
    case 'threads':
    case 'files':
      return process[column] === null ? PROCESS_TEXTS.unknown : known(process, column);
  }
}

function known(
  process: LiveProcess,
  column: 'cpu' | 'memory' | 'memoryShare' | 'read' | 'write' | 'threads' | 'files',
): string {
  const value = process[column];
  switch (column) {
    case 'cpu':
    case 'memoryShare':
      return formatExact('percent', value);
    case 'memory':
      return `${formatExact('bytes', value)} (${formatBytes(value)})`;
    case 'read':
    case 'write':
      return formatExact('bytes_per_second', value);
    case 'threads':
    case 'files':
      return countText(value);
  }
}

function countText(value: number | null): string {
  return value === null ? UNKNOWN.value : count(value);
}
