import { z } from 'zod';
import type { HostAlerts } from './alerts';
import { HostFactsSchema } from './facts';
import { IdSchema } from './identity';
import { AgentReportSchema } from './settings';
import { toDisplayText } from './text';

/**
 * What is known of a host, judged by the age of its newest data on the hub's clock:
 * `live`; `stale` after three intervals; `down` after longer; `catching_up` while only old frames arrive;
 * `restarting` when the agent said it would be back.
 */
export const HOST_STATUSES = ['live', 'stale', 'catching_up', 'restarting', 'down'] as const;
export const HostStatusSchema = z.enum(HOST_STATUSES);
export type HostStatus = z.infer<typeof HostStatusSchema>;

/** A label on a host, for filters and rules: a short word, optionally `key:value`. */
export const TagSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,63}$/u,
    'a tag starts with a letter or digit and has at most 64 letters, digits, or _ . : / -',
  );

export const TagsSchema = z
  .array(TagSchema)
  .max(20)
  .transform((tags) => [...new Set(tags)]);

/** A number by metric id, or by instance where the metric has instances. */
const LatestSchema = z.record(
  z.string(),
  z.union([z.number().nullable(), z.record(z.string(), z.number().nullable())]),
);

/** One host, as lists and the host page show it. */
export const HostSummarySchema = z.object({
  id: IdSchema,
  name: z.string(),
  status: HostStatusSchema,
  tags: z.array(z.string()),
  /** `null` until the agent has said hello. */
  facts: HostFactsSchema.nullable(),
  /** When the hub got the newest data, ms since the epoch; `null` before the first. */
  lastSeen: z.number().nullable(),
  /** Age of the newest data on the hub's clock, ms; `null` before the first. */
  dataAge: z.number().nullable(),
  /** The host's clock minus the hub's, ms, measured at the last hello; `null` before the first. */
  clockOffset: z.number().nullable(),
  /** Longest time between two samples to be expected, ms: the longer of the interval set and the one in force, which is in `report`. */
  interval: z.number(),
  /** Frames the agent had kept at its last hello that the hub has not stored yet; `null` when there are none. */
  backlog: z.number().int().positive().nullable().optional(),
  /** Newest values by metric id: a number, or by instance where the metric has instances; `null` is unknown. */
  latest: LatestSchema,
  /** How the agent itself is doing; absent until it has said it. */
  report: AgentReportSchema.nullable().optional(),
});
export type HostSummary = z.infer<typeof HostSummarySchema>;

/** The values a card shows. Shares are percent, rates bytes per second. */
export interface CardValues {
  readonly cpu: number | null;
  readonly memory: number | null;
  /** Bytes. */
  readonly memoryUsed: number | null;
  /** The fullest filesystem. */
  readonly disk: { readonly mount: string; readonly share: number } | null;
  readonly receive: number | null;
  readonly transmit: number | null;
  readonly load: number | null;
  /** Seconds. */
  readonly uptime: number | null;
}

/** One host on the fleet page. */
export interface HostCard {
  readonly id: string;
  readonly name: string;
  readonly status: HostStatus;
  readonly tags: readonly string[];
  readonly lastSeen: number | null;
  readonly clockOffset: number | null;
  readonly interval: number;
  /** Frames the agent had kept at its last hello that the hub has not stored yet; absent or `null` when there are none. */
  readonly backlog?: number | null;
  /** Time in the newest frame, on the host's clock; `null` before the first. */
  readonly sampledAt: number | null;
  readonly values: CardValues;
  /** What fires on it now; absent or `null` when nothing does. */
  readonly alerts?: HostAlerts | null;
}

/** `PATCH /api/hosts/:id`. */
export const HostChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(255).transform(toDisplayText).optional(),
  tags: TagsSchema.optional(),
});
export type HostChange = z.infer<typeof HostChangeSchema>;
