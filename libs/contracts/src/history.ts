import { z } from 'zod';
import { isMetricId, UNITS, type MetricId } from './metrics';

/** Points per series when the question does not say, and at most. */
export const DEFAULT_MAX_POINTS = 500;
export const MAX_POINTS = 5_000;
/** Most metrics in one question. */
export const MAX_METRICS_PER_QUERY = 40;

/** `metric=a&metric=b` and `metric=a,b` mean the same. */
const MetricListSchema = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')))
  .pipe(
    z
      .array(
        z.string().refine(isMetricId, {
          error: (issue) => `unknown metric ${JSON.stringify(String(issue.input).slice(0, 80))}`,
        }),
      )
      .min(1)
      .max(MAX_METRICS_PER_QUERY),
  )
  .transform((ids): MetricId[] => [...new Set(ids)]);

const QueryTime = z.coerce.number().int().nonnegative().max(8.64e15);

/** `GET /api/hosts/:id/series`. Without `from` and `to`: the last ten minutes. */
export const SeriesQuerySchema = z
  .strictObject({
    metric: MetricListSchema,
    instance: z.string().max(200).optional(),
    from: QueryTime.optional(),
    to: QueryTime.optional(),
    maxPoints: z.coerce.number().int().min(1).max(MAX_POINTS).default(DEFAULT_MAX_POINTS),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    error: '"from" must be before "to"',
  });
export type SeriesQuery = z.output<typeof SeriesQuerySchema>;

/** Time, mean, least, greatest. A `null` is an unknown value; a gap is absent points. */
export const PointSchema = z.tuple([
  z.number(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
]);
export type Point = z.infer<typeof PointSchema>;

/** The answer. Times are ms since the epoch. */
export const SeriesAnswerSchema = z.object({
  from: z.number(),
  to: z.number(),
  /** Time one point stands for, ms; a point's time is the start of its step. */
  step: z.number(),
  series: z.array(
    z.object({
      metric: z.string(),
      instance: z.string().nullable(),
      unit: z.enum(UNITS),
      points: z.array(PointSchema),
    }),
  ),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswerSchema>;
