/**
 * The metric catalogue: every metric once. Sampling, storage precision, charts, thresholds, exports and the
 * documentation are derived from it, so a new metric is one row here and one reader in the agent.
 */
import { HARDWARE_METRICS } from './hardware-metrics';
import type { Metric } from './metric';
import { SERVICE_METRICS } from './service-metrics';
import { SYSTEM_METRICS } from './system-metrics';

const CATALOGUE = { ...SYSTEM_METRICS, ...HARDWARE_METRICS, ...SERVICE_METRICS } as const;

/** The id of a metric in the catalogue. */
export type MetricId = keyof typeof CATALOGUE;

/** Every metric by its id, in the order of the groups. */
export const METRICS: Readonly<Record<MetricId, Metric>> = CATALOGUE;

/** Every metric id, in the order of the groups. */
export const METRIC_IDS = Object.keys(CATALOGUE) as readonly MetricId[];

/** Whether `id` names a metric of the catalogue. */
export function isMetricId(id: string): id is MetricId {
  return Object.hasOwn(CATALOGUE, id);
}
