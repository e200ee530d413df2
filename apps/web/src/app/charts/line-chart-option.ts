import type { Unit } from '@hostdeck/contracts';
import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { quantity, quantityText } from '../units/quantity';
import type { AxisScale } from './axis-scale';
import { chartTooltip } from './chart-tooltip';
import type { LinePoint } from './line-points';
import type { Palette } from './palette';
import type { ChartThreshold } from './thresholds';
import { axisTime } from './time-labels';

/** The options of our charts: lines on one grid. */
export type LineChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | TooltipComponentOption
>;

/** One line, ready to be drawn. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  /** Whether it is drawn in dashes, because another line has its colour. */
  readonly isDashed?: boolean;
  /** Whether its values are those of the axis on the right. */
  readonly isSecond?: boolean;
  readonly points: LinePoint[];
  /** Least and greatest of each step, drawn as a band; empty where a point stands for one sample. */
  readonly band: readonly BandPoint[];
}
export type BandPoint = readonly [time: number, low: number | null, high: number | null];

/** A chart, ready to be drawn. */
export interface ChartPicture {
  readonly lines: readonly ChartLine[];
  readonly unit: Unit;
  readonly scale: AxisScale;
  readonly from: number;
  readonly to: number;
  /** Time one point stands for, ms; `null` where a point is one sample. */
  readonly step: number | null;
  /** Whether the lines are parts of a whole, one on top of the other. */
  readonly stacked: boolean;
  /** What rules hold against the lines; absent: nothing. */
  readonly thresholds?: readonly ChartThreshold[];
  /** The axis on the right, for lines of another unit; absent: there is none. */
  readonly second?: { readonly unit: Unit; readonly scale: AxisScale };
}

/** Unit of the values of one line. */
export function unitOf({ unit, second }: ChartPicture, { isSecond }: ChartLine): Unit {
  return isSecond === true && second !== undefined ? second.unit : unit;
}

/** Room around the lines for the labels of the axes, px. */
export const CHART_MARGINS = { left: 64, right: 12, top: 10, bottom: 22 } as const;

/** What of a chart moves with the data. */
export interface ChartData {
  readonly xAxis: { readonly min: number; readonly max: number };
  readonly yAxis: AxisScale | readonly AxisScale[];
  readonly series: LineSeriesOption[];
}

/** What is given to a chart that is already drawn when its data moves. */
export function chartData({ lines, scale, from, to, stacked, second }: ChartPicture): ChartData {
  return {
    xAxis: { min: from, max: to },
    yAxis: second === undefined ? scale : [scale, second.scale],
    series: lines.flatMap((line) => [
      { id: line.key, data: line.points },
      ...(stacked ? [] : bandData(line)),
    ]),
  };
}

/**
 * The whole chart: lines of 1.5 px without symbols, a faint grid, no animation.
 *
 * @param current what is drawn at the moment somebody points at it
 */
