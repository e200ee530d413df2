import type { MetricGroup, MetricId } from '@hostdeck/contracts';

/** One metric of a chart. */
export interface ChartMetric {
  readonly id: MetricId;
  /** Name in the chart; beside the instance where the metric has instances. */
  readonly label: string;
}

/** A chart of the host page. */
export interface ChartSpec {
  readonly id: string;
  readonly group: MetricGroup;
  readonly title: string;
  readonly metrics: readonly ChartMetric[];
  /** `parts`: areas that add up to a whole. */
  readonly shape: 'lines' | 'parts';
  /** What the upper edge stands for, when it is not the data. */
  readonly whole: 'hundred' | 'memory' | 'swap' | null;
  /** Number of the first colour. */
  readonly colour: number;
}

/**
 * The charts that are made by hand, because their metrics belong together in a way the catalogue does not say. All other
 * metrics have theirs from the catalogue, see `catalogue-charts.ts`.
 */
export const CHARTS: readonly ChartSpec[] = [
  {
    id: 'cpu',
    group: 'cpu',
    title: 'CPU',
    metrics: [{ id: 'cpu.busy', label: 'Busy' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'memory',
    group: 'memory',
    title: 'Memory',
    metrics: [{ id: 'memory.used', label: 'Used' }],
    shape: 'lines',
    whole: 'memory',
    colour: 5,
  },
  {
    id: 'cpu-modes',
    group: 'cpu',
    title: 'CPU by mode',
    metrics: [
      { id: 'cpu.user', label: 'User' },
      { id: 'cpu.iowait', label: 'I/O wait' },
      { id: 'cpu.nice', label: 'Nice' },
      { id: 'cpu.irq', label: 'Interrupts' },
      { id: 'cpu.system', label: 'System' },
      { id: 'cpu.steal', label: 'Steal' },
      { id: 'cpu.softirq', label: 'Soft interrupts' },
    ],
    shape: 'parts',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'memory-parts',
    group: 'memory',
    title: 'Memory by use',
    metrics: [
      { id: 'memory.used', label: 'Used' },
      { id: 'memory.cached', label: 'Cached' },
      { id: 'memory.buffers', label: 'Buffers' },
    ],
    shape: 'parts',
    whole: 'memory',
    colour: 5,
  },
  {
    id: 'load',
    group: 'load',
    title: 'Load',
    metrics: [
      { id: 'load.1', label: '1 min' },
      { id: 'load.5', label: '5 min' },
      { id: 'load.15', label: '15 min' },
    ],
    shape: 'lines',
    whole: null,
    colour: 1,
  },
  {
    id: 'network',
    group: 'network',
    title: 'Network',
    metrics: [
      { id: 'network.receive_bytes', label: 'in' },
      { id: 'network.transmit_bytes', label: 'out' },
    ],
    shape: 'lines',
    whole: null,
    colour: 1,
  },
  {
    id: 'disk',
    group: 'disk',
    title: 'Disk throughput',
    metrics: [
      { id: 'disk.read_bytes', label: 'read' },
      { id: 'disk.write_bytes', label: 'written' },
    ],
    shape: 'lines',
    whole: null,
    colour: 1,
  },
  {
    id: 'disk-busy',
    group: 'disk',
    title: 'Disk busy',
    metrics: [{ id: 'disk.busy', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'filesystem',
    group: 'filesystem',
    title: 'Filesystems used',
    metrics: [{ id: 'filesystem.used_share', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 7,
  },
  {
    id: 'pressure',
    group: 'pressure',
    title: 'Pressure',
    metrics: [
      { id: 'pressure.cpu.some', label: 'CPU, some' },
      { id: 'pressure.memory.some', label: 'Memory, some' },
      { id: 'pressure.memory.full', label: 'Memory, full' },
      { id: 'pressure.io.some', label: 'I/O, some' },
      { id: 'pressure.io.full', label: 'I/O, full' },
    ],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'swap',
    group: 'swap',
    title: 'Swap',
    metrics: [{ id: 'swap.used', label: 'Used' }],
    shape: 'lines',
    whole: 'swap',
    colour: 4,
  },
];

/** The metric of the row of cores. */
export const CORE_METRIC = 'cpu.core.busy' satisfies MetricId;

/** Every metric the page needs the history of. The cores are shown as they are now. */
export const CHART_METRICS: readonly MetricId[] = [
  ...new Set(CHARTS.flatMap(({ metrics }) => metrics.map(({ id }) => id))),
];
