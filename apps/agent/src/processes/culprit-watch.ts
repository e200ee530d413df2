import { PROCESS_LIMITS, type Culprit, type ProcessIdentity } from '@hostdeck/contracts';
import { isSelected } from '../collectors/options';
import { shorten } from './command-text';
import type { CulpritSource } from './host-processes';
import { displayName, readIdentity, type IdentitySources } from './identities';
import { most } from './most';
import { TICKS_PER_SECOND, type ProcessStat } from './process-stat';
import { TimeSlices } from './time-slices';
import { UnexplainedTime } from './unexplained-time';

/** One in so many of the processes that do nothing is read in a pass: each once in two minutes. */
const ROTATION = 12;
/** Passes for which a process that did something is read again in each. */
const ATTENTION = 6;
const RESTRICTED =
  'processes of other users are hidden from this one: /proc is mounted with hidepid, so run the agent in the group that gid= names, or as root';

/** Time of processors that a pass can tell whose it was, in ticks. */
interface Explained {
  /** Of processes that are there. */
  own: number;
  /** Of processes that have ended, as their parents say. */
  ended: number;
}

/** What is remembered of a process from pass to pass. */
interface Known {
  readonly pid: number;
  stat: ProcessStat;
  /** When it was read, in ticks since boot. */
  readAt: number;
  /** Pass in which it was last seen to have used a processor, or began. */
  activeIn: number;
  /** Pass in which it was last read. */
  readIn: number;
  /** Percent of one processor, as of the last reading. */
  cpu: number | null;
  /** Whether the settings let it be shown. */
  isShown: boolean;
}

/**
 * Finds the culprits without reading every process each time, which takes 11 µs for each: those that do nothing are read in turn.
 * Whether one of them has begun to do something shows in the time of the processors that the processes that were read do not explain;
 * then all are read in the same pass. What is not seen is in `docs/protocol.md`.
 */
export class CulpritWatch implements CulpritSource {
  readonly #sources: IdentitySources;
  readonly #pageSize: number | null;
  #known = new Map<number, Known>();
  #identities = new Map<
    number,
    { readonly stat: ProcessStat; readonly identity: ProcessIdentity }
  >();
  #largest: readonly Known[] = [];
  #pass = 0;
  /** When the pass before was, in ticks since boot, and how long processors had been busy; `null` before the first. */
  #before: { readonly at: number; readonly busy: number } | null = null;
  readonly #unexplained = new UnexplainedTime(ROTATION);
  #settings: unknown = null;
  #problem: string | null = null;

