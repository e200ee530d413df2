import type { ProcessesSnapshot, ProcessScan } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { FocusService } from '../processes/focus.service';
import { ProcessTables } from '../processes/process-tables.service';
import type { LiveNamespace, LiveSocket } from './live-socket';

function roomOf(host: Host): string {
  return `processes:${host.id}`;
}

/** Who looks at the processes of one host. */
interface Room {
  readonly sockets: Set<LiveSocket>;
  /** Those that could not take a scan: they get the whole table once they can. */
  readonly behind: Set<LiveSocket>;
  /** Ends the focus. */
  readonly release: () => void;
}

/** Sends the processes of the hosts that somebody looks at: what changed, scan by scan. */
@Injectable()
export class ProcessFeed {
  private readonly rooms = new Map<Host, Room>();
  private namespace: LiveNamespace | null = null;

  constructor(
    @Inject(ProcessTables) private readonly tables: ProcessTables,
    @Inject(FocusService) private readonly focus: FocusService,
    @Inject(HostsService) hosts: HostsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    tables.events.on('scan', (host, scan) => this.send(host, scan));
    hosts.events.on('removed', (host) => {
      for (const { data } of this.rooms.get(host)?.sockets ?? []) {
        data.watcher.watchedProcesses.delete(host);
      }
      this.rooms.delete(host);
    });
  }

  start(namespace: LiveNamespace): void {
    this.namespace = namespace;
  }

  async join(socket: LiveSocket, host: Host): Promise<ProcessesSnapshot> {
    const room = this.rooms.get(host) ?? {
      sockets: new Set(),
      behind: new Set(),
      release: this.focus.look(host, 'processes'),
    };
    this.rooms.set(host, room);
    room.sockets.add(socket);
    room.behind.delete(socket);
    socket.data.watcher.watchedProcesses.add(host);
    await socket.join(roomOf(host));
    return {
      room: 'processes',
      hubTime: this.now(),
      scan: this.tables.find(host)?.snapshot() ?? null,
      unavailable: this.tables.unavailable(host)?.message ?? null,
    };
  }

  async leave(socket: LiveSocket, host: Host): Promise<void> {
    socket.data.watcher.watchedProcesses.delete(host);
    const room = this.rooms.get(host);
    room?.sockets.delete(socket);
    room?.behind.delete(socket);
    if (room?.sockets.size === 0) {
      this.rooms.delete(host);
      room.release();
    }
    await socket.leave(roomOf(host));
  }

  /** Sends the whole table to those that could not take a scan and can now. */
  tick(): void {
    const now = this.now();
    for (const [host, { behind }] of this.rooms) {
      for (const socket of behind) {
        const state = socket.data.watcher.judge(now);
        if (state === 'drop') socket.disconnect(true);
        if (state !== 'ready') continue;
        behind.delete(socket);
        const scan = this.tables.find(host)?.snapshot();
        if (scan !== undefined && scan !== null) {
          socket.emit('processes', { hostId: host.id, hubTime: now, scan });
        }
      }
    }
  }

  private send(host: Host, scan: ProcessScan): void {
    const room = this.rooms.get(host);
    if (room === undefined) return;
    const now = this.now();
    for (const socket of room.sockets) {
      const state = socket.data.watcher.judge(now);
      if (state === 'drop') socket.disconnect(true);
      if (state !== 'ready') room.behind.add(socket);
    }
    const behind = [...room.behind].map(({ id }) => id);
    if (behind.length === room.sockets.size) return;
    this.namespace
      ?.to(roomOf(host))
      .except(behind)
      .emit('processes', { hostId: host.id, hubTime: now, scan });
  }
}
