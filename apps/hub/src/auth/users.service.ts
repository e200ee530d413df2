import type { Invite, Invited, List, PageQuery, UserChange, UserInfo } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { toPage } from '../lists/page';
import { ProblemError } from '../problems/problem';
import { AuthService } from './auth.service';
import { InvitesRepository, type StoredInvite } from './invites.repository';
import { hashPassword } from './passwords';
import { hashSecret, newSecret } from './secrets';
import type { Origin } from './sessions.repository';
import { LastAdminError, UsersRepository, type NewUser, type User } from './users.repository';

/** How long a link to set a password is good, ms: a week. */
const INVITE_LIFETIME = 7 * 86_400_000;

/** Keeps the people who can sign in. Nobody's rights outlive a change: sessions and sockets follow at once. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(UsersRepository) private readonly users: UsersRepository,
    @Inject(InvitesRepository) private readonly invites: InvitesRepository,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ limit, cursor }: PageQuery): Promise<List<UserInfo>> {
    return toPage(await this.users.list(limit + 1, cursor ?? ''), limit, ({ id }) => id);
  }

  /** @throws {ProblemError} `not_found` */
  async find(id: string): Promise<UserInfo> {
    const user = await this.users.find(id);
    if (user === null) throw new ProblemError('not_found', 'there is no such user');
    return user;
  }

  /** Makes a user without a password, and a link to set one. @throws {ProblemError} `conflict` when the name is taken. */
  async create(
    given: Pick<NewUser, 'username' | 'role'>,
  ): Promise<{ user: UserInfo; invite: Invite }> {
    const user = await this.users.create({
      ...given,
      passwordHash: null,
      createdAt: this.now(),
    });
    if (user === null) throw new ProblemError('conflict', 'there is a user of that name already');
    return { user: await this.find(user.id), invite: await this.invite(user.id) };
  }

  /** @throws {ProblemError} `not_found`; `conflict` for the last administrator. */
  async change(id: string, { role, disabled }: UserChange): Promise<UserInfo> {
    const before = await this.find(id);
    await keepingAnAdmin(
      this.users.change(id, {
        ...(role === undefined ? {} : { role }),
        ...(disabled === undefined ? {} : { disabledAt: disabled ? this.now() : null }),
      }),
    );
    const user = await this.find(id);
    if (user.status === 'disabled') await this.auth.endSessions(id);
    if (user.role !== before.role) {
      this.auth.sessions.emit('changed', { id, username: user.username, role: user.role });
    }
    return user;
  }

  /** @throws {ProblemError} `not_found`; `conflict` for the last administrator. */
  async remove(id: string): Promise<UserInfo> {
    const user = await this.find(id);
    // Disabled first: no session can begin any more while those there are ended one by one, with their sockets.
    await keepingAnAdmin(this.users.change(id, { disabledAt: this.now() }));
    await this.auth.endSessions(id);
    await this.users.delete(id);
    return user;
  }

  /** A new link to set a password; the password there is goes on until it is used. @throws {ProblemError} `not_found` */
  async invite(id: string): Promise<Invite> {
    await this.find(id);
    const token = newSecret('hi_');
    const now = this.now();
    const expiresAt = now + INVITE_LIFETIME;
    await this.invites.replace(hashSecret(token), { userId: id, now, expiresAt });
    return { path: `/invite#${token}`, token, expiresAt };
  }

  /** Whom a link is for. @throws {ProblemError} `not_found` when it is good no longer. */
  async checkInvite(token: string): Promise<Invited> {
    const { user, expiresAt } = await this.findInvite(token);
    return { username: user.username, expiresAt };
  }

  /** Sets the password through a link, ends what sessions there were, and signs in. @throws {ProblemError} `not_found` */
  async acceptInvite(
    { token, password }: { readonly token: string; readonly password: string },
    origin: Origin,
  ): Promise<{ user: User; token: string }> {
    const { user } = await this.findInvite(token);
    const passwordHash = await hashPassword(password);
    if (!(await this.invites.accept(hashSecret(token), user.id, passwordHash))) throw usedUp();
    await this.auth.endSessions(user.id);
    return { user, token: await this.auth.startSession(user, origin) };
  }

  /** Changes one's own password and ends one's other sessions. @throws {ProblemError} `forbidden` for a wrong one; `too_many_requests`. */
  async changePassword(
    user: User,
    { current, password }: { readonly current: string; readonly password: string },
    sessionId: string,
  ): Promise<void> {
    await this.auth.confirmPassword(user, current);
    await this.users.setPassword(user.id, await hashPassword(password));
    await this.auth.endSessions(user.id, sessionId);
  }

  private async findInvite(token: string): Promise<StoredInvite> {
    const invite = await this.invites.find(hashSecret(token), this.now());
    if (invite === null) throw usedUp();
    return invite;
  }
}

function usedUp(): ProblemError {
  return new ProblemError(
    'not_found',
    'the link is good no longer; ask an administrator for another',
  );
}

async function keepingAnAdmin(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (cause) {
    if (!(cause instanceof LastAdminError)) throw cause;
    throw new ProblemError(
      'conflict',
      'this is the last administrator who can sign in; make another one first',
      { cause },
    );
  }
}
