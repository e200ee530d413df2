/** Boards: charts of any metrics of any hosts, kept for oneself or shared with everybody. Times are ms since the epoch. */
import { z } from 'zod';
import { MAX_HOSTS_PER_QUERY } from './history';
import { IdSchema } from './identity';
import { isMetricId, type MetricId } from './metrics';
import { toDisplayText } from './text';

/** Bounds of a board. */
export const BOARD_LIMITS = {
  /** Charts on a board. */
  charts: 24,
  /** Metrics in a chart. */
  metrics: 8,
  /** Longest name, UTF-16 code units. */
  name: 100,
  /** Boards of one person. */
  boards: 100,
} as const;

const Name = z.string().trim().min(1, 'a name is needed').max(BOARD_LIMITS.name);

const Metric = z.custom<MetricId>((id) => typeof id === 'string' && isMetricId(id), {
  error: 'unknown metric',
});

/** One chart: some metrics of some hosts. */
export const BoardChartSchema = z.strictObject({
  title: z.string().trim().max(BOARD_LIMITS.name).transform(toDisplayText),
  /** Ids of hosts; empty: those with most of the first metric. */
  hosts: z.array(IdSchema).max(MAX_HOSTS_PER_QUERY),
  /** How many hosts are drawn where `hosts` is empty. */
  top: z.number().int().min(1).max(20),
  metrics: z.array(Metric).min(1, 'a chart has at least one metric').max(BOARD_LIMITS.metrics),
});
export type BoardChart = z.infer<typeof BoardChartSchema>;

/** `POST /api/boards` and `PUT /api/boards/:id`: what a board is made of. */
export const BoardContentSchema = z.strictObject({
  name: Name.transform(toDisplayText),
  /** Whether everybody sees it; such boards are made and changed by operators. */
  shared: z.boolean(),
  charts: z.array(BoardChartSchema).max(BOARD_LIMITS.charts),
});
export type BoardContent = z.infer<typeof BoardContentSchema>;

/** A board as the hub keeps it. */
export const BoardSchema = z.object({
  id: IdSchema,
  name: z.string(),
  shared: z.boolean(),
  charts: z.array(BoardChartSchema),
  /** Name of whoever made it. */
  owner: z.string(),
  /** Whether whoever asks may change it. */
  mayChange: z.boolean(),
  changedAt: z.number(),
});
export type Board = z.infer<typeof BoardSchema>;
