import {
  IdSchema,
  NewSilenceSchema,
  SilenceChangeSchema,
  SilencesQuerySchema,
  type List,
  type Silence,
  type SilenceChange,
  type SilenceDefinition,
  type SilencesQuery,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { AuditRepository, type AuditEntry } from '../../auth/audit.repository';
import type { Identity } from '../../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../../auth/request';
import { CLOCK, type Clock } from '../../config/tokens';
import { ALERT_ROUTES } from '../../openapi/alert-routes';
import { Route } from '../../openapi/route';
import { ZodPipe } from '../../problems/zod.pipe';
import { IncidentsService } from '../incidents/incidents.service';
import { SilencesService } from './silences.service';

@Controller()
export class SilencesController {
  constructor(
    @Inject(SilencesService) private readonly silences: SilencesService,
    @Inject(IncidentsService) private readonly incidents: IncidentsService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ALERT_ROUTES.listSilences)
  async list(
    @Query(new ZodPipe(SilencesQuerySchema)) { active, incident }: SilencesQuery,
  ): Promise<List<Silence>> {
    const items =
      incident === undefined ? this.silences.list() : await this.incidents.silencesOver(incident);
    return {
      items: active === undefined ? items : items.filter(({ isActive }) => isActive === active),
    };
  }

  @Route(ALERT_ROUTES.createSilence)
  async create(
    @Body(new ZodPipe(NewSilenceSchema)) definition: SilenceDefinition,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<Silence> {
    const silence = await this.silences.create(definition, user.username);
    await this.record('silence_created', silence, { actor: user.username, address });
    return silence;
  }

  @Route(ALERT_ROUTES.changeSilence)
  async change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(SilenceChangeSchema)) change: SilenceChange,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<Silence> {
    const silence = await this.silences.change(id, change);
    await this.record('silence_changed', silence, { actor: user.username, address });
    return silence;
  }

  @Route(ALERT_ROUTES.removeSilence)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    const reason = await this.silences.remove(id);
    await this.record('silence_removed', { id, reason }, { actor: user.username, address });
  }

  private record(
    action: AuditEntry['action'],
    { id, reason }: Pick<Silence, 'id' | 'reason'>,
    who: Pick<AuditEntry, 'actor' | 'address'>,
  ): Promise<void> {
    return this.audit.record({ at: this.now(), ...who, action, detail: { id, reason } });
  }
}
