import type {
  CreatedEnrollmentToken,
  EnrollmentToken,
  EnrollSchema,
  NewEnrollmentTokenSchema,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditRepository } from '../auth/audit.repository';
import { FailureThrottle } from '../auth/failure-throttle';
import { hashSecret, newId, newSecret, sameSecret } from '../auth/secrets';
import type { HubConfig } from '../config/config';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import type { StoredHost } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { ProblemError } from '../problems/problem';
import { enrollCommand } from './command';
import { EnrollmentRepository } from './enrollment.repository';

/** Wrong join tokens before an address has to wait. */
const FREE_FAILURES = 20;

/** Lets machines join. */
@Injectable()
export class EnrollmentService {
  private readonly throttle: FailureThrottle;

  constructor(
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(EnrollmentRepository) private readonly repository: EnrollmentRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.throttle = new FailureThrottle(FREE_FAILURES, now);
  }

  /** Makes a join token; `hubUrl` is where agents reach the hub. */
  async createToken(
    { expiresIn, uses, tags }: z.output<typeof NewEnrollmentTokenSchema>,
    hubUrl: string,
  ): Promise<CreatedEnrollmentToken> {
    const createdAt = this.now();
    const secret = newSecret('hdj_');
    const token: EnrollmentToken = {
      id: newId(),
      createdAt,
      expiresAt: createdAt + expiresIn,
      uses,
      tags,
    };
    await this.repository.createToken({ ...token, hash: hashSecret(secret) });
    return { ...token, token: secret, command: enrollCommand(hubUrl, secret) };
  }

  /**
   * Adds a host.
   *
   * @throws {ProblemError} `unauthorized`, the same for a wrong, expired and used-up token; `too_many_requests`.
   */
  async enroll(request: z.output<typeof EnrollSchema>, address: string): Promise<StoredHost> {
    const wait = this.throttle.waitFor(address);
    if (wait > 0) {
      throw new ProblemError('too_many_requests', 'too many wrong join tokens: try again later', {
        retryAfter: wait,
      });
    }
    const joining = {
      id: newId(),
      name: request.hostname === '' ? 'unnamed' : request.hostname,
      tags: request.tags,
      publicKey: request.publicKey,
      createdAt: this.now(),
    };
    const { joinToken } = this.config;
    const stored =
      joinToken !== null && sameSecret(joinToken, request.token)
        ? await this.repository.addHost(joining)
        : await this.repository.addHostWithToken(hashSecret(request.token), joining);
    if (stored === null) {
      this.throttle.fail(address);
      await this.audit.record({
        at: this.now(),
        actor: 'agent',
        address,
        action: 'enrollment_refused',
        detail: { hostname: request.hostname },
      });
      throw new ProblemError(
        'unauthorized',
        'the join token is not valid: it is wrong, has expired or has been used up',
      );
    }
    if (this.hosts.find(stored.id) === null) this.hosts.add(stored);
    await this.audit.record({
      at: this.now(),
      actor: 'agent',
      address,
      action: 'host_enrolled',
      detail: { id: stored.id, name: stored.name },
    });
    return stored;
  }
}
