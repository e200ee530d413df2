import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import type {
  AlertsSnapshot,
  AlertsUpdate,
  Failure,
  FleetSnapshot,
  FleetUpdate,
  HostSnapshot,
  HostUpdate,
  ProcessesSnapshot,
  ProcessesUpdate,
  Watch,
} from '@hostdeck/contracts';
import { Session } from '../session/session';
import { SignedOut } from '../session/signed-out';
import { HubClock } from './hub-clock';
import { LIVE_SOCKET } from './live-socket';

/** `connecting` before the first contact, `reconnecting` after one was lost. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting';

/** Whoever watches a room. */
export interface FleetWatcher {
  snapshot: (snapshot: FleetSnapshot) => void;
  update: (update: FleetUpdate) => void;
}
export interface HostWatcher {
  snapshot: (snapshot: HostSnapshot) => void;
  update: (update: HostUpdate) => void;
  /** The room was refused; nothing comes until it is watched again. */
  refused: (failure: Failure) => void;
}

export interface AlertsWatcher {
  snapshot: (snapshot: AlertsSnapshot) => void;
  update: (update: AlertsUpdate) => void;
}

export interface ProcessesWatcher {
  snapshot: (snapshot: ProcessesSnapshot) => void;
  update: (update: ProcessesUpdate) => void;
  /** The room was refused; nothing comes until it is watched again. */
  refused: (failure: Failure) => void;
}

/** A page hidden for longer than this may have slept: it asks for everything again. */
const SLEEP = 10_000;
/** Wait before another attempt where the hub answered and refused, ms. */
const REFUSED_DELAY = 3_000;

/** The page's one connection to the hub's live data; watches again by itself after every interruption. */
@Injectable({ providedIn: 'root' })
export class LiveConnection {
  private readonly clock = inject(HubClock);
  private readonly session = inject(Session);
  private readonly signedOut = inject(SignedOut);
  private readonly document = inject(DOCUMENT);
  private readonly socket = inject(LIVE_SOCKET)();

  private readonly current = signal<ConnectionState>('connecting');
  private readonly heard = signal<number | null>(null);
  private fleetWatcher: FleetWatcher | null = null;
  private alertsWatcher: AlertsWatcher | null = null;
  private readonly hostWatchers = new Map<string, HostWatcher>();
  private readonly processWatchers = new Map<string, ProcessesWatcher>();
  private hiddenAt: number | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;

  readonly state = this.current.asReadonly();
  /** When the connection was lost, on the hub's clock; `null` while it stands. */
  readonly lostAt = this.heard.asReadonly();

  constructor() {
    this.socket.on('connect', () => {
      this.current.set('connected');
      this.heard.set(null);
      this.watchAll();
    });
    this.socket.on('disconnect', () => this.lost());
    this.socket.on('connect_error', () => {
      // While the client goes on trying by itself there is nothing to do; else the hub has answered "no".
      if (!this.socket.active) void this.refused();
    });
    this.socket.on('fleet', (update) => {
      this.clock.synchronise(update.hubTime);
      this.fleetWatcher?.update(update);
    });
    this.socket.on('alerts', (update) => {
      this.clock.synchronise(update.hubTime);
      this.alertsWatcher?.update(update);
    });
    this.socket.on('host', (update) => {
      this.clock.synchronise(update.hubTime);
      this.hostWatchers.get(update.hostId)?.update(update);
    });
    this.socket.on('processes', (update) => {
      this.clock.synchronise(update.hubTime);
      this.processWatchers.get(update.hostId)?.update(update);
    });
    this.socket.on('signedOut', () => {
      this.close();
      this.signedOut.leave();
    });
    const visibility = () => this.visibilityChanged();
    this.document.addEventListener('visibilitychange', visibility);
    inject(DestroyRef).onDestroy(() => {
      this.document.removeEventListener('visibilitychange', visibility);
      this.close();
    });
  }

  /** Connects unless connected; also "try now" for somebody who does not want to wait. */
  open(): void {
    clearTimeout(this.retry);
    if (this.socket.connected) return;
    // Ends the wait of an attempt under way.
    this.socket.disconnect().connect();
  }

  /** Ends the connection, and what was known of it. */
  close(): void {
    clearTimeout(this.retry);
    this.socket.disconnect();
    this.current.set('connecting');
    this.heard.set(null);
  }

