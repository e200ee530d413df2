import {
  CulpritsQuerySchema,
  IdSchema,
  type CulpritsAnswer,
  type CulpritsQuery,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { CulpritsService } from './culprits.service';

@Controller()
export class CulpritsController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(CulpritsService) private readonly culprits: CulpritsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.culprits)
  read(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(CulpritsQuerySchema)) query: CulpritsQuery,
  ): Promise<CulpritsAnswer> {
    return this.culprits.read(findHost(this.hosts, id), query, this.now());
  }
}
