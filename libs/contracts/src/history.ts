import { z } from 'zod';
import { IdSchema } from './identity';
import { UNITS } from './metric';
import { isMetricId, type MetricId } from './metrics';

/** Points per series when the question does not say, and at most. */
export const DEFAULT_MAX_POINTS = 500;
export const MAX_POINTS = 5_000;
/** Most metrics in one question. */
export const MAX_METRICS_PER_QUERY = 40;
/** Most hosts in one question for series. */
export const MAX_HOSTS_PER_QUERY = 50;

/** A list in a query: `name=a&name=b` and `name=a,b` mean the same; each item is kept once. */
export function queryList<Item extends z.ZodType<string, string>>(item: Item, max: number) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(item).min(1).max(max))
    .transform((items) => [...new Set(items)]);
}

/** Metrics by their ids, at most `max` of them. */
export function metricList(max: number) {
  const metric = z.string().refine(isMetricId, {
    error: (issue) => `unknown metric ${JSON.stringify(String(issue.input).slice(0, 80))}`,
  });
  return queryList(metric, max).transform((ids): MetricId[] => ids.filter(isMetricId));
}

/** A time in a query, ms since the epoch. */
export const QueryTime = z.coerce.number().int().nonnegative().max(8.64e15);

/** Whether a span of time, where both ends are said, is not empty. */
export function isSpan({ from, to }: { from?: number | undefined; to?: number | undefined }) {
  return from === undefined || to === undefined || from < to;
}
/** What is said about a span that is none. */
export const NO_SPAN = { path: ['from'], error: '"from" must be before "to"' };

const SERIES_QUERY = {
  metric: metricList(MAX_METRICS_PER_QUERY),
  instance: z.string().max(200).optional(),
  from: QueryTime.optional(),
  to: QueryTime.optional(),
  maxPoints: z.coerce.number().int().min(1).max(MAX_POINTS).default(DEFAULT_MAX_POINTS),
};

/** `GET /api/hosts/:id/series`. Without `from` and `to`: the last ten minutes. */
export const SeriesQuerySchema = z.strictObject(SERIES_QUERY).refine(isSpan, NO_SPAN);
export type SeriesQuery = z.output<typeof SeriesQuerySchema>;

/** `GET /api/series`: the same of several hosts at once. */
export const FleetSeriesQuerySchema = z
  .strictObject({ host: queryList(IdSchema, MAX_HOSTS_PER_QUERY), ...SERIES_QUERY })
  .refine(isSpan, NO_SPAN);
export type FleetSeriesQuery = z.output<typeof FleetSeriesQuerySchema>;

/** Time, mean, least, greatest. A `null` is an unknown value; a gap is absent points. */
export const PointSchema = z.tuple([
  z.number(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
]);
export type Point = z.infer<typeof PointSchema>;

const SERIES_SPAN = {
  from: z.number(),
  to: z.number(),
  /** Time one point stands for, ms; a point's time is the start of its step. */
  step: z.number(),
};
const SERIES = {
  metric: z.string(),
  instance: z.string().nullable(),
  unit: z.enum(UNITS),
  points: z.array(PointSchema),
};

/** The answer. Times are ms since the epoch. */
export const SeriesAnswerSchema = z.object({ ...SERIES_SPAN, series: z.array(z.object(SERIES)) });
export type SeriesAnswer = z.infer<typeof SeriesAnswerSchema>;

/** The answer for several hosts: one step for all, the series of each in the order the hosts were asked for. */
export const FleetSeriesAnswerSchema = z.object({
  ...SERIES_SPAN,
  series: z.array(z.object({ host: IdSchema, ...SERIES })),
});
export type FleetSeriesAnswer = z.infer<typeof FleetSeriesAnswerSchema>;
