import {
  IdSchema,
  NewUserSchema,
  PageQuerySchema,
  UserChangeSchema,
  type CreatedUser,
  type Invite,
  type List,
  type PageQuery,
  type SessionInfo,
  type UserChange,
  type UserInfo,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../config/tokens';
import { Route } from '../openapi/route';
import { USER_ROUTES } from '../openapi/user-routes';
import { ZodPipe } from '../problems/zod.pipe';
import { Audited, type Actor } from './audited';
import { AuthService } from './auth.service';
import { CurrentActor } from './request';
import { toSessionInfos } from './session-list';
import { SessionsRepository } from './sessions.repository';
import { UsersService } from './users.service';

const ID = new ZodPipe(IdSchema);

/** The people who can sign in, kept by administrators. */
@Controller()
export class UsersController {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(Audited) private readonly audited: Audited,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(USER_ROUTES.listUsers)
  list(@Query(new ZodPipe(PageQuerySchema)) query: PageQuery): Promise<List<UserInfo>> {
    return this.users.list(query);
  }

  @Route(USER_ROUTES.createUser)
  async create(
    @Body(new ZodPipe(NewUserSchema)) given: z.output<typeof NewUserSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<CreatedUser> {
    const created = await this.users.create(given);
    await this.audited.record(actor, 'user_created', { id: created.user.id, ...given });
    return created;
  }

  @Route(USER_ROUTES.changeUser)
  async change(
    @Param('id', ID) id: string,
    @Body(new ZodPipe(UserChangeSchema)) change: UserChange,
    @CurrentActor() actor: Actor,
  ): Promise<UserInfo> {
    const user = await this.users.change(id, change);
    const { username, role, status } = user;
    await this.audited.record(actor, 'user_changed', { id, username, role, status });
    return user;
  }

  @Route(USER_ROUTES.removeUser)
  async remove(@Param('id', ID) id: string, @CurrentActor() actor: Actor): Promise<void> {
    const { username } = await this.users.remove(id);
    await this.audited.record(actor, 'user_removed', { id, username });
  }

  @Route(USER_ROUTES.inviteUser)
  async invite(@Param('id', ID) id: string, @CurrentActor() actor: Actor): Promise<Invite> {
    const invite = await this.users.invite(id);
    await this.audited.record(actor, 'user_invited', { id });
    return invite;
  }

  @Route(USER_ROUTES.userSessions)
  async listSessions(@Param('id', ID) id: string): Promise<List<SessionInfo>> {
    await this.users.find(id);
    return { items: toSessionInfos(await this.sessions.ofUser(id, this.now()), null) };
  }

  @Route(USER_ROUTES.endUserSessions)
  async endSessions(@Param('id', ID) id: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.users.find(id);
    const count = await this.auth.endSessions(id);
    await this.audited.record(actor, 'session_ended', { id, count });
  }
}
