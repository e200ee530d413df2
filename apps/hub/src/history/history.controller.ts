import {
  FleetSeriesQuerySchema,
  IdSchema,
  SeriesQuerySchema,
  type FleetSeriesAnswer,
  type FleetSeriesQuery,
  type SeriesAnswer,
  type SeriesQuery,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { SeriesService } from './series.service';

@Controller()
export class HistoryController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(SeriesService) private readonly series: SeriesService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.series)
  read(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(SeriesQuerySchema)) query: SeriesQuery,
  ): Promise<SeriesAnswer> {
    return this.series.read(findHost(this.hosts, id), query, this.now());
  }

  @Route(ROUTES.fleetSeries)
  readFleet(
    @Query(new ZodPipe(FleetSeriesQuerySchema)) { host: ids, ...query }: FleetSeriesQuery,
  ): Promise<FleetSeriesAnswer> {
    const hosts = ids.map((id) => findHost(this.hosts, id));
    return this.series.readFleet(hosts, query, this.now());
  }
}
