/** What a line comes to over the time shown; `null` where nothing is known. */
export interface Statistics {
  readonly now: number | null;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
}

interface Measured {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
}

interface Between {
  readonly from: number;
  readonly to: number;
}

/** Statistics of a series between two times, both included. Peaks inside the steps of the history count. */
export function statistics(series: Measured, { from, to }: Between): Statistics {
  let now: number | null = null;
  let min: number | null = null;
  let max: number | null = null;
  let sum = 0;
  let count = 0;
  series.times.forEach((time, index) => {
    if (time < from || time > to) return;
    now = series.values[index] ?? null;
    if (now === null) return;
    sum += now;
    count += 1;
    min = Math.min(min ?? Infinity, series.lows[index] ?? now);
    max = Math.max(max ?? -Infinity, series.highs[index] ?? now);
  });
  return { now, min, mean: count === 0 ? null : sum / count, max };
}
