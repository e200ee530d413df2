import type { FleetSnapshot, WatchFleet } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { toCard } from '../hosts/card';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import type { LiveNamespace, LiveSocket } from './live-socket';

/** The room of those who look at the fleet page. */
export const FLEET_ROOM = 'fleet';

/** Histories in one message: some 150 KB, which neither side is busy with for long. */
const HISTORIES = 100;

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

  async join(socket: LiveSocket, { histories }: WatchFleet): Promise<FleetSnapshot> {
    const { watcher } = socket.data;
    const isApart = histories === 'apart';
    watcher.missedCards.clear();
    watcher.missedRemovals.clear();
    watcher.owedHistories.clear();
    this.sockets.add(socket);
    await socket.join(FLEET_ROOM);
    const hubTime = this.now();
    const hosts = [...this.hosts.all()];
    const cards = hosts.map((host) => ({
      card: toCard(host),
      history: isApart ? null : host.history.read(hubTime),
    }));
    if (isApart) for (const host of hosts) watcher.owedHistories.add(host);
    return { room: 'fleet', hubTime, cards };
  }

  async leave(socket: LiveSocket): Promise<void> {
    this.sockets.delete(socket);
    socket.data.watcher.owedHistories.clear();
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

  /** Sends the next part of the histories that somebody waits for. */
  sendHistories(): void {
    const hubTime = this.now();
    for (const socket of this.sockets) {
      const { owedHistories, queue } = socket.data.watcher;
      if (owedHistories.size === 0 || !queue.isShort) continue;
      const hosts = [...owedHistories].slice(0, HISTORIES);
      for (const host of hosts) owedHistories.delete(host);
      const histories = hosts.map(({ id, history }) => ({
        hostId: id,
        history: history.read(hubTime),
      }));
      socket.emit('cardHistories', { hubTime, histories });
    }
  }

  private note(host: Host): void {
    if (this.sockets.size > 0) this.changed.add(host);
  }

  private noteRemoved(host: Host): void {
    this.changed.delete(host);
    if (this.sockets.size > 0) this.removed.add(host.id);
    for (const { data } of this.sockets) {
      data.watcher.missedCards.delete(host);
      data.watcher.owedHistories.delete(host);
    }
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
