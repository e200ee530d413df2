import {
  failure,
  LIVE_NAMESPACE,
  WatchSchema,
  type AlertsSnapshot,
  type Failure,
  type FleetSnapshot,
  type HostSnapshot,
  type HubPresence,
  type ProcessesSnapshot,
  type Result,
  type Watch,
} from '@hostdeck/contracts';
import { Inject } from '@nestjs/common';
import {
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { AlertsFeed } from '../alerts/feed/alerts-feed';
import { hasRole } from '../auth/access.guard';
import { AuthService } from '../auth/auth.service';
import { readSessionCookie } from '../auth/cookies';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { parseWire, WireFailure } from '../sockets/wire-failure';
import { FleetFeed } from './fleet-feed';
import { HostFeed } from './host-feed';
import { Presence } from './presence';
import { ProcessFeed } from './process-feed';
import { Watcher, type LiveNamespace, type LiveSocket } from './live-socket';

/** How often the fleet's changes are sent, and a host's frames, ms. */
const FLEET_TICK = 500;
const HOST_TICK = 50;
/** How often sessions are looked at for their end, ms. */
const SESSION_TICK = 1_000;
/** Hosts one browser may watch in full at once. */
const MOST_HOSTS = 20;
/** Hosts whose processes one browser may watch at once. */
const MOST_PROCESSES = 5;

/** Feeds dashboards. */
@WebSocketGateway({ namespace: LIVE_NAMESPACE })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  private readonly sockets = new Set<LiveSocket>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(FleetFeed) private readonly fleet: FleetFeed,
    @Inject(HostFeed) private readonly hostFeed: HostFeed,
    @Inject(ProcessFeed) private readonly processFeed: ProcessFeed,
    @Inject(AlertsFeed) private readonly alerts: AlertsFeed,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    namespace.use((socket, next) => {
      this.admit(socket).then(
        (admitted) => next(admitted ? undefined : new Error('unauthorized')),
        (error: unknown) => {
          this.logger.error({ err: error }, 'a session could not be looked up');
          next(new Error('busy'));
        },
      );
    });
    this.hostFeed.start(namespace);
    this.processFeed.start(namespace);
    this.auth.sessions.on('ended', (sessionId) => {
      for (const socket of this.sockets) {
        if (socket.data.watcher.session.id === sessionId) signOut(socket);
      }
    });
    this.auth.sessions.on('changed', (user) => {
      for (const { data } of this.sockets) {
        const { watcher } = data;
        if (watcher.session.user.id === user.id) watcher.session = { ...watcher.session, user };
      }
    });
    this.timers = [
      setInterval(() => this.fleet.tick(namespace), FLEET_TICK),
      setInterval(() => this.alerts.tick(namespace), FLEET_TICK),
      setInterval(() => this.presence.tick(namespace), FLEET_TICK),
      setInterval(() => {
        this.fleet.sendHistories();
        this.hostFeed.tick();
        this.processFeed.tick();
      }, HOST_TICK),
      setInterval(() => this.endSessions(), SESSION_TICK),
    ];
  }

  handleConnection(socket: LiveSocket): void {
    this.sockets.add(socket);
    // A session that ended while it was let in is over for this socket, too.
    this.confirm(socket);
  }

  handleDisconnect(socket: LiveSocket): void {
    this.sockets.delete(socket);
    void this.fleet.leave(socket);
    void this.alerts.leave(socket);
    for (const host of socket.data.watcher.watchedHosts) void this.hostFeed.leave(socket, host);
    for (const host of socket.data.watcher.watchedProcesses) {
      void this.processFeed.leave(socket, host);
    }
  }

  @SubscribeMessage('watch')
  watch(
    socket: LiveSocket,
    payload: unknown,
  ): Promise<
    Result<{ snapshot: FleetSnapshot | HostSnapshot | ProcessesSnapshot | AlertsSnapshot }>
  > {
    return this.answer(async () => {
      const watch = this.allowed(socket, payload);
      if (!socket.data.watcher.queue.isShort)
        throw new WireFailure('busy', 'read what was sent before');
      if (watch.room === 'fleet')
        return { ok: true, snapshot: await this.fleet.join(socket, watch) };
      if (watch.room === 'alerts') return { ok: true, snapshot: await this.alerts.join(socket) };
      const { watchedHosts, watchedProcesses } = socket.data.watcher;
      const host = this.findHost(watch.hostId);
      if (watch.room === 'processes') {
        if (socket.data.watcher.session.isShared === true) {
          throw new WireFailure('forbidden', 'a shared link does not show processes: sign in');
        }
        refuseMore(watchedProcesses, host, MOST_PROCESSES);
        return { ok: true, snapshot: await this.processFeed.join(socket, host) };
      }
      refuseMore(watchedHosts, host, MOST_HOSTS);
      return { ok: true, snapshot: await this.hostFeed.join(socket, host) };
    });
  }

  @SubscribeMessage('unwatch')
  unwatch(socket: LiveSocket, payload: unknown): Promise<Result> {
    return this.answer(async () => {
      const watch = this.allowed(socket, payload);
      if (watch.room === 'fleet') await this.fleet.leave(socket);
      if (watch.room === 'alerts') await this.alerts.leave(socket);
      if (watch.room === 'host') {
        await this.hostFeed.leave(socket, this.findHost(watch.hostId));
      }
      if (watch.room === 'processes') {
        await this.processFeed.leave(socket, this.findHost(watch.hostId));
      }
      return { ok: true };
    });
  }

  /** Says that the hub is there; open to whoever was admitted. */
  @SubscribeMessage('probe')
  probe(): Result<HubPresence> {
    return { ok: true, ...this.presence.current };
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async admit(socket: LiveSocket): Promise<boolean> {
    const token = readSessionCookie(socket.handshake.headers.cookie);
    const session = token === null ? null : await this.auth.findSession(token);
    if (session === null) return false;
    socket.data.watcher = new Watcher(session, socket.conn);
    return true;
  }

  /** Every room is open to every role from viewer up. */
  private allowed(socket: LiveSocket, payload: unknown): Watch {
    if (!hasRole(socket.data.watcher.session.user.role, 'viewer')) {
      throw new WireFailure('forbidden', 'the role does not allow this');
    }
    return parseWire(WatchSchema, payload);
  }

  private findHost(id: string): Host {
    const host = this.hosts.find(id);
    if (host === null) throw new WireFailure('not_found', 'there is no such host');
    return host;
  }

  /** Closes the sockets whose session is over; one that was used elsewhere since goes on. */
  private endSessions(): void {
    const { hubTime: now } = this.presence.current;
    for (const socket of this.sockets) {
      if (socket.data.watcher.session.expiresAt <= now) this.confirm(socket);
    }
  }

  /** Asks whether the session of a socket still holds. */
  private confirm(socket: LiveSocket): void {
    const { watcher } = socket.data;
    this.auth.currentSession(watcher.session.id).then(
      (session) => {
        if (session === null) signOut(socket);
        else watcher.session = session;
      },
      (error: unknown) => this.logger.error({ err: error }, 'a session could not be looked up'),
    );
  }

  /** Runs a handler; a refusal is its answer. */
  private async answer<Success extends { ok: true }>(
    handle: () => Promise<Success>,
  ): Promise<Success | Failure> {
    try {
      return await handle();
    } catch (error) {
      if (error instanceof WireFailure) return error.toResult();
      this.logger.error({ err: error }, 'a dashboard could not be answered');
      return failure('busy', 'the hub failed; try again');
    }
  }
}

function refuseMore(watched: ReadonlySet<Host>, host: Host, most: number): void {
  if (watched.size < most || watched.has(host)) return;
  throw new WireFailure('too_large', `at most ${most} hosts can be watched at once`);
}

function signOut(socket: LiveSocket): void {
  socket.emit('signedOut');
  socket.disconnect(true);
}
