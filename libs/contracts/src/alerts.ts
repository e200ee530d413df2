/** Alerts and incidents as they are shown. Times are ms since the epoch on the hub's clock. */
import { z } from 'zod';
import { SeveritySchema } from './alerts-rules';
import { TagSchema } from './hosts';
import { IdSchema } from './identity';
import type { Severity } from './severity';
import { toDisplayText } from './text';

/** One rule that fires, or has fired, for one series of one host. */
export const AlertSchema = z.object({
  id: IdSchema,
  incidentId: IdSchema,
  ruleId: IdSchema,
  ruleName: z.string(),
  host: z.object({ id: IdSchema, name: z.string() }),
  /** Series key, or the kind of the condition for one that is about the host. */
  series: z.string(),
  severity: SeveritySchema,
  startedAt: z.number(),
  /** `null` while it fires. */
  endedAt: z.number().nullable(),
  /** Value when it fired; `null` where there is none. */
  value: z.number().nullable(),
  /** What is wrong, in one line. */
  text: z.string(),
  /** Whether nothing is sent about it now, and why. */
  quiet: z.enum(['silenced', 'host_down']).nullable(),
});
export type Alert = z.infer<typeof AlertSchema>;

/** Why alerts are one incident: they are of one host, of hosts with one tag, of the whole fleet, or of one rule. */
export const INCIDENT_SCOPES = ['host', 'tag', 'fleet', 'rule'] as const;

/** An incident in a list. */
export const IncidentSummarySchema = z.object({
  id: IdSchema,
  title: z.string(),
  scope: z.enum(INCIDENT_SCOPES),
  severity: SeveritySchema,
  openedAt: z.number(),
  resolvedAt: z.number().nullable(),
  /** How long it lasted, or has lasted until now, ms. */
  duration: z.number(),
  acknowledged: z.object({ at: z.number(), by: z.string() }).nullable(),
  /** Whether nothing is sent about it now. */
  isQuiet: z.boolean(),
  /** Alerts that fire now, and all there were. */
  firing: z.number(),
  alerts: z.number(),
  /** The first of its hosts, and how many there are. */
  hosts: z.array(z.object({ id: IdSchema, name: z.string() })),
  hostCount: z.number(),
  rules: z.array(z.string()),
});
export type IncidentSummary = z.infer<typeof IncidentSummarySchema>;

/** What a line of a timeline is about. */
export const TIMELINE_KINDS = [
  'opened',
  'reopened',
  'alert_fired',
  'alert_resolved',
  'severity_raised',
  'culprits',
  'notified',
  'silenced',
  'acknowledged',
  'unacknowledged',
  'note',
  'resolved',
] as const;
export const TimelineEntrySchema = z.object({
  at: z.number(),
  kind: z.enum(TIMELINE_KINDS),
  text: z.string(),
  /** Who did it, where it was a person. */
  by: z.string().nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntrySchema>;

/** A process that used much when an alert fired. */
export const IncidentCulpritSchema = z.object({
  hostId: IdSchema,
  pid: z.number(),
  name: z.string(),
  user: z.string().nullable(),
  /** Share of one core, percent. */
  cpu: z.number().nullable(),
  /** Bytes. */
  memory: z.number().nullable(),
});
export type IncidentCulprit = z.infer<typeof IncidentCulpritSchema>;

/** Most alerts and lines of the timeline given with an incident: the newest. */
export const MAX_INCIDENT_ALERTS = 500;
export const MAX_TIMELINE = 500;

/** `GET /api/incidents/:id`. */
export const IncidentSchema = IncidentSummarySchema.extend({
  alertList: z.array(AlertSchema),
  /** In the order it happened. */
  timeline: z.array(TimelineEntrySchema),
  culprits: z.array(IncidentCulpritSchema),
});
export type Incident = z.infer<typeof IncidentSchema>;

/** `GET /api/incidents`: the newest first. */
export const IncidentsQuerySchema = z.strictObject({
  state: z.enum(['open', 'resolved']).optional(),
  host: IdSchema.optional(),
  severity: SeveritySchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});
export type IncidentsQuery = z.output<typeof IncidentsQuerySchema>;

/** `GET /api/alerts`: what fires now. */
export const AlertsQuerySchema = z.strictObject({
  host: IdSchema.optional(),
  severity: SeveritySchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(200).optional(),
});
export type AlertsQuery = z.output<typeof AlertsQuerySchema>;

/** `POST /api/incidents/:id/notes`. */
export const NewNoteSchema = z.strictObject({
  text: z.string().trim().min(1, 'a note says something').max(2_000).transform(toDisplayText),
});

/** `POST /api/incidents/:id/acknowledgement`: an acknowledgement stops reminders and escalation. */
export const AcknowledgementSchema = z.strictObject({ acknowledged: z.boolean().default(true) });

/** How alerts become incidents: `GET` and `PATCH /api/alert-settings`. */
export const AlertSettingsSchema = z.object({
  /** Hosts whose tags begin with this belong together: with `site:`, those tagged `site:berlin` do. */
  groupPrefix: z.string().max(64),
  /** How long hosts that fall silent are gathered before one message about all of them is sent, ms. */
  groupWait: z.number().int().min(0).max(300_000),
});
export type AlertSettings = z.infer<typeof AlertSettingsSchema>;
export const AlertSettingsChangeSchema = z.strictObject({
  groupPrefix: TagSchema.optional(),
  groupWait: AlertSettingsSchema.shape.groupWait.optional(),
});
export const DEFAULT_ALERT_SETTINGS: AlertSettings = { groupPrefix: 'site:', groupWait: 5_000 };

/** What fires on a host, for its card. */
export interface HostAlerts {
  readonly worst: Severity;
  readonly count: number;
}

/** How many alerts fire now, by severity. */
export type AlertCounts = Readonly<Record<Severity, number>>;

/** Live feed, room `alerts`: what fires at the moment of watching. */
export interface AlertsSnapshot {
  readonly room: 'alerts';
  readonly hubTime: number;
  readonly counts: AlertCounts;
  /** Those that are open. */
  readonly incidents: readonly IncidentSummary[];
}

/** Hub → browser in room `alerts`: the incidents that changed, those just resolved included. */
export interface AlertsUpdate {
  readonly hubTime: number;
  readonly counts: AlertCounts;
  readonly incidents: readonly IncidentSummary[];
}
