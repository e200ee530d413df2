// Apart from the schemas, so that the page reads keys without taking those in.
import { isMetricId, METRICS, type MetricId } from './metrics';

/** A metric of one instance on one host. */
export interface Series {
  readonly metric: MetricId;
  /** The core, device, mount …; `null` for a metric that has one series per host. */
  readonly instance: string | null;
}

/** Longest instance name carried, in UTF-16 code units; longer ones are cut by the agent. */
export const MAX_INSTANCE_LENGTH = 200;

/** Writes a series as `metric` or `metric{instance}`; the instance may hold any text, braces included. */
export function formatSeriesKey({ metric, instance }: Series): string {
  return instance === null ? metric : `${metric}{${instance}}`;
}

/**
 * Reads a series key.
 *
 * @returns the series, or `null` when the metric is unknown, an instance is missing or there is one too many.
 */
export function parseSeriesKey(key: string): Series | null {
  const brace = key.indexOf('{');
  const metric = brace === -1 ? key : key.slice(0, brace);
  if (!isMetricId(metric)) return null;
  const wantsInstance = METRICS[metric].instance !== null;
  if (brace === -1) return wantsInstance ? null : { metric, instance: null };
  if (!wantsInstance || !key.endsWith('}')) return null;
  const instance = key.slice(brace + 1, -1);
  return instance === '' || instance.length > MAX_INSTANCE_LENGTH ? null : { metric, instance };
}
