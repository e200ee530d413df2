import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { AuditRepository, type AuditEntry } from './audit.repository';
import type { Identity } from './auth.service';

/** Who does something, and from where. */
export interface Actor {
  readonly identity: Identity;
  readonly address: string;
}

/** Writes into the audit trail what somebody who is signed in has done. */
@Injectable()
export class Audited {
  constructor(
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async record(
    { identity, address }: Actor,
    action: AuditEntry['action'],
    detail: NonNullable<AuditEntry['detail']>,
  ): Promise<void> {
    await this.audit.record({
      at: this.now(),
      actor: identity.user.username,
      address,
      action,
      detail,
    });
  }
}
