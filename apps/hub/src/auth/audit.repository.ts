import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';

/** What the audit trail records. */
export const AUDIT_ACTIONS = [
  'setup',
  'setup_refused',
  'login',
  'login_refused',
  'logout',
  'token_created',
  'token_deleted',
  'enrollment_token_created',
  'enrollment_token_deleted',
  'host_enrolled',
  'enrollment_refused',
  'host_changed',
  'host_removed',
  'channel_created',
  'channel_changed',
  'channel_removed',
  'channel_tested',
  'notification_route_created',
  'notification_route_changed',
  'notification_route_removed',
  'notification_settings_changed',
  'delivery_retried',
  'user_created',
  'user_changed',
  'user_removed',
  'user_invited',
  'invite_accepted',
  'password_changed',
  'password_change_refused',
  'session_ended',
  'share_link_created',
  'share_link_deleted',
  'share_link_opened',
  'share_link_refused',
  'settings_changed',
  'alert_rule_created',
  'alert_rule_changed',
  'alert_rule_removed',
  'alert_override_set',
  'alert_override_removed',
  'alert_settings_changed',
  'silence_created',
  'silence_changed',
  'silence_removed',
  'incident_acknowledged',
  'incident_unacknowledged',
  'incident_noted',
] as const;

/** One thing somebody did or tried. */
export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly address: string | null;
  readonly action: (typeof AUDIT_ACTIONS)[number];
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

@Injectable()
export class AuditRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async record({ detail, ...entry }: AuditEntry): Promise<void> {
    await this.database.write
      .insertInto('audit')
      .values({ ...entry, detail: JSON.stringify(detail ?? {}) })
      .execute();
  }
}
