import type { BrowserToHubEvents, HubToBrowserEvents, LiveFrame } from '@hostdeck/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Session } from '../auth/sessions.repository';
import type { Host } from '../hosts/host';

/** What a browser's socket carries. */
export interface LiveSocketData {
  watcher: Watcher;
}

export type LiveSocket = Socket<
  BrowserToHubEvents,
  HubToBrowserEvents,
  DefaultEventsMap,
  LiveSocketData
>;
export type LiveNamespace = Namespace<
  BrowserToHubEvents,
  HubToBrowserEvents,
  DefaultEventsMap,
  LiveSocketData
>;

/** Frames kept for a browser that does not read for a while: a minute at the shortest usual interval. */
const KEPT_FRAMES = 30;
/** A browser that has not read for this long is dropped, ms; it comes back when it wakes up. */
const DROP_AFTER = 15_000;

/** Frames of one host that a browser could not be sent yet. */
export interface MissedFrames {
  readonly layoutNumber: number;
  readonly frames: readonly LiveFrame[];
}

/** Bytes that may wait for a browser before it is spared further messages; with one more message still far below 1 MB. */
const MOST_WAITING = 256 * 1024;

/** What waits in the process because the connection cannot take it yet. */
class SendQueue {
  private waiting = 0;

  constructor(connection: LiveSocket['conn']) {
    connection.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.waiting += typeof data === 'string' ? data.length : 0;
    });
    // Everything that waited has been handed to the transport.
    connection.on('flush', () => {
      this.waiting = 0;
    });
  }

  /** Whether so little waits that more can be sent. */
  get isShort(): boolean {
    return this.waiting <= MOST_WAITING;
  }
}

/** A browser's side of the live feed: what it watches, and what it could not be sent yet. */
export class Watcher {
  watchesFleet = false;
  readonly watchedHosts = new Set<Host>();
  readonly watchedProcesses = new Set<Host>();
  readonly missedCards = new Set<Host>();
  readonly missedRemovals = new Set<string>();
  /** Hosts whose histories it is still to be sent. */
  readonly owedHistories = new Set<Host>();
  readonly missedFrames = new Map<Host, MissedFrames>();
  readonly queue: SendQueue;
  private stalledSince: number | null = null;

  constructor(
    /** The session that is its right to be here. */
    public session: Session,
    connection: LiveSocket['conn'],
  ) {
    this.queue = new SendQueue(connection);
  }

  /** Keeps frames for later: the newest ones, and only those under the newest layout. */
  keepFrames(host: Host, { layoutNumber, frames }: MissedFrames): void {
    const before = this.missedFrames.get(host);
    const earlier = before?.layoutNumber === layoutNumber ? before.frames : [];
    this.missedFrames.set(host, {
      layoutNumber,
      frames: [...earlier, ...frames].slice(-KEPT_FRAMES),
    });
  }

  /** Forgets everything about a host. */
  forget(host: Host): void {
    this.watchedHosts.delete(host);
    this.missedFrames.delete(host);
    this.missedCards.delete(host);
    this.owedHistories.delete(host);
  }

  /** Notes whether the socket can take more now; `drop` when it has not been able to for too long. */
  judge(now: number): 'ready' | 'wait' | 'drop' {
    if (this.queue.isShort) {
      this.stalledSince = null;
      return 'ready';
    }
    this.stalledSince ??= now;
    return now - this.stalledSince > DROP_AFTER ? 'drop' : 'wait';
  }
}
