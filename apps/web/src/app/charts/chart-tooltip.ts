import type { Severity, Unit } from '@hostdeck/contracts';
import { formatExact } from '../units/quantity';
import { type ChartPicture, unitOf } from './line-chart-option';
import type { Palette } from './palette';
import { CHART_TEXTS } from './charts.texts';
import type { ChartThreshold } from './thresholds';
import { fullTime } from './time-labels';

/** The tooltip is a part of the page: the style sheet has the colours. */
const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  info: 'var(--hd-info)',
  warning: 'var(--hd-warn)',
  critical: 'var(--hd-critical)',
};

/** What stands under the cursor: the time and every known value, the largest first, in the colours of the lines. */
export interface CursorReading {
  readonly time: number;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number;
    /** Least and greatest of a step; `null` where the value is one sample. */
    readonly spread: readonly [low: number, high: number] | null;
    readonly colour: string;
    readonly unit: Unit;
  }[];
}

/** Reads what ECharts hands to a tooltip; bands and unknown values are left out. */
export function readCursor(parameters: unknown, picture: ChartPicture): CursorReading | null {
  const { lines } = picture;
  const points = (Array.isArray(parameters) ? parameters : [parameters]).filter(isPoint);
  const time = points[0]?.value[0];
  if (time === undefined) return null;
  const rows = points.flatMap(({ seriesId, value: [, value, low = null, high = null] }) => {
    const line = lines.find(({ key }) => key === seriesId);
    if (line === undefined || value === null) return [];
    const spread = low === null || high === null ? null : ([low, high] as const);
    const unit = unitOf(picture, line);
    return [{ label: line.label, value, spread, colour: line.colour, unit }];
  });
  return { time, rows: rows.sort((a, b) => b.value - a.value) };
}

/** Draws a reading. Built of text nodes: names come from hosts and stay text. */
export function chartTooltip(
  parameters: unknown,
  picture: ChartPicture,
  palette: Palette,
): HTMLElement | string {
  const reading = readCursor(parameters, picture);
  if (reading === null || reading.rows.length === 0) return '';
  const box = document.createElement('div');
  box.style.cssText = `padding:8px 12px;font:12px/18px var(--hd-font);font-variant-numeric:tabular-nums;color:${palette.text}`;
  box.dataset.testid = 'chart-tooltip';
  const head = document.createElement('div');
  head.style.cssText = `margin-bottom:4px;color:${palette.muted}`;
  const time = fullTime(reading.time, picture.to - picture.from);
  head.textContent = picture.step === null ? time : CHART_TEXTS.step(time, picture.step);
  box.append(head);
  for (const { label, value, spread, colour, unit } of reading.rows) {
    const row = document.createElement('div');
    row.style.cssText = 'display:flex;align-items:center;gap:8px';
    const swatch = document.createElement('i');
    swatch.style.cssText = `flex:none;width:10px;height:3px;border-radius:2px;background:${colour}`;
    const name = document.createElement('bdi');
    name.style.cssText = `max-width:220px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:${palette.muted}`;
    name.textContent = label;
    const number = document.createElement('b');
    number.style.cssText = `margin-left:auto;padding-left:16px;font-weight:600;white-space:nowrap;color:${palette.text}`;
    number.textContent = formatExact(unit, value);
    row.append(swatch, name, number);
    if (spread !== null) row.append(spreadText(spread, unit, palette));
    box.append(row);
  }
  for (const threshold of picture.thresholds ?? []) box.append(thresholdRow(threshold, palette));
  return box;
}

/** What a rule holds against the values, under them. */
function thresholdRow({ label, words, severity }: ChartThreshold, { muted }: Palette): HTMLElement {
  const row = document.createElement('div');
  row.style.cssText = `display:flex;align-items:center;gap:8px;color:${muted}`;
  row.dataset.testid = 'tooltip-threshold';
  const swatch = document.createElement('i');
  swatch.style.cssText = `flex:none;width:10px;border-top:2px dashed ${SEVERITY_COLOURS[severity]}`;
  const name = document.createElement('bdi');
  name.style.cssText = 'max-width:220px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap';
  name.textContent = label;
  const side = document.createElement('span');
  side.style.cssText = 'margin-left:auto;padding-left:16px;white-space:nowrap';
  side.textContent = words;
  row.append(swatch, name, side);
  return row;
}

function spreadText(
  [low, high]: readonly [number, number],
  unit: Unit,
  { muted }: Palette,
): HTMLElement {
  const range = document.createElement('span');
  range.style.cssText = `white-space:nowrap;color:${muted}`;
  range.textContent = CHART_TEXTS.spread(formatExact(unit, low), formatExact(unit, high));
  return range;
}

interface TooltipPoint {
  readonly seriesId: string;
  readonly value: readonly [
    time: number,
    value: number | null,
    low?: number | null,
    high?: number | null,
  ];
}

function isPoint(parameter: unknown): parameter is TooltipPoint {
  if (typeof parameter !== 'object' || parameter === null) return false;
  if (!('seriesId' in parameter) || !('value' in parameter)) return false;
  const { value } = parameter;
  return Array.isArray(value) && typeof value[0] === 'number';
}
