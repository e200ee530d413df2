import type { HostEvent, HostEventsQuery, HostStatus, List } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { toPage } from '../lists/page';
import { LOGGER, type Logger } from '../logging/logger';
import { ProblemError } from '../problems/problem';
import { withText, type WithoutText } from './event-text';
import { HostEventsRepository, type Place, type RecordedEvent } from './host-events.repository';

/** How often what happened is written down, ms. */
const WRITE_EVERY = 1_000;
/** Events that wait while the database takes no writes; beyond that the oldest are given up. */
const MOST_WAITING = 10_000;
/** How often it is looked for events to drop, ms. */
const TRIM_EVERY = 60_000;
/** How long events are kept, ms, and how many of one host. */
const RETENTION = 730 * 86_400_000;
const MOST_PER_HOST = 5_000;

const FIRST: Place = { at: Number.MAX_SAFE_INTEGER, id: 0 };

/** Writes down what happens to hosts, and tells of it. */
@Injectable()
export class HostEventsService {
  private waiting: RecordedEvent[] = [];
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failing = false;
  private trimmedAt = -TRIM_EVERY;
  /** Last recorded status by host key. */
  private recorded = new Map<number, HostStatus>();
  /** Hosts of which something has been learnt since the hub was started, or went on after standing still. */
  private readonly judged = new Set<number>();
  /** Hosts that may have more events than are kept. */
  private readonly grown = new Set<number>();

  constructor(
    @Inject(HostEventsRepository) private readonly repository: HostEventsRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    hosts.events.on('noted', (host, event) => this.add(host, event));
    hosts.events.on('changed', (host) => this.noteStatus(host));
    hosts.events.on('absent', () => this.judged.clear());
    hosts.events.on('removed', ({ key }) => {
      this.waiting = this.waiting.filter(({ host }) => host !== key);
      for (const keys of [this.recorded, this.judged, this.grown]) keys.delete(key);
    });
  }

  /** Learns what was recorded last. Before the hosts are judged. */
  async start(): Promise<void> {
    this.recorded = await this.repository.lastStatuses();
    this.timer = setInterval(() => void this.write(), WRITE_EVERY);
  }

  /** Writes what is left. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.write();
  }

  /** A page of a host's events, the newest first. */
  async list(host: Host, query: HostEventsQuery): Promise<List<HostEvent>> {
    await this.write();
    const { limit } = query;
    const rows = await this.repository.find({
      host: host.key,
      from: query.from ?? 0,
      to: query.to ?? Number.MAX_SAFE_INTEGER,
      joinedAt: host.joinedAt,
      after: query.cursor === undefined ? FIRST : readCursor(query.cursor),
      limit: limit + 1,
    });
    const { items, next } = toPage(rows, limit, ({ at, id }) => `${String(at)}.${String(id)}`);
    return {
      items: items.map(({ event }) => withText(event)),
      ...(next === undefined ? {} : { next }),
    };
  }

  /** Drops some of what is too old or too much. @returns whether there may be more */
  async trim(): Promise<boolean> {
    if (performance.now() - this.trimmedAt < TRIM_EVERY) return false;
    let more = await this.repository.dropBefore(this.now() - RETENTION);
    for (const host of this.grown) {
      if (await this.repository.dropBeyond(host, MOST_PER_HOST)) more = true;
      else this.grown.delete(host);
    }
    if (!more) this.trimmedAt = performance.now();
    return more;
  }

  /** Drops some of the events of a host that was removed. @returns whether there may be more */
  dropHost(host: number): Promise<boolean> {
    return this.repository.dropBeyond(host, 0);
  }

  private add({ key }: Host, event: WithoutText<HostEvent>): void {
    this.waiting.push({ host: key, event });
    this.grown.add(key);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  /**
   * Records a status that differs from the last one recorded. After a start every host is stale until it is heard of, which
   * says nothing about the host.
   */
  private noteStatus(host: Host): void {
    const { key, status: to } = host;
    if (to === 'stale' && !this.judged.has(key)) return;
    this.judged.add(key);
    const from = this.recorded.get(key) ?? null;
    if (from === to) return;
    this.recorded.set(key, to);
    this.hosts.note(host, { at: this.now(), kind: 'status', detail: { from, to } });
  }

  /** Never rejects: what could not be written waits for the next time. */
  private write(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    if (this.waiting.length === 0) return;
    const events = this.waiting;
    this.waiting = [];
    try {
      await this.repository.add(events);
      this.failing = false;
    } catch (error) {
      this.waiting = [...events, ...this.waiting].slice(-MOST_WAITING);
      if (!this.failing) this.logger.warn({ err: error }, 'events of hosts cannot be written down');
      this.failing = true;
    }
  }
}

function readCursor(cursor: string): Place {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(cursor);
  if (match === null) {
    const errors = [{ path: 'cursor', message: 'not a cursor of this list' }];
    throw new ProblemError('bad_request', 'cursor: not a cursor of this list', { errors });
  }
  return { at: Number(match[1]), id: Number(match[2]) };
}
