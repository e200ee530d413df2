import { PROCESS_LIMITS, type Culprit, type ProcessIdentity } from '@hostdeck/contracts';
import { isSelected } from '../collectors/options';
import { shorten } from './command-text';
import type { CulpritSource } from './host-processes';
import { HeldStats } from './held-stats';
import { displayName, readIdentity, type IdentitySources } from './identities';
import type { Explained, Known, Pass } from './known-process';
import { most } from './most';
import { TICKS_PER_SECOND, type ProcessStat } from './process-stat';
import { TimeSlices } from './time-slices';
import { UnexplainedTime } from './unexplained-time';

/** One in so many of the processes that do nothing is read in a pass: each once in two minutes. */
const ROTATION = 12;
/** Passes for which a process that did something is read again in each. */
const ATTENTION = 6;
/** Longest piece of a command line that is looked at, bytes: several times what is kept of it. */
const COMMAND_BYTES = 1_024;
/** After so many processes it is looked whether others should have their turn. */
const BETWEEN_LOOKS = 16;
const RESTRICTED =
  'processes of other users are hidden from this one: /proc is mounted with hidepid, so run the agent in the group that gid= names, or as root';

/** Who a culprit is, as of the reading that said so. */
interface Identified {
  readonly stat: ProcessStat;
  readonly identity: ProcessIdentity;
  /** Its command line, as long as it may be. */
  readonly command: string | null;
}

/**
 * Finds the culprits without reading every process each time, which takes 11 µs for each: those that do nothing are read in turn.
 * Whether one of them has begun to do something shows in the time of the processors that the processes that were read do not explain;
 * then all are read in the same pass. What is not seen is in `docs/protocol.md`.
 */
