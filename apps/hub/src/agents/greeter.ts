import { WIRE_LIMITS, type Hello, type HelloResult, type HostEvent } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import type { WithoutText } from '../events/event-text';
import { greetingEvents } from '../events/greeting-events';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { IngestService } from '../ingest/ingest.service';
import type { Outbox } from '../ingest/outbox';
import { LOGGER, type Logger } from '../logging/logger';
import { CloneWatch } from './clone-watch';

/** What a hello leads to. */
export interface Greeted {
  readonly outbox: Outbox;
  /** All of the answer but the settings, which are those in force when it leaves. */
  readonly answer: Omit<Extract<HelloResult, { ok: true }>, 'settings'>;
}

/** Takes hellos: what the host is, which frames the hub has, and what must have happened since the last one. */
@Injectable()
export class Greeter {
  private readonly clones = new CloneWatch();

  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async greet(host: Host, hello: Hello): Promise<Greeted> {
    const now = this.now();
    const { epoch, facts, interval } = hello;
    const before = { facts: host.facts, epoch: host.epoch, clockOffset: host.clockOffset };
    const greeting = { facts, interval, epoch, clockOffset: hello.sentAt - now };
    const { outbox, lost } = await this.ingest.openOutbox(host, hello);
    await this.hosts.greet(host, greeting);
    for (const event of this.changes(host, hello, greetingEvents(before, greeting, now))) {
      this.hosts.note(host, event);
    }
    if (lost > 0) {
      this.hosts.note(host, { at: this.now(), kind: 'frames_lost', detail: { frames: lost } });
    }
    const answer = {
      ok: true as const,
      stored: outbox.stored.toArray(),
      limits: WIRE_LIMITS,
      hubTime: this.now(),
    };
    return { outbox, answer };
  }

  /** What changed, unless it is two machines that differ from each other. */
  private changes(
    host: Host,
    hello: Hello,
    changes: WithoutText<HostEvent>[],
  ): WithoutText<HostEvent>[] {
    const at = this.now();
    const found = this.clones.note(host, hello, at);
    if (found.name === 'single') return changes;
    if (!found.isNews) return [];
    const hostnames = [...found.hostnames];
    this.logger.error(
      { host: host.id, name: host.name, hostnames },
      'two machines use the same identity and take turns: enroll one of them anew',
    );
    return [{ at, kind: 'identity_cloned', detail: { hostnames } }];
  }
}
