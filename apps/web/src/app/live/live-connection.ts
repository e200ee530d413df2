import { computed, DestroyRef, DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import type { StorageState, Watch } from '@hostdeck/contracts';
import { Session } from '../session/session';
import { SignedOut } from '../session/signed-out';
import { HubClock } from './hub-clock';
import { LIVE_SOCKET } from './live-socket';
import { watchWaking } from './wake-watch';
import type { AlertsWatcher, FleetWatcher, HostWatcher, ProcessesWatcher } from './watchers';

/** `connecting` before the first contact, `checking` while it is not sure whether the hub is still there, `reconnecting` after contact was lost. */
export type ConnectionState = 'connecting' | 'connected' | 'checking' | 'reconnecting';

/** With nothing heard for this long the hub is asked whether it is there, ms: three intervals of a host. */
const SILENCE = 6_000;
/** An answer that takes longer does not come: the connection is dead without having been closed, ms. */
const PROBE_TIMEOUT = 3_000;
/** Nothing heard for so long means that the hub has given this page up, ms: it is not worth asking first. */
const GIVEN_UP = 30_000;
/** Wait before another attempt where the hub answered and refused, ms. */
const REFUSED_DELAY = 3_000;

/** The cards are there before their lines, which are four fifths of what there is to send. */
const FLEET: Watch = { room: 'fleet', histories: 'apart' };

/** The page's one connection to the hub's live data; watches again by itself after every interruption. */
@Injectable({ providedIn: 'root' })
export class LiveConnection {
  private readonly clock = inject(HubClock);
  private readonly session = inject(Session);
  private readonly signedOut = inject(SignedOut);
  private readonly document = inject(DOCUMENT);
  private readonly socket = inject(LIVE_SOCKET)();

  private readonly current = signal<Exclude<ConnectionState, 'checking'>>('connecting');
  private readonly isDoubtful = signal(false);
  private readonly version = signal<string | null>(null);
  private readonly storageState = signal<StorageState | null>(null);
  /** When something was heard last, on this machine's clock and on the hub's. */
  private heard = 0;
  private readonly heardAt = signal<number | null>(null);
  private fleetWatcher: FleetWatcher | null = null;
  private alertsWatcher: AlertsWatcher | null = null;
  private readonly hostWatchers = new Map<string, HostWatcher>();
  private readonly processWatchers = new Map<string, ProcessesWatcher>();
  /** The question under way. */
  private question: object | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;

  readonly state = computed((): ConnectionState => {
    const state = this.current();
    return state === 'connected' && this.isDoubtful() ? 'checking' : state;
  });
  /** Whether what was heard last is how things are now. While it is not, nothing is to be shown as if it were. */
  readonly isFresh = computed(() => this.state() === 'connected');
  /** When the hub was heard last, on its clock; `null` while the connection stands. */
  readonly lostAt = computed(() => (this.current() === 'reconnecting' ? this.heardAt() : null));
  /** The hub's version; `null` before it has said so. */
  readonly hubVersion = this.version.asReadonly();
  /** How the hub's storage was when that was heard last; `null` before. */
  readonly storage = this.storageState.asReadonly();

  constructor() {
    this.socket.on('connect', () => {
      this.current.set('connected');
      this.heard = Date.now();
      this.heardAt.set(this.clock.now());
      this.watchAll();
      this.probe();
    });
    this.socket.on('disconnect', () => this.lost());
    this.socket.on('connect_error', () => {
      // While the client goes on trying by itself there is nothing to do; else the hub has answered "no".
      if (!this.socket.active) void this.refused();
    });
    this.socket.on('fleet', (update) => {
      this.hear(update.hubTime);
      this.fleetWatcher?.update(update);
    });
    this.socket.on('cardHistories', (part) => {
      this.hear(part.hubTime);
      this.fleetWatcher?.histories(part);
    });
    this.socket.on('alerts', (update) => {
      this.clock.synchronise(update.hubTime);
      this.alertsWatcher?.update(update);
    });
    this.socket.on('host', (update) => {
      this.hear(update.hubTime);
      this.hostWatchers.get(update.hostId)?.update(update);
    });
    this.socket.on('processes', (update) => {
      this.hear(update.hubTime);
      this.processWatchers.get(update.hostId)?.update(update);
    });
    this.socket.on('storage', (state) => this.storageState.set(state));
    this.socket.on('signedOut', () => {
      this.close();
      this.signedOut.leave();
    });
    const unwatch = watchWaking(this.document, () => this.woken());
    effect(() => {
      this.clock.now();
      this.listen();
    });
    inject(DestroyRef).onDestroy(() => {
      unwatch();
      this.close();
    });
  }

  /** Connects unless connected; also "try now" for somebody who does not want to wait. */
  open(): void {
    clearTimeout(this.retry);
    // Ends the wait of an attempt under way.
    if (!this.socket.connected) this.reconnect();
  }

  /** Ends the connection, and what was known of it. */
  close(): void {
    clearTimeout(this.retry);
    this.socket.disconnect();
    this.current.set('connecting');
    this.isDoubtful.set(false);
  }

  /** Watches the fleet until the returned function is called. */
  watchFleet(watcher: FleetWatcher): () => void {
    this.fleetWatcher = watcher;
    this.watch(FLEET);
    return () => {
      if (this.fleetWatcher !== watcher) return;
      this.fleetWatcher = null;
      this.unwatch(FLEET);
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
    if (this.fleetWatcher !== null) this.watch(FLEET);
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
      this.hear(snapshot.hubTime);
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
    this.isDoubtful.set(false);
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

  private hear(hubTime: number): void {
    this.clock.synchronise(hubTime);
    this.heard = Date.now();
    this.heardAt.set(hubTime);
  }

  /** Time may have passed without this page: whether the hub was there all along is found out at once. */
  private woken(): void {
    if (this.current() === 'connecting') return;
    if (!this.socket.connected || Date.now() - this.heard > GIVEN_UP) {
      this.reconnect();
      return;
    }
    this.isDoubtful.set(true);
    this.probe();
  }

  /** Once a second: a hub that says nothing for long is asked. */
  private listen(): void {
    const isSilent = Date.now() - this.heard > SILENCE;
    const isSeen = this.document.visibilityState === 'visible';
    if (isSilent && isSeen && this.socket.connected && this.question === null) this.probe();
  }

  /** Asks whether the hub is there, and connects anew when it is not. */
  private probe(): void {
    const question = {};
    this.question = question;
    // A later question counts more, and so does a connection that has replaced this one.
    const counts = () => {
      if (this.question !== question) return false;
      this.question = null;
      return this.socket.connected;
    };
    const timer = setTimeout(() => {
      if (counts()) this.reconnect();
    }, PROBE_TIMEOUT);
    this.socket.emit('probe', (result) => {
      clearTimeout(timer);
      if (!counts() || !result.ok) return;
      this.hear(result.hubTime);
      this.version.set(result.version);
      this.storageState.set(result.storage);
      this.isDoubtful.set(false);
    });
  }

  private reconnect(): void {
    clearTimeout(this.retry);
    // Given up by this page itself: nothing is to be made of the end of the old connection.
    if (this.current() === 'connected') this.current.set('reconnecting');
    this.isDoubtful.set(false);
    this.socket.disconnect().connect();
  }
}