export class CulpritWatch implements CulpritSource {
  readonly #sources: IdentitySources;
  readonly #pageSize: number | null;
  readonly #held: HeldStats;
  readonly #known = new Map<number, Known>();
  #identities = new Map<number, Identified>();
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
    this.#held = new HeldStats(sources.files);
  }

  get problem(): string | null {
    return this.#problem;
  }

  async sample(now: number): Promise<readonly Culprit[]> {
    const { files, clock } = this.#sources;
    this.#noticeSettings();
    this.#pass += 1;
    const at = clock.ticks(now);
    const busy = clock.busyTicks(now);
    this.#problem = files.isRestricted ? RESTRICTED : null;
    const slices = new TimeSlices();
    const pass: Pass = { at, explained: { own: 0, ended: 0, gone: 0 } };
    const present = await this.#look(pass, slices);
    const wanted = this.#wanted(pass);
    const unread = await this.#readThose(
      present,
      (known) => this.#isDue(known) || wanted.has(known.pid),
      { pass, slices },
    );
    const elapsed = this.#before === null ? 0 : at - this.#before.at;
    const used = this.#before === null ? 0 : busy - this.#before.busy;
    const unexplained = () => {
      const { own, ended, gone } = pass.explained;
      return used - own - Math.max(0, ended - gone);
    };
    const allRead = this.#unexplained.isTooMuch(unexplained(), elapsed);
    if (allRead) await this.#readThose(unread, () => true, { pass, slices });
    this.#unexplained.keep(this.#pass, { ticks: unexplained(), elapsed, allRead });
    this.#before = { at, busy };
    this.#held.release();
    return this.#choose(now);
  }

  // Loops by index: an iterator makes an object for each of what may be thousands of processes.

  /** Goes through the list of processes and reads those that are new. @returns those that were known */
  async #look(pass: Pass, slices: TimeSlices): Promise<readonly Known[]> {
    const present: Known[] = [];
    const pids = this.#sources.files.pids();
    for (let index = 0; index < pids.length; index += 1) {
      const pid = pids[index] ?? 0;
      const known = this.#known.get(pid);
      if (known === undefined) {
        this.#readNew(pid, pass);
        if (index % BETWEEN_LOOKS === 0 && slices.isOver) await slices.next();
      } else {
        known.seenIn = this.#pass;
        present.push(known);
      }
    }
    return present;
  }

  /** Reads those of `candidates` that are `wanted` and were not read in this pass. @returns the others that were not */
  async #readThose(
    candidates: readonly Known[],
    isWanted: (known: Known) => boolean,
    { pass, slices }: { readonly pass: Pass; readonly slices: TimeSlices },
  ): Promise<readonly Known[]> {
    const others: Known[] = [];
    for (let index = 0; index < candidates.length; index += 1) {
      const known = candidates[index];
      if (known === undefined || known.readIn === this.#pass) continue;
      if (!isWanted(known)) {
        others.push(known);
        continue;
      }
      this.#readAgain(known, pass);
      if (index % BETWEEN_LOOKS === 0 && slices.isOver) await slices.next();
    }
    return others;
  }

  /** Those to be read although they did nothing: the largest, and the parents of those that have ended, who have their time. */
  #wanted({ explained }: Pass): ReadonlySet<number> {
    const wanted = new Set(this.#largest.map(({ pid }) => pid));
    this.#known.forEach((known) => {
      if (known.seenIn === this.#pass) return;
      wanted.add(known.stat.ppid);
      this.#forget(known, explained);
    });
    return wanted;
  }

  #isDue({ pid, activeIn }: Known): boolean {
    return this.#pass - activeIn <= ATTENTION || (pid + this.#pass) % ROTATION === 0;
  }

  #forget({ pid, stat }: Known, explained: Explained): void {
    this.#known.delete(pid);
    explained.gone += stat.cpu + stat.children;
  }

  #readNew(pid: number, { at, explained }: Pass): void {
    const stat = this.#sources.files.stat(pid);
    if (stat !== null) this.#add(pid, stat, { at, explained });
  }

  #add(pid: number, stat: ProcessStat, { at, explained }: Pass): void {
    this.#known.set(pid, this.#begin(pid, stat, at));
    // One that was there before anybody looked has used its time before.
    if (this.#before === null) return;
    explained.own += stat.cpu;
    explained.ended += stat.children;
  }

  /** Reads a process that is known, if it is still there, and adds to what is explained. */
  #readAgain(known: Known, pass: Pass): void {
    const { pid } = known;
    const { at, explained } = pass;
    // Those that are read only in their turn are not worth a descriptor.
    const isOften = this.#pass - known.activeIn <= ATTENTION || this.#largest.includes(known);
    const stat = isOften ? this.#held.read(pid) : this.#sources.files.stat(pid);
    if (stat?.started !== known.stat.started) {
      this.#forget(known, explained);
      if (stat !== null) this.#add(pid, stat, pass);
      return;
    }
    const used = Math.max(0, stat.cpu - known.stat.cpu);
    const ended = Math.max(0, stat.children - known.stat.children);
    const elapsed = at - known.readAt;
    // What was read a while ago may have used up to all of what was unexplained until the pass before; the rest is of this one.
    const unexplained = this.#unexplained.between(known.readIn, this.#pass - 1);
    const recent = Math.max(0, used - unexplained);
    const sinceLast = at - (this.#before?.at ?? known.readAt);
    const cpu = Math.max(elapsed > 0 ? used / elapsed : 0, sinceLast > 0 ? recent / sinceLast : 0);
    if (known.stat.name !== stat.name) known.isShown = this.#isShown(stat);
    known.stat = stat;
    known.readAt = at;
    known.readIn = this.#pass;
    known.cpu = cpu * 100;
    if (used + ended > 0) known.activeIn = this.#pass;
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
      seenIn: this.#pass,
      // All that a new one has used was since the pass before.
      cpu: isNew && age > 0 ? (stat.cpu / age) * 100 : null,
      isShown: this.#isShown(stat),
    };
  }

  #choose(now: number): Culprit[] {
    const shown: Known[] = [];
    this.#known.forEach((known) => {
      if (known.isShown) shown.push(known);
    });
    // The time of those that were not read is unknown, and little.
    const busiest = most(shown, PROCESS_LIMITS.culprits, ({ cpu, readIn }) =>
      readIn === this.#pass && cpu !== null && cpu >= 0.05 ? cpu : null,
    );
    this.#largest = most(shown, PROCESS_LIMITS.culprits, ({ stat: { pages } }) =>
      pages > 0 ? pages : null,
    );
    const identities = new Map<number, Identified>();
    const culprits = [...new Set([...busiest, ...this.#largest])].map((process): Culprit => {
      const own = this.#identityOf(process, now);
      identities.set(process.pid, own);
      const { started, name, user } = own.identity;
      const isRead = process.readIn === this.#pass;
      return [
        process.pid,
        started,
        name,
        user,
        own.command,
        isRead && process.cpu !== null ? Math.round(process.cpu * 10) / 10 : null,
        this.#pageSize === null ? null : process.stat.pages * this.#pageSize,
      ];
    });
    this.#identities = identities;
    return culprits;
  }

  /** Who it is: read anew when it was not among the culprits before, or has become another program. */
  #identityOf({ pid, stat }: Known, now: number): Identified {
    const known = this.#identities.get(pid);
    if (known?.stat.started === stat.started && known.stat.name === stat.name) return known;
    const identity = readIdentity(this.#sources, { pid, stat, commandBytes: COMMAND_BYTES }, now);
    const { command } = identity;
    return {
      stat,
      identity,
      command: command === null ? null : shorten(command, PROCESS_LIMITS.culpritCommand),
    };
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
