import {
  IdSchema,
  NewShareLinkSchema,
  PageQuerySchema,
  ShareSecretSchema,
  type CreatedShareLink,
  type List,
  type OpenedShareLink,
  type PageQuery,
  type ShareLink,
  type ShareSecret,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import type { HubConfig } from '../config/config';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import { HubUrl } from '../enrollment/hub-url';
import { toPage } from '../lists/page';
import { Route } from '../openapi/route';
import { SHARE_ROUTES } from '../openapi/share-routes';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { AuditRepository } from './audit.repository';
import { AuthService, type Identity } from './auth.service';
import { isServedSecurely, SESSION_LIFETIME, sessionCookie } from './cookies';
import { FailureThrottle } from './failure-throttle';
import { ClientAddress, CurrentIdentity } from './request';
import { hashSecret, newId, newSecret } from './secrets';
import { ShareLinksRepository } from './share-links.repository';

/** Wrong secrets before an address has to wait: each is written into the audit trail, which is not to be filled by anybody. */
const FREE_FAILURES = 20;

/** Links by which a screen on a wall, or somebody without an account, looks. Their secrets are 256 random bits, which nobody guesses. */
@Controller()
export class ShareLinksController {
  private readonly throttle: FailureThrottle;

  constructor(
    @Inject(ShareLinksRepository) private readonly links: ShareLinksRepository,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.throttle = new FailureThrottle(FREE_FAILURES, now);
  }

  @Route(SHARE_ROUTES.createShareLink)
  async create(
    @Body(new ZodPipe(NewShareLinkSchema)) wanted: z.output<typeof NewShareLinkSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
    @HubUrl() hubUrl: string,
  ): Promise<CreatedShareLink> {
    const now = this.now();
    const { name, path, expiresAt = null } = wanted;
    if (expiresAt !== null && expiresAt <= now) {
      throw new ProblemError('bad_request', 'the link would be over already', {
        errors: [{ path: 'expiresAt', message: 'this time has passed' }],
      });
    }
    const secret = newSecret();
    const createdBy = user.username;
    const link = {
      id: newId(),
      name,
      path,
      createdBy,
      createdAt: now,
      expiresAt,
      lastUsedAt: null,
    };
    await this.links.create(link, hashSecret(secret));
    await this.audit.record({
      at: now,
      actor: user.username,
      address,
      action: 'share_link_created',
      detail: { id: link.id, name, path },
    });
    return { ...link, url: `${hubUrl}/share#${secret}` };
  }

  @Route(SHARE_ROUTES.listShareLinks)
  async list(
    @Query(new ZodPipe(PageQuerySchema)) { limit, cursor }: PageQuery,
  ): Promise<List<ShareLink>> {
    return toPage(await this.links.list(limit + 1, cursor ?? ''), limit, ({ id }) => id);
  }

  @Route(SHARE_ROUTES.deleteShareLink)
  async delete(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    const ended = await this.links.delete(id);
    if (ended === null) throw new ProblemError('not_found', 'there is no such link');
    for (const session of ended) this.auth.sessions.emit('ended', session);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'share_link_deleted',
      detail: { id },
    });
  }

  @Route(SHARE_ROUTES.openShareLink)
  async open(
    @Body(new ZodPipe(ShareSecretSchema)) { secret }: ShareSecret,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpenedShareLink> {
    const now = this.now();
    const wait = this.throttle.waitFor(address);
    if (wait > 0) {
      throw new ProblemError('too_many_requests', 'too many wrong links: try again later', {
        retryAfter: wait,
      });
    }
    const link = await this.links.findBySecret(hashSecret(secret), now);
    if (link === null) {
      this.throttle.fail(address);
      const actor = 'shared link';
      await this.audit.record({ at: now, actor, address, action: 'share_link_refused' });
      throw new ProblemError('unauthorized', 'this link is over, or it was copied in part');
    }
    const token = newSecret();
    const expiresAt = Math.min(link.expiresAt ?? Infinity, now + SESSION_LIFETIME);
    await this.links.startSession(link.id, { id: hashSecret(token), expiresAt }, now);
    await this.audit.record({
      at: now,
      actor: `shared link: ${link.name}`,
      address,
      action: 'share_link_opened',
      detail: { id: link.id },
    });
    response.setHeader('Set-Cookie', sessionCookie(token, isServedSecurely(this.config)));
    return { path: link.path };
  }
}
