import { MAX_INSTANCE_LENGTH, toDisplayText, type MetricId } from '@hostdeck/contracts';
import type { Sample } from './exposition';

/** Where a sample of a file goes. */
export interface CustomSeries {
  readonly metric: MetricId;
  /** `name` or `name{label="value",…}`, labels ascending. */
  readonly instance: string;
  /** Whether the sample counts up, and what is shown is how fast. */
  readonly isCounter: boolean;
  /** `null` is unknown. */
  readonly value: number | null;
}

/**
 * The series of a sample. The row of the catalogue follows from the type and from the unit at the end of the name (Prometheus' "Metric and
 * label naming"), never from the value, so that a series stays what it is.
 *
 * @returns `skipped` for buckets of histograms, of which no line can be drawn; `too long` where name and labels pass the longest instance
 */
export function customSeries(sample: Sample): CustomSeries | 'skipped' | 'too long' {
  const { name, type, value } = sample;
  if (type === 'histogram' && name.endsWith('_bucket')) return 'skipped';
  const instance = toDisplayText(name + labelsText(sample));
  if (instance.length > MAX_INSTANCE_LENGTH) return 'too long';
  const isCounter = countsUp(sample);
  return { metric: isCounter ? rateMetric(name) : gaugeMetric(name), instance, isCounter, value };
}

function countsUp({ name, type }: Sample): boolean {
  switch (type) {
    case 'counter':
      return true;
    case 'gauge':
      return false;
    case 'histogram':
    case 'summary':
      return name.endsWith('_sum') || name.endsWith('_count');
    case 'untyped':
      // Nothing else may be called so.
      return name.endsWith('_total');
  }
}

function rateMetric(name: string): MetricId {
  return /_bytes(?:_total|_sum)?$/.test(name) ? 'custom.byte_rate' : 'custom.rate';
}

function gaugeMetric(name: string): MetricId {
  if (name.endsWith('_bytes')) return 'custom.bytes';
  if (name.endsWith('_ratio')) return 'custom.ratio';
  // Points in time are called so too, and are larger than lengths of time ever are.
  return /(?<!_timestamp|_time)_seconds$/.test(name) ? 'custom.seconds' : 'custom.gauge';
}

function labelsText({ labels }: Sample): string {
  if (labels.length === 0) return '';
  const escaped = labels.map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  );
  return `{${escaped.join(',')}}`;
}
