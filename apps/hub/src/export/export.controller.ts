import {
  ExportQuerySchema,
  FleetExportQuerySchema,
  IdSchema,
  type ExportQuery,
  type FleetExportQuery,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LIMITS, type HubLimits } from '../config/limits';
import type { Host } from '../hosts/host';
import { findHost } from '../hosts/hosts.controller';
import { HostsService } from '../hosts/hosts.service';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { ExportSlots } from './export-slots';
import { ExportService } from './export.service';
import { exportFileName } from './file-name';
import { sendText } from './send-text';

@Controller()
export class ExportController {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(ExportService) private readonly exports: ExportService,
    @Inject(ExportSlots) private readonly slots: ExportSlots,
    @Inject(LIMITS) private readonly limits: HubLimits,
  ) {}

  @Route(ROUTES.exportHost)
  async exportHost(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(ExportQuerySchema)) query: ExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    const host = findHost(this.hosts, id);
    await this.send({ hosts: [host], name: host.name, ofFleet: false }, query, response);
  }

  @Route(ROUTES.exportFleet)
  async exportFleet(
    @Query(new ZodPipe(FleetExportQuerySchema)) query: FleetExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    const hosts = this.choose(query);
    await this.send({ hosts, name: 'fleet', ofFleet: true }, query, response);
  }

  private send(
    { hosts, name, ofFleet }: { hosts: readonly Host[]; name: string; ofFleet: boolean },
    query: ExportQuery,
    response: Response,
  ): Promise<void> {
    return this.slots.within(async () => {
      const { times, format } = query;
      const { from, mediaType, text } = await this.exports.open(
        hosts,
        query,
        { times, ofFleet },
        () => response.destroyed,
      );
      await sendText(response, {
        fileName: exportFileName(name, from, format),
        mediaType,
        text,
        patience: this.limits.exports.patience,
      });
    });
  }

  /** The hosts an export of the fleet is of, as they are now. */
  private choose({ host: ids, tag: tags }: FleetExportQuery): Host[] {
    if (ids !== undefined) return ids.map((id) => findHost(this.hosts, id));
    const all = [...this.hosts.all()];
    if (tags === undefined) return all;
    const chosen = all.filter((host) => tags.every((tag) => host.tags.includes(tag)));
    if (chosen.length === 0) throw new ProblemError('not_found', 'no host has these tags');
    return chosen;
  }
}
