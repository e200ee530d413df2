/** The audit trail: who did or tried what, when and from where. */
import { z } from 'zod';
import { isSpan, NO_SPAN, QueryTime } from './history';
import { displayText } from './text';

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
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One thing somebody did or tried. */
export const AuditEntrySchema = z.object({
  /** Numbers in the order in which they were written. */
  id: z.number().int(),
  at: z.number(),
  /** User name, name of an API token, `agent`, or what somebody who is not signed in said they were. */
  actor: z.string(),
  /** Where the request came from; `null`: not from outside. */
  address: z.string().nullable(),
  action: z.enum(AUDIT_ACTIONS),
  /** What it was done to, as the action has it; never a secret. */
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntryInfo = z.infer<typeof AuditEntrySchema>;

const FILTER = {
  /** Part of the name of whom it is of, whatever its case. */
  actor: displayText(256).optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  /** From this moment on, and before that one, ms since the epoch. */
  from: QueryTime.optional(),
  to: QueryTime.optional(),
};

/** `GET /api/audit`, the newest first. */
export const AuditQuerySchema = z
  .strictObject({
    ...FILTER,
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    cursor: z
      .string()
      .regex(/^\d{1,16}$/, 'not a cursor of this list')
      .optional(),
  })
  .refine(isSpan, NO_SPAN);
export type AuditQuery = z.output<typeof AuditQuerySchema>;

/** `GET /api/audit/export`: everything that fits, the newest first. */
export const AuditExportQuerySchema = z.strictObject(FILTER).refine(isSpan, NO_SPAN);
export type AuditFilter = z.output<typeof AuditExportQuerySchema>;
