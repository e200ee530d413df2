/**
 * The metric catalogue: every metric once. Sampling, storage precision, charts, thresholds, exports and the
 * documentation are derived from it, so a new metric is one row here and one reader in the agent.
 */

/** What a number of a metric means. Sizes are bytes, shares are percent (0 to 100), rates are per second. */
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
  'processes',
  'sensor',
  'gpu',
  'battery',
  'container',
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
  'container',
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

interface MetricShape {
  readonly unit: Unit;
  readonly resolution: number;
  readonly instance?: InstanceKind;
  readonly extreme?: Extreme;
}

function group<const Rows extends Readonly<Record<string, string>>>(
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

const PERCENT = { unit: 'percent', resolution: 0.1 } as const;
const BYTES = { unit: 'bytes', resolution: 4096 } as const;
const BYTE_RATE = { unit: 'bytes_per_second', resolution: 1 } as const;
const RATE = { unit: 'per_second', resolution: 0.1 } as const;
const COUNT = { unit: 'count', resolution: 1 } as const;

const CATALOGUE = {
  ...group('cpu', PERCENT, {
    'cpu.busy': 'CPU busy',
    'cpu.user': 'CPU user',
    'cpu.nice': 'CPU nice',
    'cpu.system': 'CPU system',
    'cpu.iowait': 'CPU waiting for I/O',
    'cpu.irq': 'CPU interrupts',
    'cpu.softirq': 'CPU soft interrupts',
    'cpu.steal': 'CPU steal',
  }),
  ...group('cpu', { ...PERCENT, instance: 'core' }, { 'cpu.core.busy': 'Core busy' }),
  ...group(
    'load',
    { unit: 'load', resolution: 0.01 },
    {
      'load.1': 'Load, 1 minute',
      'load.5': 'Load, 5 minutes',
      'load.15': 'Load, 15 minutes',
    },
  ),
  ...group('memory', BYTES, {
    'memory.used': 'Memory used',
    'memory.cached': 'Memory cached',
    'memory.buffers': 'Memory buffers',
  }),
  ...group('memory', { ...BYTES, extreme: 'min' }, { 'memory.available': 'Memory available' }),
  ...group('memory', PERCENT, { 'memory.used_share': 'Memory used, share' }),
  ...group('swap', BYTES, { 'swap.used': 'Swap used' }),
  ...group('swap', BYTE_RATE, { 'swap.in': 'Swapped in', 'swap.out': 'Swapped out' }),
  ...group('pressure', PERCENT, {
    'pressure.cpu.some': 'CPU pressure, some',
    'pressure.memory.some': 'Memory pressure, some',
    'pressure.memory.full': 'Memory pressure, full',
    'pressure.io.some': 'I/O pressure, some',
    'pressure.io.full': 'I/O pressure, full',
  }),
  ...group('disk', BYTE_RATE, {
    'disk.total.read_bytes': 'Disks read',
    'disk.total.write_bytes': 'Disks written',
  }),
  ...group(
    'disk',
    { ...BYTE_RATE, instance: 'device' },
    { 'disk.read_bytes': 'Disk read', 'disk.write_bytes': 'Disk written' },
  ),
  ...group(
    'disk',
    { ...RATE, instance: 'device' },
    { 'disk.read_ops': 'Disk reads', 'disk.write_ops': 'Disk writes' },
  ),
  ...group('disk', { ...PERCENT, instance: 'device' }, { 'disk.busy': 'Disk busy' }),
  ...group(
    'disk',
    { unit: 'milliseconds', resolution: 0.1, instance: 'device' },
    { 'disk.await': 'Disk wait per operation' },
  ),
  ...group('filesystem', { ...BYTES, instance: 'mount' }, { 'filesystem.used': 'Filesystem used' }),
  ...group(
    'filesystem',
    { ...BYTES, instance: 'mount', extreme: 'min' },
    { 'filesystem.free': 'Filesystem free' },
  ),
  ...group(
    'filesystem',
    { ...PERCENT, instance: 'mount' },
    {
      'filesystem.used_share': 'Filesystem used, share',
      'filesystem.inodes_used': 'Inodes used, share',
    },
  ),
  ...group('network', BYTE_RATE, {
    'network.total.receive_bytes': 'Network received',
    'network.total.transmit_bytes': 'Network sent',
  }),
  ...group(
    'network',
    { ...BYTE_RATE, instance: 'interface' },
    { 'network.receive_bytes': 'Interface received', 'network.transmit_bytes': 'Interface sent' },
  ),
  ...group(
    'network',
    { ...RATE, instance: 'interface' },
    {
      'network.receive_errors': 'Receive errors',
      'network.transmit_errors': 'Transmit errors',
      'network.receive_drops': 'Receive drops',
      'network.transmit_drops': 'Transmit drops',
    },
  ),
  ...group('tcp', COUNT, { 'tcp.established': 'TCP connections established' }),
  ...group('tcp', RATE, { 'tcp.retransmits': 'TCP segments retransmitted' }),
  ...group('processes', COUNT, {
    'processes.total': 'Processes',
    'processes.running': 'Processes running',
    'processes.blocked': 'Processes blocked',
  }),
  ...group(
    'sensor',
    { unit: 'celsius', resolution: 0.1, instance: 'sensor' },
    { 'sensor.temperature': 'Temperature' },
  ),
  ...group(
    'sensor',
    { unit: 'rpm', resolution: 1, instance: 'sensor', extreme: 'both' },
    { 'sensor.fan': 'Fan speed' },
  ),
  ...group('gpu', { ...PERCENT, instance: 'gpu' }, { 'gpu.busy': 'GPU busy' }),
  ...group('gpu', { ...BYTES, instance: 'gpu' }, { 'gpu.memory_used': 'GPU memory used' }),
  ...group(
    'gpu',
    { unit: 'celsius', resolution: 0.1, instance: 'gpu' },
    { 'gpu.temperature': 'GPU temperature' },
  ),
  ...group(
    'gpu',
    { unit: 'watts', resolution: 0.1, instance: 'gpu' },
    { 'gpu.power': 'GPU power' },
  ),
  ...group('battery', { ...PERCENT, extreme: 'min' }, { 'battery.level': 'Battery level' }),
  ...group(
    'container',
    { ...PERCENT, instance: 'container' },
    { 'container.cpu': 'Container CPU, share of one core' },
  ),
  ...group(
    'container',
    { ...BYTES, instance: 'container' },
    { 'container.memory': 'Container memory' },
  ),
  ...group(
    'container',
    { ...BYTE_RATE, instance: 'container' },
    {
      'container.network.receive_bytes': 'Container received',
      'container.network.transmit_bytes': 'Container sent',
    },
  ),
  ...group('system', { unit: 'seconds', resolution: 1, extreme: 'min' }, { uptime: 'Uptime' }),
  ...group(
    'agent',
    { unit: 'percent', resolution: 0.01 },
    { 'agent.cpu': 'Agent CPU, share of one core' },
  ),
  ...group('agent', BYTES, {
    'agent.memory': 'Agent memory (RSS)',
    'agent.spool': 'Agent outbox size',
  }),
} as const;

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
