import type { MetricId } from '@hostdeck/contracts';

/** One metric of a chart. */
export interface ChartMetric {
  readonly id: MetricId;
  /** Name in the chart; beside the instance where the metric has instances. */
  readonly label: string;
}

/** A chart of the host page. */
export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  readonly metrics: readonly ChartMetric[];
  /** `parts`: areas that add up to a whole. */
  readonly shape: 'lines' | 'parts';
  /** What the upper edge stands for, when it is not the data. */
  readonly whole: 'hundred' | 'memory' | 'swap' | null;
  /** Number of the first colour. */
  readonly colour: number;
}

/** The charts in the order of the page; the first two are the large ones. */
export const CHARTS: readonly ChartSpec[] = [
  {
    id: 'cpu',
    title: 'CPU',
    metrics: [{ id: 'cpu.busy', label: 'Busy' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'memory',
    title: 'Memory',
    metrics: [{ id: 'memory.used', label: 'Used' }],
    shape: 'lines',
    whole: 'memory',
    colour: 5,
  },
  {
    id: 'cpu-modes',
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
    id: 'load',
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
    title: 'Disk busy',
    metrics: [{ id: 'disk.busy', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'filesystem',
    title: 'Filesystems used',
    metrics: [{ id: 'filesystem.used_share', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 7,
  },
  {
    id: 'pressure',
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
