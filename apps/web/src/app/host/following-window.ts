import { redrawEvery, type TimeWindow } from './time-range';

/** Without a frame for this many intervals, and at least `LEAST_SILENCE` ms, the charts move on with the clock. */
const SILENT_INTERVALS = 5;
const LEAST_SILENCE = 10_000;
/** Steps the charts move in while there are no frames, ms. */
const SILENT_STEP = 5_000;

/** What the newest part of time depends on; all in ms. */
interface Following {
  /** How far back the charts look. */
  readonly span: number;
  /** The host's clock. */
  readonly now: number;
  /** Time of the newest frame; `null` before the first. */
  readonly last: number | null;
  /** Time one point stands for; `null` where a point is one sample. */
  readonly step: number | null;
  /** Time between two frames. */
  readonly interval: number;
}

/** What charts show that follow the newest data: up to the newest frame, or the clock where none comes. */
export function followingWindow({ span, now, last, step, interval }: Following): TimeWindow {
  const silence = Math.max(LEAST_SILENCE, SILENT_INTERVALS * interval);
  const current = last !== null && now - last < silence;
  const to =
    step === null
      ? current
        ? last
        : Math.floor(now / SILENT_STEP) * SILENT_STEP
      : Math.ceil((current ? last : now) / redrawEvery(step)) * redrawEvery(step);
  return { from: to - span, to };
}