  /** Watches the fleet until the returned function is called. */
  watchFleet(watcher: FleetWatcher): () => void {
    this.fleetWatcher = watcher;
    this.watch({ room: 'fleet' });
    return () => {
      if (this.fleetWatcher !== watcher) return;
      this.fleetWatcher = null;
      this.unwatch({ room: 'fleet' });
    };
  }

  /** Watches what fires until the returned function is called. */
  watchAlerts(watcher: AlertsWatcher): () => void {
    this.alertsWatcher = watcher;
    this.watch({ room: 'alerts' });
    return () => {
      if (this.alertsWatcher !== watcher) return;
      this.alertsWatcher = null;
      this.unwatch({ room: 'alerts' });
    };
  }

  /** Watches one host until the returned function is called. */
  watchHost(hostId: string, watcher: HostWatcher): () => void {
    this.hostWatchers.set(hostId, watcher);
    this.watch({ room: 'host', hostId });
    return () => {
      if (this.hostWatchers.get(hostId) !== watcher) return;
      this.hostWatchers.delete(hostId);
      this.unwatch({ room: 'host', hostId });
    };
  }

  /** Watches the processes of one host, which makes it scan them, until the returned function is called. */
  watchProcesses(hostId: string, watcher: ProcessesWatcher): () => void {
    this.processWatchers.set(hostId, watcher);
    this.watch({ room: 'processes', hostId });
    return () => {
      if (this.processWatchers.get(hostId) !== watcher) return;
      this.processWatchers.delete(hostId);
      this.unwatch({ room: 'processes', hostId });
    };
  }

  /** Asks for a host's room again, because what came does not fit what is known. */
  rewatchHost(hostId: string): void {
    if (this.hostWatchers.has(hostId)) this.watch({ room: 'host', hostId });
  }

  private watchAll(): void {
    if (this.fleetWatcher !== null) this.watch({ room: 'fleet' });
    if (this.alertsWatcher !== null) this.watch({ room: 'alerts' });
    for (const hostId of this.hostWatchers.keys()) this.watch({ room: 'host', hostId });
    for (const hostId of this.processWatchers.keys()) this.watch({ room: 'processes', hostId });
  }

  private watch(watch: Watch): void {
    // Not buffered: whatever is watched is asked for at every connect.
    if (!this.socket.connected) return;
    this.socket.emit('watch', watch, (result) => {
      if (!result.ok) {
        if (watch.room === 'host') this.hostWatchers.get(watch.hostId)?.refused(result);
        if (watch.room === 'processes') this.processWatchers.get(watch.hostId)?.refused(result);
        return;
      }
      const { snapshot } = result;
      this.clock.synchronise(snapshot.hubTime);
      if (snapshot.room === 'fleet') this.fleetWatcher?.snapshot(snapshot);
      if (snapshot.room === 'alerts') this.alertsWatcher?.snapshot(snapshot);
      if (snapshot.room === 'host') this.hostWatchers.get(snapshot.host.id)?.snapshot(snapshot);
      // This snapshot does not say whose it is; the question does.
      if (snapshot.room === 'processes' && watch.room === 'processes') {
        this.processWatchers.get(watch.hostId)?.snapshot(snapshot);
      }
    });
  }

  private unwatch(watch: Watch): void {
    if (this.socket.connected) this.socket.emit('unwatch', watch, () => undefined);
  }

  private lost(): void {
    if (this.current() !== 'connected') return;
    this.current.set('reconnecting');
    this.heard.set(this.clock.now());
    // A socket the hub has closed is not opened again by the client itself.
    if (!this.socket.active) void this.refused();
  }

  private async refused(): Promise<void> {
    clearTimeout(this.retry);
    try {
      if ((await this.session.restore()) === null) {
        this.close();
        this.signedOut.leave();
        return;
      }
    } catch {
      // The hub does not answer HTTP either: it is tried again below, as after any other refusal.
    }
    this.retry = setTimeout(() => this.socket.connect(), REFUSED_DELAY);
  }

  private visibilityChanged(): void {
    if (this.document.visibilityState === 'hidden') {
      this.hiddenAt = Date.now();
      return;
    }
    const slept = this.hiddenAt !== null && Date.now() - this.hiddenAt > SLEEP;
    this.hiddenAt = null;
    if (!slept) return;
    if (this.socket.connected) this.watchAll();
    else this.open();
  }
}
