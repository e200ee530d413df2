import {
  type BoardChart,
  type FleetSeriesAnswer,
  isMetricId,
  METRICS,
  type MetricId,
  type Unit,
} from '@hostdeck/contracts';
import { LOCALE } from '../language/language';
import { axisScale } from '../charts/axis-scale';
import type { ChartLine, ChartPicture } from '../charts/line-chart-option';
import { linePoints } from '../charts/line-points';
import { type Palette, seriesColour } from '../charts/palette';
import { metricName } from '../metrics/metric-name';
import { COMPARE_TEXTS } from './compare.texts';

/** Lines in one chart at most: beyond that nobody tells them apart. */
export const MOST_LINES = 20;

/** Characters from which a host's name is shortened beside that of a series, and what is left of it at both ends. */
const LONG_NAME = 32;
const NAME_HEAD = 12;
const NAME_TAIL = 8;

type FleetSeries = FleetSeriesAnswer['series'][number];

/** What a picture depends on besides the series. */
export interface CompareContext {
  readonly chart: BoardChart;
  readonly palette: Palette;
  readonly nameOf: (hostId: string) => string;
  readonly window: { readonly from: number; readonly to: number };
}

/** A plot of one answer. */
export interface ComparePicture {
  readonly picture: ChartPicture;
  /** Series there are in all. */
  readonly all: number;
}

/** Axes of a plot at most. */
const AXES = 2;

/**
 * Draws an answer: values of one unit, or of two on two axes, in one plot; of three or more, each unit in one of its own. Of too
 * many series, those with the greatest means are drawn.
 */
export function comparePictures(
  { step, series }: FleetSeriesAnswer,
  { chart, palette, nameOf, window }: CompareContext,
): readonly ComparePicture[] {
  const groups = [...new Set(chart.metrics.map((id) => METRICS[id].unit))]
    .map((unit) => ({ unit, same: series.filter((one) => one.unit === unit) }))
    .filter(({ same }) => same.length > 0);
  const plots = groups.length <= AXES ? [groups] : groups.map((group) => [group]);
  return plots.flatMap((plot) => {
    const [left, right] = plot;
    if (left === undefined) return [];
    const parts = plot.map(({ unit, same }) => {
      const most = Math.floor(MOST_LINES / plot.length);
      const kept = [...same].sort((a, b) => mean(b) - mean(a)).slice(0, most);
      return { kept, scale: axisScale(unit, Math.max(0, ...kept.map(greatest)), null) };
    });
    const isAlone = plot.length === 1 && isOnlyOfUnit(chart, left.unit);
    const lines = parts
      .flatMap(({ kept }, axis) => kept.map((one) => ({ one, axis })))
      .map((line) => ({ ...line, label: labelOf(line.one, { nameOf, isAlone }) }))
      .sort((a, b) => a.axis - b.axis || NAMES.compare(a.label, b.label))
      .map(({ one, axis, label }, index): ChartLine => ({
        key: `${one.host} ${one.metric}{${one.instance ?? ''}}`,
        label,
        colour: seriesColour(palette, index + 1),
        isDashed: index >= palette.series.length,
        isSecond: axis === 1,
        points: linePoints(columns(one), window.from, 2.5 * step),
        band: [],
      }));
    const [first, second] = parts;
    if (first === undefined) return [];
    const picture: ChartPicture = {
      unit: left.unit,
      scale: first.scale,
      ...window,
      step,
      stacked: false,
      lines,
      ...(right === undefined || second === undefined
        ? {}
        : { second: { unit: right.unit, scale: second.scale } }),
    };
    return [{ picture, all: plot.reduce((sum, { same }) => sum + same.length, 0) }];
  });
}

function isOnlyOfUnit({ metrics }: BoardChart, unit: Unit): boolean {
  return metrics.filter((id) => METRICS[id].unit === unit).length === 1;
}

/** Hosts in the order of how much of a metric they had on average, most first; those without any are left out. */
export function rankHosts({ series }: FleetSeriesAnswer): readonly string[] {
  const most = new Map<string, number>();
  for (const one of series) {
    const value = mean(one);
    if (value > -Infinity) most.set(one.host, Math.max(most.get(one.host) ?? -Infinity, value));
  }
  return [...most].sort(([, a], [, b]) => b - a).map(([host]) => host);
}

const NAMES = new Intl.Collator(LOCALE, { numeric: true });

function labelOf(
  { host, metric, instance }: FleetSeries,
  { nameOf, isAlone }: { readonly nameOf: CompareContext['nameOf']; readonly isAlone: boolean },
): string {
  const words = isAlone
    ? (instance ?? '')
    : [metricLabel(metric), instance].filter(Boolean).join(' ');
  return words === '' ? nameOf(host) : COMPARE_TEXTS.series(shortened(nameOf(host)), words);
}

/** A name that leaves room for what stands after it: a long one without its middle. */
function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONG_NAME) return name;
  return `${characters.slice(0, NAME_HEAD).join('')}…${characters.slice(-NAME_TAIL).join('')}`;
}

/** Name of a metric; of one this page does not know, its id. */
export function metricLabel(id: string): string {
  return isMetricId(id) ? metricName(id) : id;
}

function columns({ points }: FleetSeries) {
  return {
    times: points.map(([time]) => time),
    values: points.map(([, value]) => value),
    lows: points.map(([, , low]) => low),
    highs: points.map(([, , , high]) => high),
  };
}

function mean({ points }: FleetSeries): number {
  const known = points.flatMap(([, value]) => value ?? []);
  return known.length === 0
    ? -Infinity
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function greatest({ points }: FleetSeries): number {
  return points.reduce((most, [, , , high]) => Math.max(most, high ?? 0), 0);
}

/** What a chart is called that nobody has named. */
export function chartTitle({ title, metrics }: BoardChart): string {
  return title === '' ? metrics.map((id: MetricId) => metricName(id)).join(', ') : title;
}
