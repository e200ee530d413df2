import {
  IdSchema,
  SettingsOverrideSchema,
  TagSchema,
  type FleetSettings,
  type HostSettings,
  type SettingsOverride,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import { AuditRepository } from '../auth/audit.repository';
import type { Identity } from '../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../auth/request';
import { CLOCK, type Clock } from '../config/tokens';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import type { Scope } from './agent-settings.repository';
import { AgentSettingsService } from './agent-settings.service';

/** Who changes something, and from where. */
interface Asker {
  readonly identity: Identity;
  readonly address: string;
}

@Controller()
export class AgentSettingsController {
  constructor(
    @Inject(AgentSettingsService) private readonly settings: AgentSettingsService,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.getSettings)
  read(): FleetSettings {
    return this.settings.read();
  }

  @Route(ROUTES.setFleetSettings)
  async setFleet(
    @Body(new ZodPipe(SettingsOverrideSchema)) settings: SettingsOverride,
    @CurrentIdentity() identity: Identity,
    @ClientAddress() address: string,
  ): Promise<FleetSettings> {
    await this.set({ kind: 'fleet' }, settings, { identity, address });
    return this.settings.read();
  }

  @Route(ROUTES.setTagSettings)
  async setTag(
    @Param('tag', new ZodPipe(TagSchema)) tag: string,
    @Body(new ZodPipe(SettingsOverrideSchema)) settings: SettingsOverride,
    @CurrentIdentity() identity: Identity,
    @ClientAddress() address: string,
  ): Promise<FleetSettings> {
    await this.set({ kind: 'tag', tag }, settings, { identity, address });
    return this.settings.read();
  }

  @Route(ROUTES.removeTagSettings)
  async removeTag(
    @Param('tag', new ZodPipe(TagSchema)) tag: string,
    @CurrentIdentity() identity: Identity,
    @ClientAddress() address: string,
  ): Promise<FleetSettings> {
    await this.set({ kind: 'tag', tag }, {}, { identity, address });
    return this.settings.read();
  }

  @Route(ROUTES.getHostSettings)
  readHost(@Param('id', new ZodPipe(IdSchema)) id: string): HostSettings {
    return this.settings.readHost(findHost(this.hosts, id));
  }

  @Route(ROUTES.setHostSettings)
  async setHost(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(SettingsOverrideSchema)) settings: SettingsOverride,
    @CurrentIdentity() identity: Identity,
    @ClientAddress() address: string,
  ): Promise<HostSettings> {
    const host = findHost(this.hosts, id);
    await this.set({ kind: 'host', hostId: id }, settings, { identity, address });
    return this.settings.readHost(host);
  }

  private async set(scope: Scope, settings: SettingsOverride, asker: Asker): Promise<void> {
    await this.settings.set(scope, settings);
    await this.audit.record({
      at: this.now(),
      actor: asker.identity.user.username,
      address: asker.address,
      action: 'settings_changed',
      detail: {
        scope: scope.kind,
        ...(scope.kind === 'tag' ? { tag: scope.tag } : {}),
        ...(scope.kind === 'host' ? { id: scope.hostId } : {}),
        settings: JSON.stringify(settings),
      },
    });
  }
}
