/** Parts that a window is averaged in. */
const PARTS = 60;
/** Share of the window that must be known before anything is said about it. */
const LEAST_COVER = 0.5;

/**
 * The values of a sliding window, averaged in {@link PARTS} parts, so that a sample costs the same however long the window is. What
 * is said changes with every part that is complete.
 */
export class Trend {
  private readonly part: number;
  private readonly times: number[] = [];
  private readonly means: number[] = [];
  private sum = 0;
  private count = 0;
  private partStart: number | null = null;
  private lastAdded = -Infinity;
  /** Units per ms, and the value of the line at the newest complete part; `null` while too little is known. */
  private line: { readonly slope: number; readonly level: number; readonly at: number } | null =
    null;
  private change: number | null = null;

  constructor(private readonly window: number) {
    this.part = window / PARTS;
  }

  add(at: number, value: number): void {
    // A clock that goes back would mix up the line.
    if (at < this.lastAdded) this.clear();
    this.lastAdded = at;
    this.partStart ??= at;
    if (at - this.partStart >= this.part) this.close(at);
    this.sum += value;
    this.count += 1;
  }

  /** Mean change per second over the window; `null` while too little of it is known. */
  get rate(): number | null {
    return this.change;
  }

  /** Where the straight line through the window (least squares) is at `at`; `null` while too little is known. */
  at(at: number): number | null {
    return this.line === null ? null : this.line.level + this.line.slope * (at - this.line.at);
  }

  /** Whether the line rises (1), falls (-1) or is level or unknown (0). */
  get direction(): number {
    return this.line === null ? 0 : Math.sign(this.line.slope);
  }

  private close(at: number): void {
    if (this.count > 0) {
      this.times.push((this.partStart ?? at) + this.part / 2);
      this.means.push(this.sum / this.count);
    }
    this.partStart = at;
    this.sum = 0;
    this.count = 0;
    while ((this.times[0] ?? Infinity) < at - this.window) {
      this.times.shift();
      this.means.shift();
    }
    this.fit();
  }

  /** Ordinary least squares on the parts, with times relative to the last so that no digits are lost. */
  private fit(): void {
    const { times, means } = this;
    const last = times.at(-1) ?? 0;
    const first = times[0] ?? 0;
    if (last - first < LEAST_COVER * this.window) {
      this.line = null;
      this.change = null;
      return;
    }
    let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
    times.forEach((time, index) => {
      const x = (time - last) / this.part;
      const y = means[index] ?? 0;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumXY += x * y;
    });
    const n = times.length;
    const slope = (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX);
    this.line = { slope: slope / this.part, level: (sumY - slope * sumX) / n, at: last };
    this.change = (((means.at(-1) ?? 0) - (means[0] ?? 0)) / (last - first)) * 1_000;
  }

  private clear(): void {
    this.times.length = 0;
    this.means.length = 0;
    this.sum = 0;
    this.count = 0;
    this.partStart = null;
    this.line = null;
    this.change = null;
  }
}
