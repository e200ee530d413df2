/** A point of a line; `null` breaks it. Of a step also its least and greatest value. */
export type LinePoint =
  | [time: number, value: number | null]
  | [time: number, value: number | null, low: number | null, high: number | null];

interface Timed {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  /** Least and greatest of each step; absent where a point is one sample. */
  readonly lows?: readonly (number | null)[];
  readonly highs?: readonly (number | null)[];
}

/** The points of a series from `from` on, with a break wherever two are further apart than `gapAfter` ms. */
export function linePoints(series: Timed, from: number, gapAfter: number): LinePoint[] {
  const { times, values, lows, highs } = series;
  const points: LinePoint[] = [];
  let before: number | null = null;
  times.forEach((time, index) => {
    // One point left of the edge, so that the line runs into the picture.
    if ((times[index + 1] ?? time) < from) return;
    if (before !== null && time - before > gapAfter) points.push([before + 1, null]);
    const value = values[index] ?? null;
    points.push(
      lows === undefined || highs === undefined
        ? [time, value]
        : [time, value, lows[index] ?? null, highs[index] ?? null],
    );
    before = time;
  });
  return points;
}
