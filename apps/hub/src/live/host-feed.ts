import type { HostEvent, HostSnapshot, HostUpdate, Layout, LiveFrame } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { withText } from '../events/event-text';
import { toCard, toSummary } from '../hosts/card';
import type { Host, HostFrame } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { FocusService } from '../processes/focus.service';
import type { SeriesLayout } from '../schemas/layout';
import type { LiveNamespace, LiveSocket } from './live-socket';

/** Layout of a host that has not sent a frame yet. */
const NO_LAYOUT: Layout = { number: 0, series: [] };

function roomOf(host: Host): string {
  return `host:${host.id}`;
}

function toLayoutMessage({ number, keys }: SeriesLayout): Layout {
  return { number, series: keys };
}

function layoutOf(host: Host): Layout {
  return host.layout === null ? NO_LAYOUT : toLayoutMessage(host.layout);
}

/** What is to be sent of one host, and to whom. */
interface Room {
  readonly sockets: Set<LiveSocket>;
  /** Ends the focus. */
  readonly release: () => void;
  frames: LiveFrame[];
  /** What the waiting frames are in. */
  layout: Layout;
  /** Whether status, name or tags are others than were sent. */
  changed: boolean;
  /** Number of the layout sent last to the whole room. */
  layoutSent: number;
  /** Whether the agent has said something else of itself than was sent. */
  reported: boolean;
  /** What happened since the last message. */
  events: HostEvent[];
  /** What happened since the last message to those who cannot take any now. */
  readonly missedEvents: Map<LiveSocket, HostEvent[]>;
}

/** Events kept for a browser that does not read for a while, and sent in one message; all of them are in the list of events. */
const KEPT_EVENTS = 50;

/** Sends the full frames of the hosts that somebody looks at. */
@Injectable()
export class HostFeed {
  private readonly rooms = new Map<Host, Room>();
  private namespace: LiveNamespace | null = null;

  constructor(
    @Inject(HostsService) hosts: HostsService,
    @Inject(FocusService) private readonly focus: FocusService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    hosts.events.on('frame', (host, frame) => this.note(host, frame));
    hosts.events.on('changed', (host) => {
      const room = this.rooms.get(host);
      if (room !== undefined) room.changed = true;
    });
    hosts.events.on('noted', (host, event) => {
      const room = this.rooms.get(host);
      if (room === undefined) return;
      room.events = [...room.events, withText(event)].slice(-KEPT_EVENTS);
      room.changed = true;
    });
    hosts.events.on('reported', (host) => {
      const room = this.rooms.get(host);
      if (room !== undefined) room.changed = room.reported = true;
    });
    hosts.events.on('removed', (host) => {
      for (const { data } of this.rooms.get(host)?.sockets ?? []) data.watcher.forget(host);
      this.rooms.delete(host);
    });
  }

  start(namespace: LiveNamespace): void {
    this.namespace = namespace;
  }

  async join(socket: LiveSocket, host: Host): Promise<HostSnapshot> {
    const { watcher } = socket.data;
    const layout = layoutOf(host);
    const room = this.rooms.get(host) ?? {
      sockets: new Set(),
      release: this.focus.look(host, 'host'),
      frames: [],
      layout,
      changed: false,
      reported: false,
      layoutSent: layout.number,
      events: [],
      missedEvents: new Map(),
    };
    // What came before belongs to those who are here already; the newcomer sees it in the snapshot.
    this.flush(host, room);
    this.rooms.set(host, room);
    room.sockets.add(socket);
    watcher.watchedHosts.add(host);
    watcher.missedFrames.delete(host);
    room.missedEvents.delete(socket);
    await socket.join(roomOf(host));
    const hubTime = this.now();
    const { newest } = host;
    return {
      room: 'host',
      hubTime,
      host: toSummary(host, hubTime),
      layout: newest === null ? null : layout,
      last: newest === null ? null : [newest.at, newest.values],
    };
  }

  async leave(socket: LiveSocket, host: Host): Promise<void> {
    socket.data.watcher.forget(host);
    const room = this.rooms.get(host);
    room?.sockets.delete(socket);
    room?.missedEvents.delete(socket);
    if (room?.sockets.size === 0) {
      this.rooms.delete(host);
      room.release();
    }
    await socket.leave(roomOf(host));
  }

  /** Sends what came since the last tick. */
  tick(): void {
    for (const [host, room] of this.rooms) this.flush(host, room);
  }

  private note(host: Host, frame: HostFrame): void {
    const room = this.rooms.get(host);
    if (room === undefined) return;
    if (room.layout.number !== frame.layout.number) {
      // A message carries frames of one layout.
      if (room.frames.length > 0) this.flush(host, room);
      room.layout = toLayoutMessage(frame.layout);
    }
    room.frames.push([frame.at, frame.values]);
  }

  private flush(host: Host, room: Room): void {
    const { frames, changed } = room;
    const layout = frames.length > 0 ? room.layout : layoutOf(host);
    const now = this.now();
    const apart: string[] = [];
    for (const socket of room.sockets) {
      const { watcher } = socket.data;
      const state = watcher.judge(now);
      const missed = watcher.missedFrames.get(host);
      if (state === 'ready' && missed === undefined) continue;
      apart.push(socket.id);
      if (state === 'drop') socket.disconnect(true);
      else if (frames.length > 0 || changed) {
        watcher.keepFrames(host, { layoutNumber: layout.number, frames });
        keepEvents(room, socket);
      }
      if (state === 'ready') this.sendMissed(socket, host, room);
    }
    if (frames.length === 0 && !changed) return;
    if (room.sockets.size > apart.length) {
      const update = {
        ...this.toUpdate(host, frames, room.events),
        ...(room.reported ? reportOf(host) : {}),
        layoutNumber: layout.number,
      };
      const layoutIsNew = room.layoutSent !== layout.number;
      this.namespace
        ?.to(roomOf(host))
        .except(apart)
        .emit('host', layoutIsNew ? { ...update, layout } : update);
    }
    // Those set apart get the layout with what they missed.
    room.layoutSent = layout.number;
    room.frames = [];
    room.events = [];
    room.changed = room.reported = false;
  }

  private sendMissed(socket: LiveSocket, host: Host, { missedEvents }: Room): void {
    const { missedFrames } = socket.data.watcher;
    const missed = missedFrames.get(host);
    if (missed === undefined) return;
    missedFrames.delete(host);
    const layout = layoutOf(host);
    const frames = missed.layoutNumber === layout.number ? missed.frames : [];
    const update = {
      ...this.toUpdate(host, frames, missedEvents.get(socket) ?? []),
      ...reportOf(host),
    };
    missedEvents.delete(socket);
    socket.emit('host', { ...update, layoutNumber: layout.number, layout });
  }

  private toUpdate(
    host: Host,
    frames: readonly LiveFrame[],
    events: readonly HostEvent[],
  ): Omit<HostUpdate, 'layout' | 'layoutNumber'> {
    const update = { hostId: host.id, hubTime: this.now(), card: toCard(host), frames };
    return events.length === 0 ? update : { ...update, events };
  }
}

function reportOf({ report }: Host): Pick<HostUpdate, 'report'> {
  return report === null ? {} : { report };
}

/** Keeps what happened for a browser that cannot be sent it now. */
function keepEvents({ events, missedEvents }: Room, socket: LiveSocket): void {
  if (events.length === 0) return;
  const missed = [...(missedEvents.get(socket) ?? []), ...events];
  missedEvents.set(socket, missed.slice(-KEPT_EVENTS));
}
