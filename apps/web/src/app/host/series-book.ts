import {
  type Layout,
  type LiveFrame,
  type MetricId,
  parseSeriesKey,
  type Series,
  type SeriesAnswer,
} from '@hostdeck/contracts';

/** Values of one series in ascending time. The arrays are of one length. */
export interface SeriesData {
  readonly instance: string | null;
  /** Ms since the epoch, on the host's clock: of samples, or starts of steps. */
  readonly times: readonly number[];
  /** Means of steps, or samples; `null` is unknown. */
  readonly values: readonly (number | null)[];
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
}

/** The newest value of one series. */
export interface LatestValue {
  readonly instance: string | null;
  readonly value: number | null;
}

interface GrowingSeries extends SeriesData {
  readonly times: number[];
  readonly values: (number | null)[];
  readonly lows: (number | null)[];
  readonly highs: (number | null)[];
  /** Known samples in the last step. */
  samples: number;
}

interface TailFrame {
  readonly time: number;
  readonly series: readonly (Series | null)[];
  readonly values: readonly (number | null)[];
}

/**
 * The series of one host: history up to some moment, and from then on the live frames, the tail. History is asked for
 * up to {@link restartTail}, so that the two meet without a missing or a doubled point. Where the points of the history
 * stand for steps, frames are counted into steps of the same length.
 */
export class SeriesBook {
  private byMetric = new Map<MetricId, Map<string, GrowingSeries>>();
  private tail: TailFrame[] = [];
  private newest: TailFrame | null = null;
  private layout: { readonly number: number; readonly series: readonly (Series | null)[] } | null =
    null;
  private historyStep: number | null = null;
  private end = Infinity;

  /** Number of the layout in force; `null` before the first. */
  get layoutNumber(): number | null {
    return this.layout?.number ?? null;
  }

  /** Time of the newest frame; `null` before the first. */
  get lastTime(): number | null {
    return this.newest?.time ?? null;
  }

  /** Where the tail begins; `null` where there is none. */
  get tailStart(): number | null {
    return this.tail[0]?.time ?? null;
  }

  /** Time one point stands for, ms; `null` where a point is one sample. */
  get step(): number | null {
    return this.historyStep;
  }

  /** Takes over the meaning of the values of the frames to come. Series this page does not know are left out. */
  setLayout({ number, series }: Layout): void {
    this.layout = { number, series: series.map(parseSeriesKey) };
  }

  /** Adds live frames in the layout in force; one that is not newer than the last is not drawn a second time. */
  append(frames: readonly LiveFrame[]): void {
    if (this.layout === null) return;
    for (const [time, values] of frames) {
      if (time <= (this.lastTime ?? -Infinity)) continue;
      const frame = { time, values, series: this.layout.series };
      this.newest = frame;
      if (time > this.end) continue;
      this.tail.push(frame);
      this.draw(frame);
    }
  }

  /**
   * Starts the tail anew with the newest frame, because what lies before comes from history.
   *
   * @param end frames after this are no part of the series
   * @returns where the tail starts; `null` where there is none
   */
  restartTail(end: number): number | null {
    this.end = end;
    this.tail = this.newest === null || this.newest.time > end ? [] : [this.newest];
    return this.tail[0]?.time ?? null;
  }

  /** Replaces all history; the tail stays. @param interval time between two frames, ms */
  load(answer: SeriesAnswer, interval: number): void {
    this.byMetric = new Map();
    // Every frame as it is has the interval for its step.
    this.historyStep = answer.step > interval ? answer.step : null;
    this.put(answer, interval);
    for (const frame of this.tail) this.draw(frame);
  }

