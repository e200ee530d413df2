import type { MetricGroup, MetricId } from '@hostdeck/contracts';
import { CHART_LIST_TEXTS } from './chart-list.texts';

const { titles: TITLES, lines: LINES } = CHART_LIST_TEXTS;

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
    title: TITLES.cpu,
    metrics: [{ id: 'cpu.busy', label: LINES.busy }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'memory',
    group: 'memory',
    title: TITLES.memory,
    metrics: [{ id: 'memory.used', label: LINES.used }],
    shape: 'lines',
    whole: 'memory',
    colour: 5,
  },
  {
    id: 'cpu-modes',
    group: 'cpu',
    title: TITLES.cpuModes,
    metrics: [
      { id: 'cpu.user', label: LINES.user },
      { id: 'cpu.iowait', label: LINES.ioWait },
      { id: 'cpu.nice', label: LINES.nice },
      { id: 'cpu.irq', label: LINES.interrupts },
      { id: 'cpu.system', label: LINES.system },
      { id: 'cpu.steal', label: LINES.steal },
      { id: 'cpu.softirq', label: LINES.softInterrupts },
    ],
    shape: 'parts',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'memory-parts',
    group: 'memory',
    title: TITLES.memoryParts,
    metrics: [
      { id: 'memory.used', label: LINES.used },
      { id: 'memory.cached', label: LINES.cached },
      { id: 'memory.buffers', label: LINES.buffers },
    ],
    shape: 'parts',
    whole: 'memory',
    colour: 5,
  },
  {
    id: 'load',
    group: 'load',
    title: TITLES.load,
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
    title: TITLES.network,
    metrics: [
      { id: 'network.receive_bytes', label: LINES.receive },
      { id: 'network.transmit_bytes', label: LINES.transmit },
    ],
    shape: 'lines',
    whole: null,
    colour: 1,
  },
  {
    id: 'disk',
    group: 'disk',
    title: TITLES.disk,
    metrics: [
      { id: 'disk.read_bytes', label: LINES.read },
      { id: 'disk.write_bytes', label: LINES.written },
    ],
    shape: 'lines',
    whole: null,
    colour: 1,
  },
  {
    id: 'disk-busy',
    group: 'disk',
    title: TITLES.diskBusy,
    metrics: [{ id: 'disk.busy', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'filesystem',
    group: 'filesystem',
    title: TITLES.filesystem,
    metrics: [{ id: 'filesystem.used_share', label: '' }],
    shape: 'lines',
    whole: 'hundred',
    colour: 7,
  },
  {
    id: 'pressure',
    group: 'pressure',
    title: TITLES.pressure,
    metrics: [
      { id: 'pressure.cpu.some', label: LINES.cpuSome },
      { id: 'pressure.memory.some', label: LINES.memorySome },
      { id: 'pressure.memory.full', label: LINES.memoryFull },
      { id: 'pressure.io.some', label: LINES.ioSome },
      { id: 'pressure.io.full', label: LINES.ioFull },
    ],
    shape: 'lines',
    whole: 'hundred',
    colour: 1,
  },
  {
    id: 'swap',
    group: 'swap',
    title: TITLES.swap,
    metrics: [{ id: 'swap.used', label: LINES.used }],
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
