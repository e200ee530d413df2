import {
  HostEventsQuerySchema,
  IdSchema,
  type HostEvent,
  type HostEventsQuery,
  type List,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { HostEventsService } from './host-events.service';

@Controller()
export class HostEventsController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(HostEventsService) private readonly events: HostEventsService,
  ) {}

  @Route(ROUTES.hostEvents)
  list(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(HostEventsQuerySchema)) query: HostEventsQuery,
  ): Promise<List<HostEvent>> {
    return this.events.list(findHost(this.hosts, id), query);
  }
}
