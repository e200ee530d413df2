import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type {
  AgentSettings,
  FleetSettings,
  HostSettings,
  SettingsOverride,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { ProblemError } from '../problems/problem';
import { effectiveSettings } from './effective-settings';
import { AgentSettingsRepository, type Scope } from './agent-settings.repository';

/** Most tags that settings can be set for. */
const MOST_TAGS = 500;

interface SettingsEvents {
  /** Other settings are in force for a host. */
  changed: [host: Host, settings: AgentSettings];
}

/** What is set for the fleet, for tags and for hosts, and what follows from it for each host. */
@Injectable()
export class AgentSettingsService {
  readonly events = new EventEmitter<SettingsEvents>();
  private fleet: SettingsOverride = {};
  private readonly tags = new Map<string, SettingsOverride>();
  private readonly hostsOwn = new Map<string, SettingsOverride>();
  /** What each host was told last, and the tags it had then. */
  private readonly told = new Map<Host, { tags: readonly string[]; effective: AgentSettings }>();

  constructor(
    @Inject(AgentSettingsRepository) private readonly repository: AgentSettingsRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    hosts.events.on('changed', (host) => {
      if (this.told.get(host)?.tags !== host.tags) this.apply(host);
    });
    hosts.events.on('removed', (host) => this.forget(host));
  }

  /** Learns what is set. Before there are hosts. */
  async start(): Promise<void> {
    for (const { scope, settings } of await this.repository.all()) this.keep(scope, settings);
  }

  /** What is set for the fleet and for tags, by the names of the tags. */
  read(): FleetSettings {
    return {
      fleet: this.fleet,
      tags: [...this.tags]
        .map(([tag, settings]) => ({ tag, settings }))
        .sort((first, second) => compare(first.tag, second.tag)),
    };
  }

  readHost(host: Host): HostSettings {
    const own = this.hostsOwn.get(host.id) ?? {};
    return { ...this.effectiveOf(host), own };
  }

  /** The settings in force for a host, to be told to its agent now. */
  effective(host: Host): AgentSettings {
    const { effective } = this.effectiveOf(host);
    this.told.set(host, { tags: host.tags, effective });
    host.setInterval(effective.interval);
    return effective;
  }

  /**
   * Sets everything that is set for a scope; without anything, nothing is set for it any more.
   *
   * @throws {ProblemError} when settings are set for too many tags.
   */
  async set(scope: Scope, settings: SettingsOverride): Promise<void> {
    const isNew = scope.kind === 'tag' && !this.tags.has(scope.tag);
    if (isNew && this.tags.size >= MOST_TAGS) {
      throw new ProblemError('conflict', `settings are set for ${MOST_TAGS} tags already`);
    }
    if (Object.keys(settings).length === 0) await this.repository.remove(scope);
    else await this.repository.save({ scope, settings }, this.now());
    this.keep(scope, settings);
    for (const host of this.hosts.all()) if (concerns(scope, host)) this.apply(host);
  }

  private keep(scope: Scope, settings: SettingsOverride): void {
    const isNothing = Object.keys(settings).length === 0;
    switch (scope.kind) {
      case 'fleet':
        this.fleet = settings;
        return;
      case 'tag':
        if (isNothing) this.tags.delete(scope.tag);
        else this.tags.set(scope.tag, settings);
        return;
      case 'host':
        if (isNothing) this.hostsOwn.delete(scope.hostId);
        else this.hostsOwn.set(scope.hostId, settings);
    }
  }

  private effectiveOf(host: Host) {
    const tags = host.tags
      .flatMap((tag) => {
        const settings = this.tags.get(tag);
        return settings === undefined ? [] : [{ tag, settings }];
      })
      .sort((first, second) => compare(first.tag, second.tag));
    return effectiveSettings({
      host: this.hostsOwn.get(host.id) ?? {},
      tags,
      fleet: this.fleet,
      ownInterval: host.ownInterval,
    });
  }

  /** Tells of the settings in force for a host when they are others than before. */
  private apply(host: Host): void {
    const { effective } = this.effectiveOf(host);
    const before = this.told.get(host);
    this.told.set(host, { tags: host.tags, effective });
    if (isDeepStrictEqual(before?.effective, effective)) return;
    host.setInterval(effective.interval);
    if (before !== undefined) this.events.emit('changed', host, effective);
  }

  private forget(host: Host): void {
    this.told.delete(host);
    this.hostsOwn.delete(host.id);
    this.repository.remove({ kind: 'host', hostId: host.id }).catch((error: unknown) => {
      this.logger.warn({ err: error, host: host.id }, 'settings of a removed host are left over');
    });
  }
}

function concerns(scope: Scope, host: Host): boolean {
  switch (scope.kind) {
    case 'fleet':
      return true;
    case 'tag':
      return host.tags.includes(scope.tag);
    case 'host':
      return host.id === scope.hostId;
  }
}

/** By code units, so that the order is the same everywhere. */
function compare(first: string, second: string): number {
  return first < second ? -1 : Number(first > second);
}
