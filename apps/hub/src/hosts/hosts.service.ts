import { EventEmitter } from 'node:events';
import type { HostChange } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { Host, type HostFrame, type StoredHost } from './host';
import { HostsRepository, type Greeting } from './hosts.repository';

interface HostEvents {
  /** A frame that has just been sampled. */
  frame: [host: Host, frame: HostFrame];
  /** Status, name or tags. */
  changed: [host: Host];
  removed: [host: Host];
}

/** How often every host's status is judged again, ms. */
const JUDGE_EVERY = 500;

/** Every host, in memory: what is known of it, and who wants to hear of changes. */
@Injectable()
export class HostsService {
  readonly events = new EventEmitter<HostEvents>();
  private readonly hosts = new Map<string, Host>();
  private readonly startedAt: number;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(HostsRepository) private readonly repository: HostsRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.startedAt = now();
  }

  /** Loads the hosts and begins to judge them. */
  async start(): Promise<void> {
    for (const stored of await this.repository.all()) this.add(stored);
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
    host.receive(frame, this.now());
    this.events.emit('frame', host, frame);
    this.judge(host);
  }

  receiveLate(host: Host, frame: HostFrame): void {
    host.receiveLate(frame, this.now());
    this.judge(host);
  }

  async greet(host: Host, greeting: Greeting): Promise<void> {
    host.facts = greeting.facts;
    host.interval = greeting.interval;
    host.clockOffset = greeting.clockOffset;
    this.events.emit('changed', host);
    await this.repository.saveGreeting(host.key, greeting);
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
    this.events.emit('changed', host);
  }

  async remove(host: Host): Promise<void> {
    await this.repository.markRemoved(host.key, this.now());
    this.hosts.delete(host.id);
    this.events.emit('removed', host);
  }

  private judgeAll(): void {
    for (const host of this.hosts.values()) this.judge(host);
  }

  private judge(host: Host): void {
    if (host.judge(this.now())) this.events.emit('changed', host);
  }
}
