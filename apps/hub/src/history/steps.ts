/** Values as whole steps of their metric's resolution: what chunks and blocks hold, so that sums stay exact. */
import { METRICS, parseSeriesKey } from '@hostdeck/contracts';
import type { Bucket } from './rollup';

/** Steps of a resolution in a value; below 1 the inverse is used, so that 0.1 keeps its decimals exact. */
export function toSteps(value: number, resolution: number): number {
  return resolution >= 1
    ? Math.round(value / resolution)
    : Math.round(value * Math.round(1 / resolution));
}

/** The value of that many steps; a mean may be a fraction of steps. */
export function fromSteps(steps: number, resolution: number): number {
  return resolution >= 1 ? steps * resolution : steps / Math.round(1 / resolution);
}

/** The resolution of a stored series; 1 for a metric that this version does not know any more. */
export function resolutionOf(key: string): number {
  const series = parseSeriesKey(key);
  return series === null ? 1 : METRICS[series.metric].resolution;
}

/** The mean of a bucket in the metric's unit; `null` when every value in it is unknown. */
export function meanOf({ count, sum }: Bucket, resolution: number): number | null {
  return count === 0 ? null : fromSteps(sum / count, resolution);
}
