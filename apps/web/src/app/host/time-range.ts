/** How far back the charts look. */
export interface TimeRange {
  readonly key: string;
  readonly label: string;
  /** Ms. */
  readonly span: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const TIME_RANGES: readonly TimeRange[] = [
  { key: '5m', label: '5 min', span: 5 * MINUTE },
  { key: '10m', label: '10 min', span: 10 * MINUTE },
  { key: '1h', label: '1 h', span: HOUR },
  { key: '6h', label: '6 h', span: 6 * HOUR },
  { key: '24h', label: '24 h', span: 24 * HOUR },
];

export const DEFAULT_RANGE: TimeRange = { key: '10m', label: '10 min', span: 10 * MINUTE };

/** Reads a range from the address bar; anything else is the usual one. */
export function parseRange(key: string | undefined): TimeRange {
  return TIME_RANGES.find((range) => range.key === key) ?? DEFAULT_RANGE;
}

/** Points asked for per series: enough for one a pixel, and for ten minutes at one sample a second. */
export const POINTS = 600;

/** How long history may be shown before it is asked for again, ms. Up to ten minutes the live frames are all there is to know. */
export function reloadAfter({ span }: TimeRange): number | null {
  return span <= DEFAULT_RANGE.span ? null : Math.max(MINUTE, span / POINTS);
}