  private put({ series }: SeriesAnswer, interval: number): void {
    const until = this.tail[0]?.time ?? Infinity;
    for (const { metric, instance, points } of series) {
      const known = parseSeriesKey(instance === null ? metric : `${metric}{${instance}}`);
      if (known === null) continue;
      const data = this.open(known);
      for (const [time, value, low, high] of points) {
        if (time < until) push(data, time, [value, low, high]);
      }
      // The last step ends where the tail begins: it holds about this many samples.
      data.samples = Math.max(1, Math.round((until - (data.times.at(-1) ?? until)) / interval));
    }
  }

  /**
   * Puts in the history of some metrics only.
   *
   * @returns whether it fits: its points stand for as long as those that are there
   */
  extend(answer: SeriesAnswer, interval: number, metrics: ReadonlySet<MetricId>): boolean {
    if ((answer.step > interval ? answer.step : null) !== this.historyStep) return false;
    for (const metric of metrics) this.byMetric.delete(metric);
    this.put(answer, interval);
    for (const frame of this.tail) this.draw(frame, metrics);
    return true;
  }

  /** Metrics that the host has now. */
  metrics(): ReadonlySet<MetricId> {
    return new Set(this.layout?.series.flatMap((known) => known?.metric ?? []) ?? []);
  }

  /** Forgets what lies before `time`. */
  trim(time: number): void {
    this.tail = this.tail.filter((frame) => frame.time >= time);
    for (const instances of this.byMetric.values()) {
      for (const data of instances.values()) {
        const kept = data.times.findIndex((at) => at >= time);
        const dropped = kept === -1 ? data.times.length : kept;
        if (dropped === 0) continue;
        for (const column of [data.times, data.values, data.lows, data.highs]) {
          column.splice(0, dropped);
        }
      }
    }
  }

  /** Every series of a metric, by instance. */
  read(metric: MetricId): readonly SeriesData[] {
    return [...(this.byMetric.get(metric)?.values() ?? [])];
  }

  /** What the newest frame says of a metric, also where it is no part of the series. */
  latest(metric: MetricId): readonly LatestValue[] {
    const { series = [], values = [] } = this.newest ?? {};
    return series.flatMap((known, index) =>
      known?.metric === metric ? [{ instance: known.instance, value: values[index] ?? null }] : [],
    );
  }

  /** @param only where given, the metrics that are drawn */
  private draw({ time, series, values }: TailFrame, only?: ReadonlySet<MetricId>): void {
    const step = this.historyStep;
    series.forEach((known, index) => {
      if (known === null || only?.has(known.metric) === false) return;
      const value = values[index] ?? null;
      const data = this.open(known);
      if (step === null) push(data, time, [value, value, value]);
      else count(data, Math.floor(time / step) * step, value);
    });
  }

  private open({ metric, instance }: Series): GrowingSeries {
    let instances = this.byMetric.get(metric);
    if (instances === undefined) {
      instances = new Map();
      this.byMetric.set(metric, instances);
    }
    let data = instances.get(instance ?? '');
    if (data === undefined) {
      data = { instance, times: [], values: [], lows: [], highs: [], samples: 0 };
      instances.set(instance ?? '', data);
    }
    return data;
  }
}

type PointValues = readonly [value: number | null, low: number | null, high: number | null];

function push(data: GrowingSeries, time: number, [value, low, high]: PointValues): void {
  data.times.push(time);
  data.values.push(value);
  data.lows.push(low);
  data.highs.push(high);
  data.samples = value === null ? 0 : 1;
}

/** Counts a sample into the step that begins at `start`. */
function count(data: GrowingSeries, start: number, value: number | null): void {
  const last = data.times.length - 1;
  if (data.times[last] !== start) {
    push(data, start, [value, value, value]);
    return;
  }
  if (value === null) return;
  const mean = data.values[last] ?? null;
  if (mean === null) data.samples = 0;
  data.samples += 1;
  data.values[last] = mean === null ? value : mean + (value - mean) / data.samples;
  data.lows[last] = Math.min(data.lows[last] ?? value, value);
  data.highs[last] = Math.max(data.highs[last] ?? value, value);
}
