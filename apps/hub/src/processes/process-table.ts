import {
  PROCESS_LIMITS,
  type ProcessIdentity,
  type ProcessRow,
  type ProcessScan,
  type ProcessValues,
} from '@hostdeck/contracts';
import { WireFailure } from '../sockets/wire-failure';

/** About what a row takes beside its texts, bytes. */
const ROW_BYTES = 300;
/** Beyond this the table has no room for long command lines, bytes: they are cut to {@link SHORT_COMMAND}. */
const ROOMY_BYTES = 4 * 1024 * 1024;
/** A table is never larger than this, bytes. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Length of a command line that was cut, UTF-16 code units. */
const SHORT_COMMAND = 160;

interface Row {
  readonly identity: ProcessIdentity;
  readonly values: ProcessValues;
}

/** A scan of which parts have come. */
interface Pending {
  readonly at: number;
  readonly first: boolean;
  bytes: number;
  readonly appeared: Map<number, ProcessIdentity>;
  readonly values: Map<number, ProcessValues>;
  readonly gone: Set<number>;
}

/** The processes of one host, as the scans of its agent tell them. Only whole scans are seen. */
export class ProcessTable {
  private readonly rows = new Map<number, Row>();
  private pending: Pending | null = null;
  private isKnown = false;
  private kept = 0;
  /** When the host was scanned last, on its clock. */
  at = 0;
  /** Processes on the host. */
  total = 0;
  memoryTotal: number | null = null;

  /** About what it takes in memory, bytes. */
  get bytes(): number {
    return this.kept + (this.pending?.bytes ?? 0);
  }

  /** Whether a whole scan has come. */
  get isWhole(): boolean {
    return this.isKnown;
  }

  get size(): number {
    return this.rows.size;
  }

  /** Whether the use of CPU of any process is known: it takes two readings. */
  get knowsUse(): boolean {
    for (const { values } of this.rows.values()) if (values[2] !== null) return true;
    return false;
  }

  /**
   * Takes a part of a scan.
   *
   * @returns what the scan changed once it is whole, `null` before
   * @throws {WireFailure} `out_of_order` for what does not fit what is known, `too_large` for more than is kept
   */
  take(part: ProcessScan): ProcessScan | null {
    const pending = this.pendingFor(part);
    for (const identity of part.appeared) {
      if (pending.appeared.has(identity.pid)) throw twice(identity.pid);
      const kept = pending.bytes > ROOMY_BYTES ? withShortCommand(identity) : identity;
      pending.bytes += bytesOf(kept);
      pending.appeared.set(identity.pid, kept);
    }
    for (const values of part.values) {
      if (pending.values.has(values[0])) throw twice(values[0]);
      pending.values.set(values[0], values);
    }
    for (const pid of part.gone) pending.gone.add(pid);
    for (const { size } of [pending.appeared, pending.values, pending.gone]) {
      if (size > PROCESS_LIMITS.rows) throw tooMany();
    }
    if (pending.bytes > MOST_BYTES) throw tooMany();
    if (!part.last) return null;
    this.pending = null;
    return this.apply(pending, part);
  }

  /** Everything that is known, as a first scan; `null` before a whole one has come. */
  snapshot(): ProcessScan | null {
    if (!this.isKnown) return null;
    const rows = [...this.rows.values()];
    return {
      at: this.at,
      first: true,
      last: true,
      total: this.total,
      memoryTotal: this.memoryTotal,
      appeared: rows.map(({ identity }) => identity),
      values: rows.map(({ values }) => values),
      gone: [],
    };
  }

  /** Every row, in no order. */
  *list(): Generator<ProcessRow> {
    const { memoryTotal } = this;
    for (const { identity, values } of this.rows.values()) {
      const [, state, cpu, memory, read, write, threads, files] = values;
      const memoryShare =
        memory === null || memoryTotal === null || memoryTotal === 0
          ? null
          : (memory / memoryTotal) * 100;
      yield { ...identity, state, cpu, memory, memoryShare, read, write, threads, files };
    }
  }

  private pendingFor({ at, first }: ProcessScan): Pending {
    const { pending } = this;
    if (!first && pending !== null) {
      if (at !== pending.at) throw outOfOrder('a part of the scan before is missing');
      return pending;
    }
    if (!first && !this.isKnown) throw outOfOrder('begin with a first scan');
    this.pending = { at, first, bytes: 0, appeared: new Map(), values: new Map(), gone: new Set() };
    return this.pending;
  }

  private apply(pending: Pending, { at, total, memoryTotal }: ProcessScan): ProcessScan {
    const { first, values, gone } = pending;
    if (first) {
      this.rows.clear();
      this.kept = 0;
    }
    for (const pid of gone) {
      if (!this.rows.has(pid)) throw outOfOrder(`process ${pid} is gone and was not there`);
      this.remove(pid);
    }
    const appeared = [...pending.appeared.values()].map((identity) => {
      const own = values.get(identity.pid) ?? this.rows.get(identity.pid)?.values;
      if (own === undefined) throw outOfOrder(`process ${identity.pid} has no values`);
      return this.add(identity, own);
    });
    for (const [pid, own] of values) {
      const row = this.rows.get(pid);
      if (row === undefined) throw outOfOrder(`process ${pid} has values and no name`);
      this.rows.set(pid, { identity: row.identity, values: own });
    }
    if (this.rows.size > PROCESS_LIMITS.rows) throw tooMany();
    this.isKnown = true;
    this.at = at;
    this.total = Math.max(total, this.rows.size);
    this.memoryTotal = memoryTotal;
    return {
      at,
      first,
      last: true,
      total: this.total,
      memoryTotal,
      appeared,
      values: [...values.values()],
      // A pid that another process has now is not gone.
      gone: [...gone].filter((pid) => !this.rows.has(pid)),
    };
  }

  private add(identity: ProcessIdentity, values: ProcessValues): ProcessIdentity {
    this.remove(identity.pid);
    const kept = this.kept > ROOMY_BYTES ? withShortCommand(identity) : identity;
    this.kept += bytesOf(kept);
    if (this.kept > MOST_BYTES) throw tooMany();
    this.rows.set(kept.pid, { identity: kept, values });
    return kept;
  }

  private remove(pid: number): void {
    const row = this.rows.get(pid);
    if (row === undefined) return;
    this.kept -= bytesOf(row.identity);
    this.rows.delete(pid);
  }
}

function bytesOf({ name, user, command }: ProcessIdentity): number {
  return ROW_BYTES + name.length + (user?.length ?? 0) + (command?.length ?? 0);
}

function withShortCommand(identity: ProcessIdentity): ProcessIdentity {
  const { command } = identity;
  if (command === null || command.length <= SHORT_COMMAND) return identity;
  return { ...identity, command: `${command.slice(0, SHORT_COMMAND - 1)}…` };
}

function outOfOrder(message: string): WireFailure {
  return new WireFailure('out_of_order', message);
}

function twice(pid: number): WireFailure {
  return outOfOrder(`process ${pid} is in the scan twice`);
}

function tooMany(): WireFailure {
  return new WireFailure('too_large', `more than ${PROCESS_LIMITS.rows} processes, or too long`);
}
