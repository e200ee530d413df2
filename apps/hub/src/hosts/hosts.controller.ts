import {
  HostChangeSchema,
  IdSchema,
  PageQuerySchema,
  type HostChange,
  type HostSummary,
  type List,
  type PageQuery,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { AuditRepository } from '../auth/audit.repository';
import type { Identity } from '../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../auth/request';
import { CLOCK, type Clock } from '../config/tokens';
import { toPage } from '../lists/page';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { toSummary } from './card';
import type { Host } from './host';
import { HostsService } from './hosts.service';

/** The host of that id; a problem when there is none. */
export function findHost(hosts: HostsService, id: string): Host {
  const host = hosts.find(id);
  if (host === null) throw new ProblemError('not_found', 'there is no such host');
  return host;
}

@Controller()
export class HostsController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.listHosts)
  list(@Query(new ZodPipe(PageQuerySchema)) { limit, cursor }: PageQuery): List<HostSummary> {
    const after = cursor === undefined ? -1 : Number(cursor);
    if (!Number.isSafeInteger(after)) {
      const errors = [{ path: 'cursor', message: 'not a cursor of this list' }];
      throw new ProblemError('bad_request', 'cursor: not a cursor of this list', { errors });
    }
    const page: Host[] = [];
    for (const host of this.hosts.all()) {
      if (host.key > after) page.push(host);
      if (page.length > limit) break;
    }
    const { items, next } = toPage(page, limit, ({ key }) => String(key));
    const now = this.now();
    return {
      items: items.map((host) => toSummary(host, now)),
      ...(next === undefined ? {} : { next }),
    };
  }

  @Route(ROUTES.getHost)
  get(@Param('id', new ZodPipe(IdSchema)) id: string): HostSummary {
    return toSummary(findHost(this.hosts, id), this.now());
  }

  @Route(ROUTES.changeHost)
  async change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(HostChangeSchema)) change: HostChange,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<HostSummary> {
    const host = findHost(this.hosts, id);
    await this.hosts.change(host, change);
    const detail = { id, name: host.name, tags: host.tags.join(',') };
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'host_changed',
      detail,
    });
    return toSummary(host, this.now());
  }

  @Route(ROUTES.removeHost)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    const host = findHost(this.hosts, id);
    await this.hosts.remove(host);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'host_removed',
      detail: { id, name: host.name },
    });
  }
}
