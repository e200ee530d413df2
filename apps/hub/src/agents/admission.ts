import { randomBytes } from 'node:crypto';
import { AgentAuthSchema, failure, PROTOCOL_VERSION, type Failure } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import { HostsService } from '../hosts/hosts.service';
import { TokenBucket } from '../pacing/token-bucket';
import { AgentConnection } from './agent-connection';

/** One answer for an unknown, a removed and a wrong identity, so that nothing can be guessed. */
export const UNAUTHORIZED =
  'the hub does not know this agent, or its proof is wrong: enroll it again';

/** Decides which connections may go on to prove themselves: known hosts, and not all of them at once. */
@Injectable()
export class Admission {
  private readonly bucket: TokenBucket;

  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LIMITS) limits: HubLimits,
  ) {
    this.bucket = new TokenBucket(limits.admission);
  }

  /** @param auth what came with the handshake, as it came */
  admit(auth: unknown): AgentConnection | Failure {
    const parsed = AgentAuthSchema.safeParse(auth);
    if (!parsed.success) return failure('unauthorized', UNAUTHORIZED);
    const { agentId, nonce, protocol } = parsed.data;
    if (protocol.min > PROTOCOL_VERSION || protocol.max < PROTOCOL_VERSION) {
      return failure('unsupported_protocol', `this hub speaks protocol ${PROTOCOL_VERSION}`);
    }
    const host = this.hosts.find(agentId);
    if (host === null) return failure('unauthorized', UNAUTHORIZED);
    const retryAfter = this.bucket.take(1);
    if (retryAfter !== null) {
      return { ...failure('busy', 'many agents are coming back at once'), retryAfter };
    }
    return new AgentConnection(host, nonce, randomBytes(32).toString('base64url'));
  }
}
