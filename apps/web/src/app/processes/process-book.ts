import type { ProcessIdentity, ProcessRow, ProcessScan, ProcessValues } from '@hostdeck/contracts';

/** A row of the table. It is a new object whenever something of it changed, and else the same. */
export interface LiveProcess extends ProcessRow {
  /** Tells it from a later process that got the same pid. */
  readonly key: string;
  /** What the text of a filter is looked for in, in lower case. */
  readonly searched: string;
}

/** A whole scan of a host. */
export interface ProcessTable {
  /** When it was, on the host's clock, ms since the epoch. */
  readonly at: number;
  /** Processes on the host; more than there are rows when it has too many to send. */
  readonly total: number;
  readonly rows: readonly LiveProcess[];
}

/** What is known of the processes of one host, put together from differences. */
export class ProcessBook {
  private readonly byPid = new Map<number, LiveProcess>();

  /** Takes over the next part of a scan. @returns the table when the scan is whole; `null` while parts are missing */
  apply({ first, last, ...scan }: ProcessScan): ProcessTable | null {
    if (first) this.byPid.clear();
    for (const pid of scan.gone) this.byPid.delete(pid);
    for (const identity of scan.appeared) {
      const before = this.byPid.get(identity.pid);
      // The same process with another name or command line keeps its values.
      const known = before?.started === identity.started ? before : NO_VALUES;
      this.byPid.set(identity.pid, { ...known, ...identified(identity) });
    }
    for (const values of scan.values) {
      const row = this.byPid.get(values[0]);
      // Of a process that was never introduced nothing can be shown.
      if (row !== undefined) this.byPid.set(row.pid, measured(row, values, scan.memoryTotal));
    }
    return last ? { at: scan.at, total: scan.total, rows: [...this.byPid.values()] } : null;
  }
}

const NO_VALUES = {
  state: 'other',
  cpu: null,
  memory: null,
  memoryShare: null,
  read: null,
  write: null,
  threads: null,
  files: null,
} as const satisfies Partial<ProcessRow>;

function identified({ pid, ppid, name, user, command, started }: ProcessIdentity) {
  return {
    key: `${pid}-${started}`,
    pid,
    ppid,
    name,
    user,
    command,
    started,
    searched: [pid, name, user, command].join('\n').toLowerCase(),
  };
}

function measured(
  row: LiveProcess,
  [, state, cpu, memory, read, write, threads, files]: ProcessValues,
  memoryTotal: number | null,
): LiveProcess {
  const memoryShare =
    memory === null || memoryTotal === null || memoryTotal === 0
      ? null
      : (100 * memory) / memoryTotal;
  return { ...row, state, cpu, memory, memoryShare, read, write, threads, files };
}
