import {
  IdSchema,
  PasswordChangeSchema,
  type List,
  type PasswordChange,
  type SessionInfo,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { Route } from '../openapi/route';
import { USER_ROUTES } from '../openapi/user-routes';
import { ProblemError } from '../problems/problem';
import { ZodPipe } from '../problems/zod.pipe';
import { Audited, type Actor } from './audited';
import { AuthService, type Identity } from './auth.service';
import { CurrentActor, CurrentIdentity } from './request';
import { publicIdOf, toSessionInfos } from './session-list';
import { SessionsRepository } from './sessions.repository';
import { UsersService } from './users.service';

/** What people do with their own account; scripts have none. */
@Controller()
export class AccountController {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(Audited) private readonly audited: Audited,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(USER_ROUTES.changePassword)
  async changePassword(
    @Body(new ZodPipe(PasswordChangeSchema)) change: PasswordChange,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const { user, session } = actor.identity;
    if (session === null) throw new ProblemError('conflict', 'an API token has no password');
    try {
      await this.users.changePassword(user, change, session.id);
    } catch (error) {
      await this.audited.record(actor, 'password_change_refused', { id: user.id });
      throw error;
    }
    await this.audited.record(actor, 'password_changed', { id: user.id });
  }

  @Route(USER_ROUTES.ownSessions)
  async list(@CurrentIdentity() { user, session }: Identity): Promise<List<SessionInfo>> {
    const started = await this.sessions.ofUser(user.id, this.now());
    return { items: toSessionInfos(started, session?.id ?? null) };
  }

  @Route(USER_ROUTES.endOwnSession)
  async end(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const started = await this.sessions.ofUser(actor.identity.user.id, this.now());
    const session = started.find((candidate) => publicIdOf(candidate.id) === id);
    if (session === undefined) throw new ProblemError('not_found', 'you have no such session');
    await this.auth.endSession(session.id);
    await this.audited.record(actor, 'session_ended', { id: actor.identity.user.id });
  }

  @Route(USER_ROUTES.endOtherSessions)
  async endOthers(@CurrentActor() actor: Actor): Promise<void> {
    const { user, session } = actor.identity;
    const count = await this.auth.endSessions(user.id, session?.id ?? null);
    await this.audited.record(actor, 'session_ended', { id: user.id, count });
  }
}
