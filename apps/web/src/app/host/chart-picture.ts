import { type HostFacts, METRICS, type MetricId } from '@hostdeck/contracts';
import { LOCALE } from '../language/language';
import { axisScale } from '../charts/axis-scale';
import type { BandPoint, ChartLine, ChartPicture } from '../charts/line-chart-option';
import { type LinePoint, linePoints } from '../charts/line-points';
import { type Palette, seriesColour } from '../charts/palette';
import { type Statistics, statistics } from '../charts/statistics';
import type { ChartThreshold } from '../charts/thresholds';
import type { ChartSpec } from './chart-list';
import type { SeriesData } from './series-book';
import type { TimeWindow } from './time-range';

/** Lines in one chart at most: as many as there are colours. */
export const MOST_LINES = 8;

/** A threshold up to that many times the greatest value has its place in the chart. */
const NEAR = 2;

/** A line and what it comes to. */
export interface ChartSeries {
  readonly key: string;
  readonly metric: MetricId;
  readonly label: string;
  /** Number of its colour, the same wherever this series is drawn. */
  readonly colour: number;
  readonly data: SeriesData;
  readonly statistics: Statistics;
}

const NAMES = new Intl.Collator(LOCALE, { numeric: true });

/**
 * The series a chart draws. Instances beyond {@link MOST_LINES} are left out, those with the least in them first.
 *
 * @returns the series, and how many there are in all
 */
export function chartSeries(
  spec: ChartSpec,
  read: (metric: MetricId) => readonly SeriesData[],
  window: TimeWindow,
): { readonly shown: readonly ChartSeries[]; readonly all: number } {
  const all = spec.metrics.flatMap(({ id, label }) =>
    read(id)
      .filter(({ times }) => (times.at(-1) ?? -Infinity) >= window.from)
      .map((data) => ({
        key: data.instance === null ? id : `${id}{${data.instance}}`,
        metric: id,
        label: [data.instance ?? '', label].filter(Boolean).join(' '),
        instance: data.instance ?? '',
        data,
        statistics: statistics(data, window),
      })),
  );
  const kept = mostTelling(all);
  const ordered = kept.sort((a, b) => NAMES.compare(a.instance, b.instance));
  return {
    all: all.length,
    shown: ordered.map(({ key, metric, label, data, ...rest }, index) => ({
      key,
      metric,
      label: label === '' ? spec.title : label,
      colour: spec.colour + index,
      data,
      statistics: rest.statistics,
    })),
  };
}

/** Draws the series of a chart. */
export function chartPicture(
  spec: ChartSpec,
  series: readonly ChartSeries[],
  { window, step, gapAfter, facts, palette, thresholds = [] }: PictureContext,
): ChartPicture {
  const metric = METRICS[spec.metrics[0]?.id ?? 'cpu.busy'];
  const top = series.reduce((most, { statistics: { max } }) => Math.max(most, max ?? 0), 0);
  // One that is near makes room for itself; one far away would only press the data flat.
  const near = thresholds.filter(({ value }) => value <= top * NEAR);
  const reach = near.reduce((most, { value }) => Math.max(most, value), top);
  const scale = axisScale(metric.unit, reach, wholeOf(spec, facts));
  return {
    unit: metric.unit,
    scale,
    thresholds: thresholds.map((threshold) => ({
      ...threshold,
      isDrawn: threshold.value >= 0 && threshold.value <= scale.max,
    })),
    ...window,
    step,
    stacked: spec.shape === 'parts',
    lines: series.map(({ key, label, colour, data }): ChartLine => {
      const { times, values } = data;
      // Where a point is one sample, the cursor has nothing to say of least and greatest.
      const points = linePoints(step === null ? { times, values } : data, window.from, gapAfter);
      return {
        key,
        label,
        colour: seriesColour(palette, colour),
        points,
        band: series.length === 1 && step !== null ? band(points) : [],
      };
    }),
  };
}

/** What a picture depends on besides its series. */
export interface PictureContext {
  readonly window: TimeWindow;
  /** Time one point stands for, ms; `null` where a point is one sample. */
  readonly step: number | null;
  /** Ms; see `HostStore.gapAfter`. */
  readonly gapAfter: number;
  readonly facts: HostFacts | null;
  readonly palette: Palette;
  /** What rules hold against the series. */
  readonly thresholds?: readonly Omit<ChartThreshold, 'isDrawn'>[];
}

interface Candidate {
  readonly instance: string;
  readonly statistics: Statistics;
}

/** All lines of the instances with most in them, as many as have room together. */
function mostTelling<Item extends Candidate>(all: readonly Item[]): Item[] {
  const byInstance = new Map<string, Item[]>();
  for (const item of all) {
    byInstance.set(item.instance, [...(byInstance.get(item.instance) ?? []), item]);
  }
  const ranked = [...byInstance.values()].sort((a, b) => largestMean(b) - largestMean(a));
  const kept: Item[] = [];
  for (const lines of ranked) {
    if (kept.length + lines.length > MOST_LINES) break;
    kept.push(...lines);
  }
  return kept;
}

function largestMean(lines: readonly Candidate[]): number {
  return Math.max(...lines.map(({ statistics: { mean } }) => mean ?? 0));
}

function wholeOf({ whole }: ChartSpec, facts: HostFacts | null): number | null {
  switch (whole) {
    case 'hundred':
      return 100;
    case 'memory':
      return facts?.memoryTotal ?? null;
    case 'swap':
      return facts?.swapTotal ?? null;
    case null:
      return null;
  }
}

/** Least and greatest of steps that stand for several samples; broken where the line is. */
function band(points: readonly LinePoint[]): BandPoint[] {
  return points.map(([time, , low = null, high = null]): BandPoint => [time, low, high]);
}
