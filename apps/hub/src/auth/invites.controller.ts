import {
  InviteAcceptanceSchema,
  InviteCheckSchema,
  type InviteAcceptance,
  type Invited,
  type Me,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import type { HubConfig } from '../config/config';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import { Route } from '../openapi/route';
import { USER_ROUTES } from '../openapi/user-routes';
import { ZodPipe } from '../problems/zod.pipe';
import { AuditRepository } from './audit.repository';
import { isServedSecurely, sessionCookie } from './cookies';
import { SignInOrigin } from './request';
import type { Origin } from './sessions.repository';
import { UsersService } from './users.service';

/** Links by which users set a password. Their tokens are 256 random bits, which nobody guesses. */
@Controller()
export class InvitesController {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(USER_ROUTES.checkInvite)
  check(
    @Body(new ZodPipe(InviteCheckSchema)) { token }: z.output<typeof InviteCheckSchema>,
  ): Promise<Invited> {
    return this.users.checkInvite(token);
  }

  @Route(USER_ROUTES.acceptInvite)
  async accept(
    @Body(new ZodPipe(InviteAcceptanceSchema)) acceptance: InviteAcceptance,
    @SignInOrigin() origin: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const { user, token } = await this.users.acceptInvite(acceptance, origin);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address: origin.address,
      action: 'invite_accepted',
      detail: { id: user.id },
    });
    response.setHeader('Set-Cookie', sessionCookie(token, isServedSecurely(this.config)));
    return user;
  }
}