  /** @param pageSize bytes of a page of memory; `null` unknown */
  constructor(sources: IdentitySources, pageSize: number | null) {
    this.#sources = sources;
    this.#pageSize = pageSize;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** How many processes were read in the last pass, for the record of what it costs. */
  get lastRead(): number {
    let count = 0;
    for (const { readIn } of this.#known.values()) if (readIn === this.#pass) count += 1;
    return count;
  }

  async sample(now: number): Promise<readonly Culprit[]> {
    const { files, clock } = this.#sources;
    this.#noticeSettings();
    this.#pass += 1;
    const at = clock.ticks(now);
    const busy = clock.busyTicks(now);
    this.#problem = files.isRestricted ? RESTRICTED : null;
    const slices = new TimeSlices();
    const explained: Explained = { own: 0, ended: 0 };
    const known = new Map<number, Known>();
    for (const pid of files.pids()) {
      const before = this.#known.get(pid);
      if (before !== undefined) known.set(pid, before);
      else this.#read({ pid, before, at }, known, explained);
      if (slices.isOver) await slices.next();
    }
    const wanted = this.#wanted(known);
    const unread: Known[] = [];
    for (const before of known.values()) {
      if (before.readIn === this.#pass) continue;
      if (!this.#isDue(before) && !wanted.has(before.pid)) {
        unread.push(before);
        continue;
      }
      if (slices.isOver) await slices.next();
      this.#read({ pid: before.pid, before, at }, known, explained);
    }
    const elapsed = this.#before === null ? 0 : at - this.#before.at;
    const used = this.#before === null ? 0 : busy - this.#before.busy;
    const unexplained = () =>
      used - explained.own - Math.max(0, explained.ended - this.#gone(known));
    const allRead = this.#unexplained.isTooMuch(unexplained(), elapsed);
    for (const before of allRead ? unread : []) {
      if (slices.isOver) await slices.next();
      this.#read({ pid: before.pid, before, at }, known, explained);
    }
    this.#unexplained.keep(this.#pass, { ticks: unexplained(), elapsed, allRead });
    this.#before = { at, busy };
    this.#known = known;
    return this.#choose(now);
  }

  /** Those to be read although they did nothing: the largest, and the parents of those that have ended, who have their time. */
  #wanted(present: ReadonlyMap<number, Known>): ReadonlySet<number> {
    const wanted = new Set(this.#largest.map(({ pid }) => pid));
    for (const { pid, stat } of this.#known.values()) if (!present.has(pid)) wanted.add(stat.ppid);
    return wanted;
  }

  #isDue({ pid, activeIn }: Known): boolean {
    return this.#pass - activeIn <= ATTENTION || (pid + this.#pass) % ROTATION === 0;
  }

  /** What was explained before of processes that have ended since: their parents have that time now, too. */
  #gone(known: ReadonlyMap<number, Known>): number {
    let ticks = 0;
    for (const { pid, stat } of this.#known.values()) {
      if (known.get(pid)?.stat.started !== stat.started) ticks += stat.cpu + stat.children;
    }
    return ticks;
  }

  /** Reads a process, if it is still there, into `known`, and adds to what is explained. */
  #read(
    {
      pid,
      before,
      at,
    }: { readonly pid: number; readonly before: Known | undefined; readonly at: number },
    known: Map<number, Known>,
    explained: Explained,
  ): void {
    const stat = this.#sources.files.stat(pid);
    if (stat === null) {
      known.delete(pid);
      return;
    }
    if (before?.stat.started !== stat.started) {
      known.set(pid, this.#begin(pid, stat, at));
      // One that was there before anybody looked has used its time before.
      if (this.#before !== null) {
        explained.own += stat.cpu;
        explained.ended += stat.children;
      }
      return;
    }
    const used = Math.max(0, stat.cpu - before.stat.cpu);
    const ended = Math.max(0, stat.children - before.stat.children);
    const elapsed = at - before.readAt;
    // What was read a while ago may have used up to all of what was unexplained until the pass before; the rest is of this one.
    const unexplained = this.#unexplained.between(before.readIn, this.#pass - 1);
    const recent = Math.max(0, used - unexplained);
    const sinceLast = at - (this.#before?.at ?? before.readAt);
    const cpu = Math.max(elapsed > 0 ? used / elapsed : 0, sinceLast > 0 ? recent / sinceLast : 0);
    known.set(pid, before);
    if (before.stat.name !== stat.name) before.isShown = this.#isShown(stat);
    before.stat = stat;
    before.readAt = at;
    before.readIn = this.#pass;
    before.cpu = cpu * 100;
    if (used + ended > 0) before.activeIn = this.#pass;
    explained.own += recent;
    explained.ended += ended;
  }

  #begin(pid: number, stat: ProcessStat, at: number): Known {
    const age = at - stat.started;
    const isNew = this.#before !== null && stat.started >= this.#before.at - TICKS_PER_SECOND;
    return {
      pid,
      stat,
      readAt: at,
      // Of those that were there before anybody looked, nothing is known yet; a new one that only waits is like any that does nothing.
      activeIn: this.#before === null || stat.cpu === 0 ? this.#pass - ATTENTION - 1 : this.#pass,
      readIn: this.#pass,
      // All that a new one has used was since the pass before.
      cpu: isNew && age > 0 ? (stat.cpu / age) * 100 : null,
      isShown: this.#isShown(stat),
    };
  }

  #choose(now: number): Culprit[] {
    const shown = [...this.#known.values()].filter(({ isShown }) => isShown);
    // The time of those that were not read is unknown, and little.
    const busiest = most(shown, PROCESS_LIMITS.culprits, ({ cpu, readIn }) =>
      readIn === this.#pass && cpu !== null && cpu >= 0.05 ? cpu : null,
    );
    this.#largest = most(shown, PROCESS_LIMITS.culprits, ({ stat: { pages } }) =>
      pages > 0 ? pages : null,
    );
    const chosen = new Set([...busiest, ...this.#largest]);
    const identities = new Map<
      number,
      { readonly stat: ProcessStat; readonly identity: ProcessIdentity }
    >();
    const culprits = [...chosen].map((process): Culprit => {
      const own = this.#identityOf(process, now);
      identities.set(process.pid, own);
      const { started, name, user, command } = own.identity;
      const isRead = process.readIn === this.#pass;
      return [
        process.pid,
        started,
        name,
        user,
        command === null ? null : shorten(command, PROCESS_LIMITS.culpritCommand),
        isRead && process.cpu !== null ? Math.round(process.cpu * 10) / 10 : null,
        this.#pageSize === null ? null : process.stat.pages * this.#pageSize,
      ];
    });
    this.#identities = identities;
    return culprits;
  }

  /** Who it is: read anew when it was not among the culprits before, or has become another program. */
  #identityOf({ pid, stat }: Known, now: number) {
    const known = this.#identities.get(pid);
    const isSame = known?.stat.started === stat.started && known.stat.name === stat.name;
    return isSame ? known : { stat, identity: readIdentity(this.#sources, { pid, stat }, now) };
  }

  /** What was read under other settings is not to be shown under these. */
  #noticeSettings(): void {
    const settings = this.#sources.settings();
    if (settings === this.#settings) return;
    this.#settings = settings;
    this.#identities.clear();
    for (const process of this.#known.values()) {
      process.isShown = this.#isShown(process.stat);
    }
  }

  #isShown({ name }: ProcessStat): boolean {
    return isSelected(this.#sources.settings().processes, displayName(name), true);
  }
}
