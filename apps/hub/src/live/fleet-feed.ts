import type { FleetSnapshot } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { toCard } from '../hosts/card';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import type { LiveNamespace, LiveSocket } from './live-socket';

/** The room of those who look at the fleet page. */
export const FLEET_ROOM = 'fleet';

/** Sends the cards that changed, in one message a tick; it is written out once however many watch. */
@Injectable()
export class FleetFeed {
  private readonly sockets = new Set<LiveSocket>();
  private readonly changed = new Set<Host>();
  private readonly removed = new Set<string>();

  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    hosts.events.on('frame', (host) => this.note(host));
    hosts.events.on('changed', (host) => this.note(host));
    hosts.events.on('removed', (host) => this.noteRemoved(host));
  }

  async join(socket: LiveSocket): Promise<FleetSnapshot> {
    const { watcher } = socket.data;
    watcher.missedCards.clear();
    watcher.missedRemovals.clear();
    this.sockets.add(socket);
    await socket.join(FLEET_ROOM);
    const hubTime = this.now();
    const cards = [...this.hosts.all()].map((host) => ({
      card: toCard(host),
      history: host.history.read(hubTime),
    }));
    return { room: 'fleet', hubTime, cards };
  }

  async leave(socket: LiveSocket): Promise<void> {
    this.sockets.delete(socket);
    await socket.leave(FLEET_ROOM);
  }

  /** Sends what changed since the last tick. */
  tick(namespace: LiveNamespace): void {
    const now = this.now();
    const apart: string[] = [];
    for (const socket of this.sockets) {
      const { watcher } = socket.data;
      const state = watcher.judge(now);
      const hasMissed = watcher.missedCards.size > 0 || watcher.missedRemovals.size > 0;
      if (state === 'ready' && !hasMissed) continue;
      apart.push(socket.id);
      if (state === 'drop') socket.disconnect(true);
      else this.keep(socket);
      if (state === 'ready') this.sendMissed(socket, now);
    }
    if (this.changed.size > 0 || this.removed.size > 0) {
      if (this.sockets.size > apart.length) {
        const cards = Array.from(this.changed, toCard);
        const update = { hubTime: now, cards, removed: [...this.removed] };
        namespace.to(FLEET_ROOM).except(apart).emit('fleet', update);
      }
      this.changed.clear();
      this.removed.clear();
    }
  }

  private note(host: Host): void {
    if (this.sockets.size > 0) this.changed.add(host);
  }

  private noteRemoved(host: Host): void {
    this.changed.delete(host);
    if (this.sockets.size > 0) this.removed.add(host.id);
    for (const { data } of this.sockets) data.watcher.missedCards.delete(host);
  }

  private keep({ data: { watcher } }: LiveSocket): void {
    for (const host of this.changed) watcher.missedCards.add(host);
    for (const id of this.removed) watcher.missedRemovals.add(id);
  }

  private sendMissed(socket: LiveSocket, now: number): void {
    const { watcher } = socket.data;
    const cards = Array.from(watcher.missedCards, toCard);
    socket.emit('fleet', { hubTime: now, cards, removed: [...watcher.missedRemovals] });
    watcher.missedCards.clear();
    watcher.missedRemovals.clear();
  }
}
