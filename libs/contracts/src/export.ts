import { z } from 'zod';
import { isSpan, metricList, NO_SPAN, queryList, QueryTime } from './history';
import { TagSchema } from './hosts';
import { IdSchema } from './identity';
import { METRIC_IDS } from './metrics';

/** `csv`: one table (RFC 4180); `json`: one object a line. */
export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How times are written: ISO 8601 in UTC, or ms since the epoch. */
export const EXPORT_TIMES = ['iso', 'epoch'] as const;
export type ExportTimes = (typeof EXPORT_TIMES)[number];

/** Steps people can read, ms, ascending; each is a multiple of every tier of rollups that is not longer. */
export const READABLE_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * 3_600_000),
];

/** Most hosts, and most tags, named in one export. */
export const MAX_HOSTS_PER_EXPORT = 1_000;
const MAX_TAGS_PER_EXPORT = 20;

const EXPORT_QUERY = {
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Without: every metric. */
  metric: metricList(METRIC_IDS.length).optional(),
  from: QueryTime.optional(),
  to: QueryTime.optional(),
  times: z.enum(EXPORT_TIMES).default('iso'),
  /** Means of steps of this many ms instead of every frame. */
  step: z.coerce
    .number()
    .refine((step) => READABLE_STEPS.includes(step), {
      error: `a step in ms is one of ${READABLE_STEPS.join(', ')}`,
    })
    .optional(),
};

/** `GET /api/hosts/:id/export`. Without `from`: the 24 hours before `to`; without `to`: until now. */
export const ExportQuerySchema = z.strictObject(EXPORT_QUERY).refine(isSpan, NO_SPAN);
export type ExportQuery = z.output<typeof ExportQuerySchema>;

/** `GET /api/export`: of the hosts named by `host`, of those that have every `tag`, or of the whole fleet. */
export const FleetExportQuerySchema = z
  .strictObject({
    host: queryList(IdSchema, MAX_HOSTS_PER_EXPORT).optional(),
    tag: queryList(TagSchema, MAX_TAGS_PER_EXPORT).optional(),
    ...EXPORT_QUERY,
  })
  .refine(isSpan, NO_SPAN)
  .refine(({ host, tag }) => host === undefined || tag === undefined, {
    path: ['tag'],
    error: 'name hosts or tags, not both',
  });
export type FleetExportQuery = z.output<typeof FleetExportQuerySchema>;

/** One line of a `json` export. */
export const ExportLineSchema = z.object({
  /** ISO 8601, or ms since the epoch with `times=epoch`. */
  time: z.union([z.string(), z.number()]),
  /** Id and name of the host; only in an export of the fleet. */
  host: IdSchema.optional(),
  name: z.string().optional(),
  /** By series key, `metric` or `metric{instance}`; `null` is unknown, a series that the host did not have then is absent. */
  values: z.record(z.string(), z.number().nullable()),
});
export type ExportLine = z.infer<typeof ExportLineSchema>;
