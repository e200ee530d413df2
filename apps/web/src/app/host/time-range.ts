import { LOCALE } from '../language/language';

/** How far back the charts look. */
export interface TimeRange {
  readonly key: string;
  readonly label: string;
  /** Ms. */
  readonly span: number;
}

/** Time the charts show, ms since the epoch on the host's clock. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const YEARS = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'year' });

export const TIME_RANGES: readonly TimeRange[] = [
  { key: '5m', label: '5 min', span: 5 * MINUTE },
  { key: '10m', label: '10 min', span: 10 * MINUTE },
  { key: '1h', label: '1 h', span: HOUR },
  { key: '6h', label: '6 h', span: 6 * HOUR },
  { key: '24h', label: '24 h', span: DAY },
  { key: '7d', label: '7 d', span: 7 * DAY },
  { key: '30d', label: '30 d', span: 30 * DAY },
  { key: '90d', label: '90 d', span: 90 * DAY },
  { key: '1y', label: YEARS.format(1), span: 365 * DAY },
  { key: '2y', label: YEARS.format(2), span: 730 * DAY },
];

export const DEFAULT_RANGE: TimeRange = { key: '10m', label: '10 min', span: 10 * MINUTE };

/** Reads a range from the address bar; anything else is the usual one. */
export function parseRange(key: string | undefined): TimeRange {
  return TIME_RANGES.find((range) => range.key === key) ?? DEFAULT_RANGE;
}

/** Shortest time the charts can be zoomed into, ms: a few samples. */
export const LEAST_SPAN = 10_000;
/** Longest, ms. */
const MOST_SPAN = 10 * 366 * DAY;

/** Reads the ends of a fixed window from the address bar. @returns `null` where they are none */
export function parseWindow(from: string | undefined, to: string | undefined): TimeWindow | null {
  const window = { from: parseTime(from), to: parseTime(to) };
  const span = window.to - window.from;
  return span >= LEAST_SPAN && span <= MOST_SPAN ? window : null;
}

/** Reads a moment from the address bar, ms since the epoch. @returns NaN where it is none */
export function parseTime(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** The part of time between two moments, in either order, in whole ms and not shorter than {@link LEAST_SPAN}. */
export function windowBetween(one: number, other: number): TimeWindow {
  const from = Math.floor(Math.min(one, other));
  const to = Math.ceil(Math.max(one, other));
  const missing = Math.max(0, LEAST_SPAN - (to - from));
  return { from: Math.max(0, from - Math.floor(missing / 2)), to: to + Math.ceil(missing / 2) };
}

/** How a window can be changed without a pointer. */
export type WindowChange = 'in' | 'out' | 'earlier' | 'later';

/** A window half or twice as long about the same middle, or moved by half of itself; never beyond `latest`. */
export function changeWindow(
  { from, to }: TimeWindow,
  change: WindowChange,
  latest: number,
): TimeWindow {
  const quarter = (to - from) / 4;
  switch (change) {
    case 'in':
      return windowBetween(from + quarter, to - quarter);
    case 'out': {
      const end = Math.min(to + 2 * quarter, Math.max(latest, to));
      return windowBetween(Math.max(0, end - Math.min(8 * quarter, MOST_SPAN)), end);
    }
    case 'earlier':
      return windowBetween(
        Math.max(0, from - 2 * quarter),
        Math.max(4 * quarter, to - 2 * quarter),
      );
    case 'later': {
      const end = Math.min(to + 2 * quarter, Math.max(latest, to));
      return windowBetween(end - 4 * quarter, end);
    }
  }
}

/** Points asked for per series: enough for one a pixel, and for ten minutes at one sample a second. */
export const POINTS = 800;

/** Longest time between two questions for the same history, ms. */
const SELDOM = HOUR;

/**
 * How long history may be shown before it is asked for again, ms: the length of its steps. Up to ten minutes the live
 * frames are all there is to know.
 */
export function reloadAfter({ span }: TimeRange, step: number): number | null {
  return span <= DEFAULT_RANGE.span ? null : Math.min(SELDOM, Math.max(MINUTE, step));
}

/** How often charts whose points stand for `step` ms are drawn anew while frames come in, ms. */
export function redrawEvery(step: number): number {
  return Math.min(step, MINUTE);
}
