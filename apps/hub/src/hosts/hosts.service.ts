import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { AgentReport, HostAlerts, HostChange, HostEvent } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import { CLOCK, type Clock } from '../config/tokens';
import type { WithoutText } from '../events/event-text';
import { Host, type HostFrame, type StoredHost } from './host';
import { HostsRepository, type Greeting } from './hosts.repository';

interface HostEvents {
  /** A frame that has just been sampled. */
  frame: [host: Host, frame: HostFrame];
  /** Status, name, tags or backlog. */
  changed: [host: Host];
  removed: [host: Host];
  /** What its agent says of how it is doing. */
  reported: [host: Host, before: AgentReport | null];
  /** Something happened to it that is worth remembering. */
  noted: [host: Host, event: WithoutText<HostEvent>];
  /** The hub itself did nothing from `from` to `until`. */
  absent: [from: number, until: number];
}

/** A moment in which all hosts were judged. */
interface Look {
  /** On the hub's clock. */
  readonly at: number;
  /** On a clock that nobody can set. It stands still while the machine is suspended (clock_gettime(2), CLOCK_MONOTONIC). */
  readonly steady: number;
  /** On the system's clock, which goes on meanwhile. When it is set forward nobody was watched in the time left out either. */
  readonly system: number;
}

/** How often every host's status is judged again, ms. */
const JUDGE_EVERY = 500;

/** Clock offsets that differ by less are the same, ms. */
const SAME_OFFSET = 100;

/** Every host, in memory: what is known of it, and who wants to hear of changes. */
@Injectable()
export class HostsService {
  readonly events = new EventEmitter<HostEvents>();
  private readonly hosts = new Map<string, Host>();
  private readonly startedAt: number;
  private timer: NodeJS.Timeout | null = null;
  /** When all hosts were judged last. */
  private lastLook: Look;

  constructor(
    @Inject(HostsRepository) private readonly repository: HostsRepository,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    // As many parts of the hub listen as there are, and no more: it is no leak.
    this.events.setMaxListeners(30);
    this.startedAt = now();
    this.lastLook = this.look();
  }

  /** Loads the hosts and begins to judge them. */
  async start(): Promise<void> {
    for (const stored of await this.repository.all()) this.add(stored);
    this.lastLook = this.look();
    this.timer = setInterval(() => this.judgeAll(), JUDGE_EVERY);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Adds a host that has just joined, or was stored. */
  add(stored: StoredHost): Host {
    const host = new Host(stored, this.startedAt);
    host.judge(this.now());
    this.hosts.set(host.id, host);
    this.events.emit('changed', host);
    return host;
  }

  find(id: string): Host | null {
    return this.hosts.get(id) ?? null;
  }

  /** Every host, in the order they joined. */
  all(): IterableIterator<Host> {
    return this.hosts.values();
  }

  receive(host: Host, frame: HostFrame): void {
    if (this.isGone(host)) return;
    host.receive(frame, this.now());
    this.events.emit('frame', host, frame);
    this.judge(host);
  }

  receiveLate(host: Host, frame: HostFrame): void {
    host.receiveLate(frame, this.now());
    this.judge(host);
  }

  /** Takes what an agent says of itself; stored when it is news. */
  async greet(host: Host, greeting: Greeting): Promise<void> {
    if (!isSame(host, greeting)) await this.repository.saveGreeting(host.key, greeting);
    host.facts = greeting.facts;
    host.ownInterval = greeting.interval;
    host.clockOffset = greeting.clockOffset;
    host.epoch = greeting.epoch;
    this.tellChanged(host);
  }

  /** Tells everybody of something that happened to a host. */
  note(host: Host, event: WithoutText<HostEvent>): void {
    if (!this.isGone(host)) this.events.emit('noted', host, event);
  }

  /** Takes what an agent says of how it is doing. */
  report(host: Host, report: AgentReport): void {
    const before = host.report;
    if (this.isGone(host) || isDeepStrictEqual(before, report)) return;
    host.takeReport(report);
    this.events.emit('reported', host, before);
  }

  /** Takes how many frames of before are still to come from a host. */
  noteBacklog(host: Host, frames: number): void {
    const backlog = frames === 0 ? null : frames;
    if (backlog === host.backlog) return;
    host.backlog = backlog;
    this.tellChanged(host);
  }

  /** Shows what fires on a host on its card. */
  showAlerts(host: Host, alerts: HostAlerts | null): void {
    host.alerts = alerts;
    this.tellChanged(host);
  }

  announceRestart(host: Host): void {
    host.announceRestart(this.now());
    this.judge(host);
  }

  async change(host: Host, change: HostChange): Promise<void> {
    const name = change.name ?? host.name;
    const tags = change.tags ?? host.tags;
    await this.repository.rename(host.key, name, tags);
    host.name = name;
    host.tags = tags;
    this.tellChanged(host);
  }

  async remove(host: Host): Promise<void> {
    await this.repository.markRemoved(host.key, this.now());
    this.hosts.delete(host.id);
    this.events.emit('removed', host);
  }

  private judgeAll(): void {
    const before = this.lastLook;
    this.lastLook = this.look();
    const { steady, system } = this.lastLook;
    if (Math.max(steady - before.steady, system - before.system) > this.limits.absence) {
      for (const host of this.hosts.values()) host.countFrom(this.lastLook.at);
      this.events.emit('absent', before.at, this.lastLook.at);
    }
    for (const host of this.hosts.values()) this.judge(host);
  }

  private look(): Look {
    return { at: this.now(), steady: performance.now(), system: Date.now() };
  }

  private judge(host: Host): void {
    if (host.judge(this.now())) this.tellChanged(host);
  }

  private tellChanged(host: Host): void {
    if (!this.isGone(host)) this.events.emit('changed', host);
  }

  /** Whether a host was removed while something about it was on its way: whoever listens has forgotten it. */
  private isGone(host: Host): boolean {
    return this.hosts.get(host.id) !== host;
  }
}

/** Whether a greeting says what is stored already; a thousand agents that come back at once then cost no write each. */
function isSame(host: Host, { facts, interval, clockOffset, epoch }: Greeting): boolean {
  return (
    host.epoch === epoch &&
    host.ownInterval === interval &&
    host.clockOffset !== null &&
    Math.abs(host.clockOffset - clockOffset) < SAME_OFFSET &&
    isDeepStrictEqual(host.facts, facts)
  );
}
