import { EventEmitter } from 'node:events';
import type { ProcessScan } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { AgentSettingsService } from '../settings/agent-settings.service';
import { WireFailure } from '../sockets/wire-failure';
import { FocusService } from './focus.service';
import { ProcessTable } from './process-table';

/** All tables together are not larger than this, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

interface ProcessEvents {
  /** A whole scan came: what it changed. */
  scan: [host: Host, scan: ProcessScan];
  /** The agent went away, or has turned out not to show processes. */
  unavailable: [host: Host];
}

/** Why a host's processes cannot be shown. */
export interface Unavailable {
  /** Whether it may be otherwise in a moment, without anybody changing anything. */
  readonly passing: boolean;
  /** For people. */
  readonly message: string;
}

/** An agent's connection, as far as it matters for processes. */
interface Presence {
  readonly since: number;
  /** Whether it has sent something that agents send who know processes. */
  knows: boolean;
}

/** The processes of the hosts that somebody looks at; of a host that nobody looks at nothing is kept. */
@Injectable()
export class ProcessTables {
  readonly events = new EventEmitter<ProcessEvents>();
  private readonly tables = new Map<Host, ProcessTable>();
  private readonly present = new Map<Host, Presence>();

  constructor(
    @Inject(FocusService) focus: FocusService,
    @Inject(AgentSettingsService) private readonly settings: AgentSettingsService,
    @Inject(HostsService) hosts: HostsService,
    @Inject(LIMITS) private readonly limits: HubLimits,
  ) {
    this.events.setMaxListeners(0);
    focus.events.on('focus', (host, { processes }) => {
      if (!processes) this.tables.delete(host);
    });
    hosts.events.on('removed', (host) => {
      this.tables.delete(host);
      this.present.delete(host);
    });
  }

  /** The agent of a host has said hello. */
  arrive(host: Host): void {
    this.tables.delete(host);
    this.present.set(host, { since: performance.now(), knows: false });
  }

  /** The agent of a host has left. */
  leave(host: Host): void {
    this.tables.delete(host);
    this.present.delete(host);
    this.events.emit('unavailable', host);
  }

  /** The agent of a host has said something that tells that it knows of processes. */
  noteKnows(host: Host): void {
    const presence = this.present.get(host);
    if (presence !== undefined) presence.knows = true;
  }

  /**
   * Takes a part of a scan; after a refusal what was known of the host is forgotten.
   *
   * @throws {WireFailure}
   */
  take(host: Host, part: ProcessScan): void {
    this.noteKnows(host);
    const table = this.tables.get(host) ?? new ProcessTable();
    this.tables.set(host, table);
    let whole: ProcessScan | null;
    try {
      whole = table.take(part);
      if (this.bytes > MOST_BYTES) {
        throw new WireFailure('too_large', 'the hub keeps the processes of many hosts already');
      }
    } catch (error) {
      this.tables.delete(host);
      throw error;
    }
    if (whole !== null) this.events.emit('scan', host, whole);
  }

  /** The table of a host; `null` before its first whole scan. */
  find(host: Host): ProcessTable | null {
    const table = this.tables.get(host);
    return table?.isWhole === true ? table : null;
  }

  /** Why there will be no table; `null` when there is one, or one is to come. */
  unavailable(host: Host): Unavailable | null {
    const presence = this.present.get(host);
    if (presence === undefined) {
      return { passing: true, message: 'the agent of this host is not connected' };
    }
    if (this.settings.readHost(host).effective.disabled.includes('processes')) {
      return { passing: false, message: 'processes are turned off in the settings of this host' };
    }
    if (!presence.knows && performance.now() - presence.since > this.limits.processes.silence) {
      return {
        passing: false,
        message: 'the agent of this host is too old to show processes: update it',
      };
    }
    return null;
  }

  private get bytes(): number {
    let bytes = 0;
    for (const table of this.tables.values()) bytes += table.bytes;
    return bytes;
  }
}
