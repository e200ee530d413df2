import { formatExact } from '../units/quantity';
import type { ChartPicture } from './line-chart-option';
import { fullTime } from './time-labels';

/** What a chart draws, as a table: a row for each moment, the newest first. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly ChartRow[];
  /** Moments there are in all. */
  readonly moments: number;
}
export interface ChartRow {
  readonly time: number;
  readonly label: string;
  readonly cells: readonly string[];
}

/** The table of a picture, with at most `most` rows. */
export function chartTable(picture: ChartPicture, most: number): ChartTable {
  const { times, values } = moments(picture);
  const newest = times.slice(-most).reverse();
  return {
    columns: picture.lines.map(({ label }) => label),
    moments: times.length,
    rows: newest.map((time) => ({
      time,
      label: fullTime(time, picture.to - picture.from),
      cells: values.map((line) => formatExact(picture.unit, line.get(time) ?? null)),
    })),
  };
}

/**
 * The same as a file, the oldest first: `time` in ISO 8601, then a column for each line with its unit. Names come from hosts:
 * a spreadsheet never takes one for a formula.
 */
export function chartCsv(picture: ChartPicture): string {
  const { times, values } = moments(picture);
  const head = ['time', ...picture.lines.map(({ label }) => `${label} (${picture.unit})`)];
  const rows = times.map((time) => [
    new Date(time).toISOString(),
    ...values.map((line) => String(line.get(time) ?? '')),
  ]);
  return [head.map(csvCell), ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function moments({ lines, from, to }: ChartPicture) {
  const values = lines.map(
    ({ points }) => new Map(points.map(([time, value]) => [time, value] as const)),
  );
  const known = new Set<number>();
  for (const line of values) {
    for (const [time, value] of line) {
      if (value !== null && time >= from && time <= to) known.add(time);
    }
  }
  return { values, times: [...known].sort((a, b) => a - b) };
}

function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
