import type { AgentSettings, Goodbye } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { FocusService } from '../processes/focus.service';
import { ProcessTables } from '../processes/process-tables.service';
import { AgentSettingsService } from '../settings/agent-settings.service';
import type { AgentSocket } from './agent-connection';

/** Which socket speaks for a host, and what agents are told over it: settings, focus, goodbye. */
@Injectable()
export class AgentSockets {
  /** The newest of each host that has proved who it is. */
  private readonly sockets = new Map<Host, AgentSocket>();

  constructor(
    @Inject(AgentSettingsService) private readonly settings: AgentSettingsService,
    @Inject(FocusService) private readonly focus: FocusService,
    @Inject(ProcessTables) private readonly processes: ProcessTables,
    @Inject(HostsService) hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    hosts.events.on('removed', (host) => {
      this.dismiss(host, { reason: 'revoked', message: 'the host was removed from the hub' });
    });
    settings.events.on('changed', (host, own) => this.greetedOf(host)?.emit('settings', own));
    focus.events.on('focus', (host, own) => this.greetedOf(host)?.emit('focus', own));
  }

  /** Agents that have proved who they are. */
  get count(): number {
    return this.sockets.size;
  }

  /** The newest connection that proves to be a host speaks for it; the one before is sent away. */
  replace(host: Host, socket: AgentSocket): void {
    if (this.sockets.has(host)) {
      this.logger.warn(
        { host: host.id, name: host.name },
        'another connection with the same identity replaces the one before',
      );
      this.dismiss(host, { reason: 'replaced', message: 'the same identity connected again' });
    }
    this.sockets.set(host, socket);
  }

  /** An agent has said hello. @returns the settings it is to be told */
  greet(host: Host, socket: AgentSocket): AgentSettings {
    this.processes.arrive(host);
    // After the answer to the hello has left.
    setImmediate(() => {
      const focus = this.focus.current(host);
      if (focus !== null) socket.emit('focus', focus);
    });
    return this.settings.effective(host);
  }

  /** A socket is closed. */
  leave(host: Host, socket: AgentSocket): void {
    if (this.sockets.get(host) !== socket) return;
    this.sockets.delete(host);
    this.processes.leave(host);
  }

  private dismiss(host: Host, goodbye: Goodbye): void {
    const socket = this.sockets.get(host);
    if (socket === undefined) return;
    this.leave(host, socket);
    socket.emit('goodbye', goodbye);
    socket.disconnect(true);
  }

  /** The socket of a host, once it has said hello. */
  private greetedOf(host: Host): AgentSocket | null {
    const socket = this.sockets.get(host);
    return socket?.data.connection.step.name === 'greeted' ? socket : null;
  }
}
