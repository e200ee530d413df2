import {
  IdSchema,
  ThresholdsQuerySchema,
  type HostThresholds,
  type ThresholdsQuery,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { findHost } from '../../hosts/hosts.controller';
import { HostsService } from '../../hosts/hosts.service';
import { ALERT_ROUTES } from '../../openapi/alert-routes';
import { Route } from '../../openapi/route';
import { ZodPipe } from '../../problems/zod.pipe';
import { IncidentsRepository } from '../incidents/incidents.repository';
import { RulesService } from '../rules/rules.service';
import { thresholdsOf } from './host-thresholds';

const DAY = 86_400_000;

/** What the charts of a host show of its rules. */
@Controller()
export class ThresholdsController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(IncidentsRepository) private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ALERT_ROUTES.hostThresholds)
  async get(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(ThresholdsQuerySchema)) query: ThresholdsQuery,
  ): Promise<HostThresholds> {
    const host = findHost(this.hosts, id);
    const to = query.to ?? this.now();
    const from = query.from ?? to - DAY;
    return {
      thresholds: thresholdsOf(this.rules.all(), host),
      firings: await this.incidents.firings(id, { from, to }),
    };
  }
}
