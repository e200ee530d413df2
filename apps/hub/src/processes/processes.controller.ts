import {
  IdSchema,
  ProcessesQuerySchema,
  type ProcessesAnswer,
  type ProcessesQuery,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { ProcessesService } from './processes.service';

@Controller()
export class ProcessesController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(ProcessesService) private readonly processes: ProcessesService,
  ) {}

  @Route(ROUTES.processes)
  list(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(ProcessesQuerySchema)) query: ProcessesQuery,
  ): Promise<ProcessesAnswer> {
    return this.processes.list(findHost(this.hosts, id), query);
  }
}
