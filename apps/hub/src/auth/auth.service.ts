import { EventEmitter } from 'node:events';
import type { Login } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { ProblemError } from '../problems/problem';
import { ApiTokensRepository } from './api-tokens.repository';
import { AuditRepository } from './audit.repository';
import { SESSION_LIFETIME } from './cookies';
import { FailureThrottle } from './failure-throttle';
import { verifyPassword } from './passwords';
import { hashSecret, newSecret } from './secrets';
import { ShareLinksRepository } from './share-links.repository';
import { SessionsRepository, type Origin, type Session } from './sessions.repository';
import { usernameKey, UsersRepository, type User } from './users.repository';

/** Wrong passwords before an account, and an address, has to wait. */
const FREE_FAILURES_PER_ACCOUNT = 5;
const FREE_FAILURES_PER_ADDRESS = 20;
/** A session is extended at most this often, and a token's last use written down, ms. */
const EXTEND_EVERY = 86_400_000;
const MARK_USED_EVERY = 60_000;

/** Who asks: a person with a session, or a script with a token. */
export interface Identity {
  readonly user: User;
  /** `null` for a script. */
  readonly session: Session | null;
}

/** Signs people in and out, and knows who asks. */
@Injectable()
export class AuthService {
  /** Emits `ended` with the session's id, and `changed` with a user whose role is another one now. */
  readonly sessions = new EventEmitter<{ ended: [sessionId: string]; changed: [user: User] }>();
  private readonly accounts: FailureThrottle;
  private readonly addresses: FailureThrottle;

  constructor(
    @Inject(UsersRepository) private readonly users: UsersRepository,
    @Inject(SessionsRepository) private readonly sessionsRepository: SessionsRepository,
    @Inject(ShareLinksRepository) private readonly shareLinks: ShareLinksRepository,
    @Inject(ApiTokensRepository) private readonly tokens: ApiTokensRepository,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.accounts = new FailureThrottle(FREE_FAILURES_PER_ACCOUNT, now);
    this.addresses = new FailureThrottle(FREE_FAILURES_PER_ADDRESS, now);
  }

  /**
   * Checks name and password.
   *
   * @throws {ProblemError} `unauthorized`, the same for a wrong name and a wrong password; `too_many_requests`.
   */
  async login(
    { username, password }: Login,
    origin: Origin,
  ): Promise<{ user: User; token: string }> {
    const { address } = origin;
    const account = usernameKey(username.trim());
    this.requirePatience(Math.max(this.accounts.waitFor(account), this.addresses.waitFor(address)));
    this.accounts.fail(account);
    this.addresses.fail(address);
    const found = await this.users.findByName(username.trim());
    const right = await verifyPassword(found?.passwordHash ?? null, password);
    if (found === null || !right) {
      await this.audit.record({
        at: this.now(),
        actor: username.slice(0, 64).toWellFormed(),
        address,
        action: 'login_refused',
      });
      throw new ProblemError('unauthorized', 'the user name or the password is wrong');
    }
    this.accounts.succeed(account);
    this.addresses.succeed(address);
    const user = { id: found.id, username: found.username, role: found.role };
    const token = await this.startSession(user, origin);
    await this.audit.record({ at: this.now(), actor: user.username, address, action: 'login' });
    return { user, token };
  }

  /** Starts a session and returns its token. */
  async startSession(user: User, origin: Origin): Promise<string> {
    const token = newSecret();
    const now = this.now();
    await this.sessionsRepository.deleteExpired(now);
    const session = { id: hashSecret(token), user, expiresAt: now + SESSION_LIFETIME };
    await this.sessionsRepository.create(session, origin, now);
    await this.users.noteSignIn(user.id, now);
    return token;
  }

  /** Ends a user's sessions, but one when that is said; their sockets are closed. @returns how many */
  async endSessions(userId: string, but: string | null = null): Promise<number> {
    const ended = await this.sessionsRepository.deleteOfUser(userId, but);
    for (const id of ended) this.sessions.emit('ended', id);
    return ended.length;
  }

  /** Ends one session; its sockets are closed. */
  async endSession(id: string): Promise<void> {
    await this.sessionsRepository.delete(id);
    await this.shareLinks.endSession(id);
    this.sessions.emit('ended', id);
  }

  /**
   * Makes sure that a user knows their password, with the same brake on guessing as at signing in.
   *
   * @throws {ProblemError} `forbidden`; `too_many_requests`.
   */
  async confirmPassword({ username }: User, password: string): Promise<void> {
    const account = usernameKey(username);
    this.requirePatience(this.accounts.waitFor(account));
    this.accounts.fail(account);
    const found = await this.users.findByName(username);
    if (!(await verifyPassword(found?.passwordHash ?? null, password))) {
      throw new ProblemError('forbidden', 'the password is wrong', {
        errors: [{ path: 'current', message: 'wrong password' }],
      });
    }
    this.accounts.succeed(account);
  }

  async logout(session: Session, address: string): Promise<void> {
    await this.endSession(session.id);
    const actor = session.user.username;
    await this.audit.record({ at: this.now(), actor, address, action: 'logout' });
  }

  /** The session of a token from the cookie, its end moved on by its use; `null` when it is over. */
  async findSession(token: string): Promise<Session | null> {
    const now = this.now();
    const session = await this.sessionsRepository.find(hashSecret(token), now);
    // Those of shared links are not moved on: who came by a link comes by it again.
    if (session === null) return this.shareLinks.findSession(hashSecret(token), now);
    const expiresAt = now + SESSION_LIFETIME;
    if (expiresAt - session.expiresAt < EXTEND_EVERY) return session;
    await this.sessionsRepository.extend(session.id, expiresAt);
    return { ...session, expiresAt };
  }

  /** The session as it is now, by its id; `null` when it is over. */
  async currentSession(id: string): Promise<Session | null> {
    const now = this.now();
    return (
      (await this.sessionsRepository.find(id, now)) ?? (await this.shareLinks.findSession(id, now))
    );
  }

  /** Who an API token stands for, or `null`. */
  async findToken(secret: string): Promise<Identity | null> {
    const token = await this.tokens.findByHash(hashSecret(secret));
    if (token === null) return null;
    const now = this.now();
    if (now - (token.lastUsedAt ?? 0) >= MARK_USED_EVERY) await this.tokens.markUsed(token.id, now);
    return { user: { id: token.id, username: token.name, role: token.role }, session: null };
  }

  private requirePatience(wait: number): void {
    if (wait === 0) return;
    throw new ProblemError(
      'too_many_requests',
      `too many wrong attempts: try again in ${Math.ceil(wait / 1_000)} s`,
      { retryAfter: wait },
    );
  }
}