export function chartOption(
  current: () => ChartPicture,
  palette: Palette,
  isHovered: () => boolean,
): LineChartOption {
  const picture = current();
  const { lines, stacked, second } = picture;
  const data = chartData(picture);
  const left = valueAxis(
    { unit: picture.unit, scale: picture.scale },
    palette,
    () => current().scale,
  );
  return {
    animation: false,
    grid: CHART_MARGINS,
    textStyle: { fontFamily: 'Inter Variable, system-ui, sans-serif' },
    xAxis: {
      ...data.xAxis,
      type: 'time',
      splitNumber: 4,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: palette.muted,
        fontSize: 11,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (time: number) => axisTime(time, current().to - current().from),
      },
      axisPointer: { type: 'line', snap: true, label: { show: false } },
    },
    yAxis:
      second === undefined
        ? left
        : [
            left,
            onTheRight(
              valueAxis(second, palette, () => current().second?.scale ?? second.scale),
              palette,
            ),
          ],
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: palette.surface,
      borderWidth: 0,
      padding: 0,
      extraCssText: 'border-radius:8px;box-shadow:0 8px 28px rgb(0 0 0 / 30%);',
      axisPointer: { type: 'line', lineStyle: { color: palette.muted, width: 1, type: 'solid' } },
      formatter: (parameters) =>
        // A cursor that another chart shares with this one moves the line only.
        isHovered() ? chartTooltip(parameters, current(), palette) : '',
    },
    series: lines.flatMap((line) => {
      const own: LineSeriesOption = {
        id: line.key,
        name: line.label,
        type: 'line',
        data: line.points,
        ...(line.isSecond === true ? { yAxisIndex: 1 } : {}),
        showSymbol: false,
        symbol: 'none',
        connectNulls: false,
        silent: true,
        emphasis: { disabled: true },
        lineStyle: {
          width: stacked ? 0 : 1.5,
          color: line.colour,
          type: line.isDashed === true ? 'dashed' : 'solid',
        },
        itemStyle: { color: line.colour },
        ...(stacked ? { stack: 'parts' } : {}),
        ...(stacked || lines.length === 1
          ? { areaStyle: { color: line.colour, opacity: stacked ? 0.6 : 0.1 } }
          : {}),
      };
      return stacked ? [own] : [own, ...bandSeries(line)];
    }),
  };
}

interface ValueAxis {
  readonly unit: Unit;
  readonly scale: AxisScale;
}

/** An axis for values, with the lines of the grid. @param current how far it goes at the moment it is drawn */
function valueAxis({ unit, scale }: ValueAxis, { muted, grid }: Palette, current: () => AxisScale) {
  return {
    ...scale,
    type: 'value' as const,
    min: 0,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: grid, width: 1 } },
    axisLabel: {
      color: muted,
      fontSize: 11,
      margin: 10,
      formatter: (value: number) => scaleLabel(unit, value, current()),
    },
    axisPointer: { show: false },
  };
}

/** Its labels stand inside of the plot, which so is as wide as that of every other chart; the grid is that of the left one. */
function onTheRight(axis: ReturnType<typeof valueAxis>, { surface }: Palette) {
  return {
    ...axis,
    position: 'right' as const,
    splitLine: { show: false },
    axisLabel: {
      ...axis.axisLabel,
      inside: true,
      margin: 4,
      padding: [1, 3],
      backgroundColor: surface,
      showMinLabel: false,
    },
    // Over the lines, in a layer of its own.
    zlevel: 1,
  };
}

/** A band from least to greatest: an invisible line at the lower edge, and the height of the band stacked on it. */
function bandSeries(line: ChartLine): LineSeriesOption[] {
  const shared: LineSeriesOption = {
    type: 'line',
    stack: `${line.key} band`,
    stackStrategy: 'all',
    showSymbol: false,
    symbol: 'none',
    silent: true,
    emphasis: { disabled: true },
    lineStyle: { width: 0, opacity: 0 },
    itemStyle: { color: line.colour },
    z: 1,
  };
  const [low, high] = bandData(line);
  return [
    { ...shared, ...low },
    { ...shared, ...high, areaStyle: { color: line.colour, opacity: 0.18 } },
  ];
}

function bandData({ key, band }: ChartLine): [LineSeriesOption, LineSeriesOption] {
  return [
    { id: `${key} low`, data: band.map(([time, low]) => [time, low]) },
    {
      id: `${key} high`,
      data: band.map(([time, low, high]) => [
        time,
        low === null || high === null ? null : high - low,
      ]),
    },
  ];
}

/** The upper edge may stand for something, and close to a line: it has the label then. */
function scaleLabel(unit: Unit, value: number, { max, interval }: AxisScale): string {
  const crowded = value < max && max - value < interval * 0.35;
  return crowded ? '' : axisLabel(unit, value);
}

/** A value on the axis, as short as it goes. */
export function axisLabel(unit: Unit, value: number): string {
  if (unit === 'percent') return `${value}\u00a0%`;
  if (value === 0) return '0';
  const { value: digits, unit: name } = quantity(unit, value);
  // 2.00 kB/s is 2 kB/s on an axis.
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return quantityText({ value: short, unit: name });
}
