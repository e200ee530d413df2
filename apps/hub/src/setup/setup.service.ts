import { randomInt } from 'node:crypto';
import type { Setup } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { AuditRepository } from '../auth/audit.repository';
import { AuthService } from '../auth/auth.service';
import { FailureThrottle } from '../auth/failure-throttle';
import { hashPassword } from '../auth/passwords';
import { sameSecret } from '../auth/secrets';
import type { Origin } from '../auth/sessions.repository';
import { UsersRepository, type User } from '../auth/users.repository';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import type { HubConfig } from '../config/config';
import { ProblemError } from '../problems/problem';

/** Letters and digits that are not mistaken for each other. */
const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A code to read off a terminal: 40 random bits as `XXXX-XXXX`. */
function newCode(): string {
  const characters = Array.from({ length: 8 }, () => CODE_ALPHABET.charAt(randomInt(32)));
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}

function normalized(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Makes the first administrator: from the configuration, or for whoever can read the code the hub printed. */
@Injectable()
export class SetupService {
  /** `null` when there is an administrator. */
  private code: string | null = null;
  private readonly throttle: FailureThrottle;

  constructor(
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(UsersRepository) private readonly users: UsersRepository,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.throttle = new FailureThrottle(5, now);
  }

  /** Makes the configured administrator if there is no user of that name; returns the one-time code when nobody is one. */
  async prepare(): Promise<string | null> {
    if (this.config.admin !== null) {
      const { username, password } = this.config.admin;
      if ((await this.users.findByName(username)) === null) {
        await this.createAdmin(username, password);
        await this.audit.record({
          at: this.now(),
          actor: username,
          address: null,
          action: 'setup',
          detail: { by: 'environment' },
        });
      }
    }
    this.code = (await this.users.anyAdmin()) ? null : newCode();
    return this.code;
  }

  /** Whether the first administrator is still to be made. */
  get needed(): boolean {
    return this.code !== null;
  }

  /**
   * Makes the first administrator and signs them in.
   *
   * @throws {ProblemError} `conflict` when there is one; `forbidden` for a wrong code; `too_many_requests`.
   */
  async complete(setup: Setup, origin: Origin): Promise<{ user: User; token: string }> {
    const { address } = origin;
    if (this.code === null) throw new ProblemError('conflict', 'there is an administrator already');
    const wait = this.throttle.waitFor('code');
    if (wait > 0) {
      throw new ProblemError(
        'too_many_requests',
        `too many wrong codes: try again in ${Math.ceil(wait / 1_000)} s`,
        { retryAfter: wait },
      );
    }
    this.throttle.fail('code');
    if (!sameSecret(normalized(setup.code), normalized(this.code))) {
      await this.audit.record({
        at: this.now(),
        actor: 'unknown',
        address,
        action: 'setup_refused',
      });
      throw new ProblemError('forbidden', 'the code is wrong; the hub printed it when it started', {
        errors: [{ path: 'code', message: 'wrong code' }],
      });
    }
    // The code works once, also for two that come at the same time.
    const code = this.code;
    this.code = null;
    try {
      const user = await this.createAdmin(setup.username, setup.password);
      await this.audit.record({
        at: this.now(),
        actor: user.username,
        address,
        action: 'setup',
        detail: { by: 'code' },
      });
      return { user, token: await this.auth.startSession(user, origin) };
    } catch (error) {
      if (!(await this.users.anyAdmin())) this.code = code;
      throw error;
    }
  }

  private async createAdmin(username: string, password: string): Promise<User> {
    const user = await this.users.create({
      username,
      passwordHash: await hashPassword(password),
      role: 'admin',
      createdAt: this.now(),
    });
    if (user === null) throw new ProblemError('conflict', 'there is a user of that name already');
    return user;
  }
}
