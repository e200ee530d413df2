import {
  IdSchema,
  NewApiTokenSchema,
  PageQuerySchema,
  type ApiToken,
  type CreatedApiToken,
  type List,
  type PageQuery,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../config/tokens';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { toPage } from '../lists/page';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { ApiTokensRepository } from './api-tokens.repository';
import { AuditRepository } from './audit.repository';
import type { Identity } from './auth.service';
import { ClientAddress, CurrentIdentity } from './request';
import { hashSecret, newId, newSecret } from './secrets';

@Controller()
export class TokensController {
  constructor(
    @Inject(ApiTokensRepository) private readonly tokens: ApiTokensRepository,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.createToken)
  async create(
    @Body(new ZodPipe(NewApiTokenSchema)) { name, role }: z.output<typeof NewApiTokenSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<CreatedApiToken> {
    const token = newSecret('hd_');
    const id = newId();
    const createdAt = this.now();
    await this.tokens.create({
      id,
      hash: hashSecret(token),
      name,
      role,
      createdBy: user.username,
      createdAt,
    });
    await this.audit.record({
      at: createdAt,
      actor: user.username,
      address,
      action: 'token_created',
      detail: { id, name, role },
    });
    return { id, name, role, createdAt, lastUsedAt: null, token };
  }

  @Route(ROUTES.listTokens)
  async list(
    @Query(new ZodPipe(PageQuerySchema)) { limit, cursor }: PageQuery,
  ): Promise<List<ApiToken>> {
    return toPage(await this.tokens.list(limit + 1, cursor ?? ''), limit, ({ id }) => id);
  }

  @Route(ROUTES.deleteToken)
  async delete(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    if (!(await this.tokens.delete(id)))
      throw new ProblemError('not_found', 'there is no such token');
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'token_deleted',
      detail: { id },
    });
  }
}
