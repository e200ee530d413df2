/** What a row of the metric catalogue is. */

/** What a number of a metric means. Sizes are bytes, shares are percent (0 to 100), rates are per second; a flag is 1 for yes and 0 for no. */
export const UNITS = [
  'percent',
  'bytes',
  'bytes_per_second',
  'per_second',
  'count',
  'load',
  'seconds',
  'milliseconds',
  'celsius',
  'rpm',
  'watts',
  'volts',
  'hertz',
  'bits_per_second',
  'flag',
  'number',
] as const;
export type Unit = (typeof UNITS)[number];

/** The heading a metric is shown under, in the order of the host page. */
export const METRIC_GROUPS = [
  'cpu',
  'load',
  'memory',
  'swap',
  'pressure',
  'disk',
  'filesystem',
  'network',
  'tcp',
  'udp',
  'processes',
  'sensor',
  'gpu',
  'battery',
  'raid',
  'smart',
  'systemd',
  'container',
  'cgroup',
  'custom',
  'system',
  'agent',
] as const;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

/** What tells the series of one metric on one host apart. */
export const INSTANCE_KINDS = [
  'core',
  'device',
  'mount',
  'interface',
  'sensor',
  'gpu',
  'array',
  'drive',
  'service',
  'container',
  'custom',
  'file',
] as const;
export type InstanceKind = (typeof INSTANCE_KINDS)[number];

/** Which end of a metric's range hurts, and so must survive every rollup and every drawing. */
export type Extreme = 'max' | 'min' | 'both';

/** One row of the catalogue. */
export interface Metric {
  /** Short dotted name in the field's terms. */
  readonly id: string;
  readonly unit: Unit;
  /** Name shown to people. */
  readonly label: string;
  readonly group: MetricGroup;
  /** The step values are rounded to, in the metric's unit; what is drawn live and what is stored are the same number. */
  readonly resolution: number;
  /** What an instance is, or `null` when a host has exactly one series of the metric. */
  readonly instance: InstanceKind | null;
  readonly extreme: Extreme;
}

/** What the metrics of some rows have in common. */
export interface MetricShape {
  readonly unit: Unit;
  readonly resolution: number;
  readonly instance?: InstanceKind;
  readonly extreme?: Extreme;
}

/** Rows of one group and shape, by id and label. */
export function group<const Rows extends Readonly<Record<string, string>>>(
  name: MetricGroup,
  shape: MetricShape,
  rows: Rows,
): { readonly [Id in keyof Rows]: Metric } {
  const entries = Object.entries(rows).map(([id, label]): [string, Metric] => [
    id,
    {
      id,
      label,
      group: name,
      unit: shape.unit,
      resolution: shape.resolution,
      instance: shape.instance ?? null,
      extreme: shape.extreme ?? 'max',
    },
  ]);
  return Object.fromEntries(entries) as { readonly [Id in keyof Rows]: Metric };
}

export const PERCENT = { unit: 'percent', resolution: 0.1 } as const;
export const BYTES = { unit: 'bytes', resolution: 4096 } as const;
export const BYTE_RATE = { unit: 'bytes_per_second', resolution: 1 } as const;
export const RATE = { unit: 'per_second', resolution: 0.1 } as const;
export const COUNT = { unit: 'count', resolution: 1 } as const;
export const FLAG = { unit: 'flag', resolution: 1 } as const;
export const HERTZ = { unit: 'hertz', resolution: 1_000_000 } as const;
export const CELSIUS = { unit: 'celsius', resolution: 0.1 } as const;
export const WATTS = { unit: 'watts', resolution: 0.1 } as const;
export const SECONDS = { unit: 'seconds', resolution: 1 } as const;
