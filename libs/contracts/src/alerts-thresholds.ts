/** What the rules hold against the values of one host, and when they fired. Times are ms since the epoch on the hub's clock. */
import { z } from 'zod';
import { SeveritySchema } from './alerts-rules';
import { isSpan, NO_SPAN, QueryTime } from './history';
import { IdSchema } from './identity';
import { METRIC_IDS } from './metrics';

/** Most firings given at once: the newest. */
export const MAX_HOST_FIRINGS = 500;

/** `GET /api/hosts/:id/thresholds`. Without `from`: firings of the 24 hours before `to`; without `to`: until now. */
export const ThresholdsQuerySchema = z
  .strictObject({ from: QueryTime.optional(), to: QueryTime.optional() })
  .refine(isSpan, NO_SPAN);
export type ThresholdsQuery = z.output<typeof ThresholdsQuerySchema>;

/** A threshold that holds for the host: overrides are in it. */
export const HostThresholdSchema = z.object({
  ruleId: IdSchema,
  name: z.string(),
  severity: SeveritySchema,
  /** On which side of the threshold the rule fires. */
  kind: z.enum(['above', 'below']),
  metric: z.enum(METRIC_IDS),
  /** Pattern of the instances it is for; `*`: all. */
  instance: z.string(),
  /** In the unit of the metric. */
  threshold: z.number(),
  /** Where it is well again; `null`: at the threshold itself. */
  clear: z.number().nullable(),
  /** How long a value has to be beyond it, ms. */
  for: z.number(),
  /** Whether an override makes it another one than elsewhere. */
  isOverridden: z.boolean(),
});
export type HostThreshold = z.infer<typeof HostThresholdSchema>;

/** A time in which a rule fired for a series of the host. */
export const HostFiringSchema = z.object({
  incidentId: IdSchema,
  ruleId: IdSchema,
  severity: SeveritySchema,
  /** Series key, or the kind of the condition for one that is about the host. */
  series: z.string(),
  from: z.number(),
  /** `null` while it fires. */
  to: z.number().nullable(),
});
export type HostFiring = z.infer<typeof HostFiringSchema>;

export const HostThresholdsSchema = z.object({
  thresholds: z.array(HostThresholdSchema),
  /** Ascending. */
  firings: z.array(HostFiringSchema),
});
export type HostThresholds = z.infer<typeof HostThresholdsSchema>;
