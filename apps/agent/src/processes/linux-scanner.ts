import { totalmem } from 'node:os';
import { PROCESS_LIMITS, type ProcessIdentity, type ProcessValues } from '@hostdeck/contracts';
import { isSelected } from '../collectors/options';
import type { HostProcesses, ProcessScanner, ScannedProcess } from './host-processes';
import { displayName, readIdentity, type IdentitySources } from './identities';
import { mostUsing } from './most';
import { TICKS_PER_SECOND, type ProcessStat } from './process-stat';
import { TimeSlices } from './time-slices';
import { TransferMeter } from './transfer-meter';

/** One in so many of the processes that do nothing has its open files and transfers read in a scan. */
const ROTATION = 10;
/** A process this young may still become another program under the same name, ticks. */
const YOUNG = 10 * TICKS_PER_SECOND;

/** What is remembered of a process from scan to scan. */
interface Tracked {
  readonly pid: number;
  stat: ProcessStat;
  readAt: number;
  /** Percent of one processor since the scan before; `null` in its first. */
  cpu: number | null;
  /** Whether something of it has changed since the scan before. */
  isActive: boolean;
  isShown: boolean;
  files: number | null;
  readonly transfer: TransferMeter;
  /** As it is sent; `null` until it is. */
  scanned: ScannedProcess | null;
  /** The name that {@link scanned} was made with. */
  identifiedAs: string | null;
}

/**
 * Scans the processes of Linux. A scan of 10,000 is long work, so it is cut into slices, and of processes that did nothing only the
 * one line is read that tells so.
 */
export class LinuxProcessScanner implements ProcessScanner {
  readonly #sources: IdentitySources;
  readonly #pageSize: number | null;
  #tracked = new Map<number, Tracked>();
  #scans = 0;

  /** @param pageSize bytes of a page of memory; `null` unknown */
  constructor(sources: IdentitySources, pageSize: number | null) {
    this.#sources = sources;
    this.#pageSize = pageSize;
  }

  async scan(): Promise<HostProcesses> {
    const { files, clock } = this.#sources;
    const at = Date.now();
    const now = performance.now();
    const slices = new TimeSlices();
    this.#scans += 1;
    const pids = files.pids();
    const tracked = new Map<number, Tracked>();
    for (const pid of pids) {
      if (slices.isOver) await slices.next();
      const process = this.#track(pid, clock.ticks(now) + (performance.now() - now) / 10);
      if (process !== null) tracked.set(pid, process);
    }
    this.#tracked = tracked;
    const shown = mostUsing(
      [...tracked.values()].filter(({ isShown }) => isShown),
      PROCESS_LIMITS.rows,
    );
    const processes: ScannedProcess[] = [];
    for (const process of shown) {
      if (slices.isOver) await slices.next();
      processes.push(this.#complete(process, now));
    }
    return { at, total: pids.length, memoryTotal: totalmem(), processes };
  }

  forget(): void {
    this.#tracked = new Map();
    this.#scans = 0;
  }

  /** Reads the one line. @param at time since boot, ticks @returns `null` for one that is gone */
  #track(pid: number, at: number): Tracked | null {
    const stat = this.#sources.files.stat(pid);
    if (stat === null) return null;
    const before = this.#tracked.get(pid);
    if (before?.stat.started !== stat.started) return this.#begin(pid, stat, at);
    const used = stat.cpu - before.stat.cpu;
    const elapsed = at - before.readAt;
    before.cpu = elapsed > 0 ? (Math.max(0, used) / elapsed) * 100 : before.cpu;
    before.isActive =
      used > 0 || stat.pages !== before.stat.pages || stat.state !== before.stat.state;
    if (stat.name !== before.stat.name) before.isShown = this.#isShown(stat);
    before.stat = stat;
    before.readAt = at;
    return before;
  }

  #begin(pid: number, stat: ProcessStat, at: number): Tracked {
    const age = at - stat.started;
    // What began since the scan before has used all of its time since then.
    const isNew = this.#scans > 1 && age > 0;
    return {
      pid,
      stat,
      readAt: at,
      cpu: isNew ? (stat.cpu / age) * 100 : null,
      isActive: true,
      isShown: this.#isShown(stat),
      files: null,
      transfer: new TransferMeter(),
      scanned: null,
      identifiedAs: null,
    };
  }

  #isShown({ name }: ProcessStat): boolean {
    return isSelected(this.#sources.settings().processes, displayName(name), true);
  }

  /** Reads what else there is to know and has changed. */
  #complete(process: Tracked, now: number): ScannedProcess {
    const { files } = this.#sources;
    const { pid, transfer } = process;
    const isItsTurn = (pid + this.#scans) % ROTATION === 0;
    if (process.isActive || isItsTurn) process.files = files.openFiles(pid);
    if (process.isActive || isItsTurn || transfer.isMoving) {
      transfer.read(() => files.transfer(pid), performance.now());
    }
    const values = this.#valuesOf(process);
    const identity = this.#identityOf(process, now);
    const before = process.scanned;
    if (before?.identity !== identity || before.values !== values) {
      process.scanned = { identity, values };
    }
    return process.scanned ?? { identity, values };
  }

  /** The values: the same object as before when none has changed. */
  #valuesOf({ pid, stat, cpu, transfer, files, scanned }: Tracked): ProcessValues {
    const values: ProcessValues = [
      pid,
      stat.state,
      cpu === null ? null : Math.round(cpu * 10) / 10,
      this.#pageSize === null ? null : stat.pages * this.#pageSize,
      transfer.readRate,
      transfer.writeRate,
      stat.threads,
      files,
    ];
    const before = scanned?.values;
    return before?.every((value, place) => value === values[place]) === true ? before : values;
  }

  /** Who it is: the same object as before until that changes. */
  #identityOf(process: Tracked, now: number): ProcessIdentity {
    const { pid, stat, scanned, identifiedAs, readAt } = process;
    const before = scanned?.identity;
    const isSure =
      before?.ppid === stat.ppid &&
      identifiedAs === stat.name &&
      (!process.isActive || readAt - stat.started > YOUNG);
    if (isSure) return before;
    process.identifiedAs = stat.name;
    const identity = readIdentity(this.#sources, { pid, stat }, now);
    return before !== undefined && isSameIdentity(before, identity) ? before : identity;
  }
}

function isSameIdentity(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.started === other.started &&
    one.ppid === other.ppid &&
    one.name === other.name &&
    one.user === other.user &&
    one.command === other.command
  );
}
