/** A point of a line; `null` breaks it. */
export type LinePoint = [time: number, value: number | null];

interface Timed {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** The points of a series from `from` on, with a break wherever two are further apart than `gapAfter` ms. */
export function linePoints({ times, values }: Timed, from: number, gapAfter: number): LinePoint[] {
  const points: LinePoint[] = [];
  let before: number | null = null;
  times.forEach((time, index) => {
    // One point left of the edge, so that the line runs into the picture.
    if ((times[index + 1] ?? time) < from) return;
    if (before !== null && time - before > gapAfter) points.push([before + 1, null]);
    points.push([time, values[index] ?? null]);
    before = time;
  });
  return points;
}
