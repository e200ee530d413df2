import {
  EnrollSchema,
  IdSchema,
  NewEnrollmentTokenSchema,
  PageQuerySchema,
  type CreatedEnrollmentToken,
  type Enrolled,
  type EnrollmentToken,
  type List,
  type PageQuery,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { HubIdentity } from '../agents/hub-identity';
import { AuditRepository } from '../auth/audit.repository';
import type { Identity } from '../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../auth/request';
import { CLOCK, type Clock } from '../config/tokens';
import { toPage } from '../lists/page';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { HubUrl } from './hub-url';
import { EnrollmentRepository } from './enrollment.repository';
import { EnrollmentService } from './enrollment.service';

@Controller()
export class EnrollmentController {
  constructor(
    @Inject(EnrollmentService) private readonly enrollment: EnrollmentService,
    @Inject(EnrollmentRepository) private readonly repository: EnrollmentRepository,
    @Inject(HubIdentity) private readonly identity: HubIdentity,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.createEnrollmentToken)
  async create(
    @Body(new ZodPipe(NewEnrollmentTokenSchema)) wanted: z.output<typeof NewEnrollmentTokenSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
    @HubUrl() hubUrl: string,
  ): Promise<CreatedEnrollmentToken> {
    const token = await this.enrollment.createToken(wanted, hubUrl);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'enrollment_token_created',
      detail: { id: token.id, uses: token.uses, expiresAt: token.expiresAt },
    });
    return token;
  }

  @Route(ROUTES.listEnrollmentTokens)
  async list(
    @Query(new ZodPipe(PageQuerySchema)) { limit, cursor }: PageQuery,
  ): Promise<List<EnrollmentToken>> {
    const rows = await this.repository.listTokens(limit + 1, cursor ?? '', this.now());
    return toPage(rows, limit, ({ id }) => id);
  }

  @Route(ROUTES.deleteEnrollmentToken)
  async delete(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    if (!(await this.repository.deleteToken(id))) {
      throw new ProblemError('not_found', 'there is no such join token');
    }
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'enrollment_token_deleted',
      detail: { id },
    });
  }

  @Route(ROUTES.enroll)
  async enroll(
    @Body(new ZodPipe(EnrollSchema)) request: z.output<typeof EnrollSchema>,
    @ClientAddress() address: string,
  ): Promise<Enrolled> {
    const { id } = await this.enrollment.enroll(request, address);
    return { agentId: id, hubPublicKey: this.identity.publicKey };
  }
}
