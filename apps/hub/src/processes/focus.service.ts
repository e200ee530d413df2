import { EventEmitter } from 'node:events';
import type { Focus } from '@hostdeck/contracts';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';

interface FocusEvents {
  /** The agent of a host is to be told; a lease of 0 ends it. */
  focus: [host: Host, focus: Focus];
}

/** Who looks at a host, and at what. */
interface Lookers {
  host: number;
  processes: number;
}

/** Knows which hosts somebody looks at, so that their agents sample faster and scan their processes. Knows nothing of sockets. */
@Injectable()
export class FocusService implements OnModuleDestroy {
  readonly events = new EventEmitter<FocusEvents>();
  private readonly lookers = new Map<Host, Lookers>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(HostsService) hosts: HostsService,
    @Inject(LIMITS) private readonly limits: HubLimits,
  ) {
    hosts.events.on('removed', (host) => {
      this.lookers.delete(host);
      this.rest();
    });
  }

  onModuleDestroy(): void {
    this.lookers.clear();
    this.rest();
  }

  /** Somebody looks at a host from now on. @returns to be called, once, when they do no more */
  look(host: Host, at: keyof Lookers): () => void {
    const lookers = this.lookers.get(host) ?? { host: 0, processes: 0 };
    const before = this.current(host);
    this.lookers.set(host, lookers);
    lookers[at] += 1;
    this.tell(host, before);
    this.timer ??= setInterval(() => this.renew(), this.limits.focus.renew);
    let isOver = false;
    return () => {
      if (isOver || this.lookers.get(host) !== lookers) return;
      isOver = true;
      this.leave(host, lookers, at);
    };
  }

  /** What the agent of a host is to be told now; `null` when nobody looks. */
  current(host: Host): Focus | null {
    const lookers = this.lookers.get(host);
    if (lookers === undefined) return null;
    return { lease: this.limits.focus.lease, processes: lookers.processes > 0 };
  }

  private leave(host: Host, lookers: Lookers, at: keyof Lookers): void {
    const before = this.current(host);
    lookers[at] -= 1;
    if (lookers.host + lookers.processes === 0) this.lookers.delete(host);
    this.tell(host, before);
    this.rest();
  }

  private tell(host: Host, before: Focus | null): void {
    const focus = this.current(host) ?? { lease: 0, processes: false };
    if (focus.lease === before?.lease && focus.processes === before.processes) return;
    this.events.emit('focus', host, focus);
  }

  private renew(): void {
    for (const host of this.lookers.keys()) {
      const focus = this.current(host);
      if (focus !== null) this.events.emit('focus', host, focus);
    }
  }

  private rest(): void {
    if (this.timer === null || this.lookers.size > 0) return;
    clearInterval(this.timer);
    this.timer = null;
  }
}
