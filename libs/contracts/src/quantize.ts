import { METRICS, type MetricId } from './metrics';

/** Most steps of its resolution that a value may be from zero: more is no measurement, and sums of it would not stay exact. */
export const MOST_STEPS = 2 ** 42;

/**
 * Rounds a value to its metric's resolution. Done once, at the agent, so that the number drawn live and the
 * number stored are the same.
 *
 * @returns the rounded value, or `null` (unknown) for what is not a finite number or more than {@link MOST_STEPS} steps.
 */
export function quantize(metric: MetricId, value: number | null): number | null {
  return quantizeTo(METRICS[metric].resolution, value);
}

/** As {@link quantize}, for who knows the metric's resolution already. */
export function quantizeTo(resolution: number, value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  if (Math.abs(value) > MOST_STEPS * resolution) return null;
  if (resolution >= 1) return Math.round(value / resolution) * resolution;
  // A step below 1 is the inverse of a whole number (0.1, 0.01): dividing by that keeps 0.3 from becoming 0.30000000000000004.
  const perUnit = Math.round(1 / resolution);
  return Math.round(value * perUnit) / perUnit;
}
