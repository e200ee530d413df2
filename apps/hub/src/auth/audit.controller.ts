import {
  AuditExportQuerySchema,
  AuditQuerySchema,
  type AuditEntryInfo,
  type AuditFilter,
  type AuditQuery,
  type List,
} from '@hostdeck/contracts';
import { Controller, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LIMITS, type HubLimits } from '../config/limits';
import { CLOCK, type Clock } from '../config/tokens';
import { ExportSlots } from '../export/export-slots';
import { exportFileName } from '../export/file-name';
import { sendText } from '../export/send-text';
import { toPage } from '../lists/page';
import { Route } from '../openapi/route';
import { USER_ROUTES } from '../openapi/user-routes';
import { ZodPipe } from '../problems/zod.pipe';
import { AUDIT_CSV, auditCsv } from './audit-csv';
import { AuditRepository } from './audit.repository';

/** The audit trail, for administrators to read. */
@Controller()
export class AuditController {
  constructor(
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(ExportSlots) private readonly slots: ExportSlots,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(USER_ROUTES.audit)
  async list(
    @Query(new ZodPipe(AuditQuerySchema)) { limit, cursor, ...filter }: AuditQuery,
  ): Promise<List<AuditEntryInfo>> {
    const before = cursor === undefined ? {} : { before: Number(cursor) };
    const rows = await this.audit.list({ ...filter, ...before, limit: limit + 1 });
    return toPage(rows, limit, ({ id }) => String(id));
  }

  @Route(USER_ROUTES.exportAudit)
  async export(
    @Query(new ZodPipe(AuditExportQuerySchema)) filter: AuditFilter,
    @Res() response: Response,
  ): Promise<void> {
    await this.slots.within(() =>
      sendText(response, {
        fileName: exportFileName('audit', filter.from ?? this.now(), 'csv'),
        mediaType: AUDIT_CSV,
        text: auditCsv((page) => this.audit.list({ ...filter, ...page })),
        patience: this.limits.exports.patience,
      }),
    );
  }
}
