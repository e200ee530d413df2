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
  /** Ms since the epoch, on the host's clock. */
  readonly times: readonly number[];
  /** Means of steps, or samples; `null` is unknown. */
  readonly values: readonly (number | null)[];
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
}

interface GrowingSeries extends SeriesData {
  readonly times: number[];
  readonly values: (number | null)[];
  readonly lows: (number | null)[];
  readonly highs: (number | null)[];
}

interface TailFrame {
  readonly time: number;
  readonly series: readonly (Series | null)[];
  readonly values: readonly (number | null)[];
}

/**
 * The series of one host: history up to some moment, and from then on the live frames, the tail. History is asked for
 * up to {@link tailStart}, so that the two meet without a missing or a doubled point.
 */
export class SeriesBook {
  private byMetric = new Map<MetricId, Map<string, GrowingSeries>>();
  private tail: TailFrame[] = [];
  private layout: { readonly number: number; readonly series: readonly (Series | null)[] } | null =
    null;
  private historyStep = 0;

  /** Number of the layout in force; `null` before the first. */
  get layoutNumber(): number | null {
    return this.layout?.number ?? null;
  }

  /** Time of the newest frame; `null` before the first. */
  get lastTime(): number | null {
    return this.tail.at(-1)?.time ?? null;
  }

  /** Time one point of the history stands for, ms; 0 before there is any. */
  get step(): number {
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
      this.tail.push(frame);
      this.draw(frame);
    }
  }

  /** Starts the tail anew with the newest frame, because what lies before comes from history. @returns where it starts; `null` without any frame. */
  restartTail(): number | null {
    this.tail = this.tail.slice(-1);
    return this.lastTime;
  }

  /** Replaces all history; the tail stays. */
  load({ series, step }: SeriesAnswer): void {
    this.byMetric = new Map();
    this.historyStep = step;
    const until = this.tail[0]?.time ?? Infinity;
    for (const { metric, instance, points } of series) {
      const known = parseSeriesKey(instance === null ? metric : `${metric}{${instance}}`);
      if (known === null) continue;
      const data = this.open(known);
      for (const [time, value, low, high] of points) {
        if (time < until) push(data, time, [value, low, high]);
      }
    }
    for (const frame of this.tail) this.draw(frame);
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

  private draw({ time, series, values }: TailFrame): void {
    series.forEach((known, index) => {
      if (known === null) return;
      const value = values[index] ?? null;
      push(this.open(known), time, [value, value, value]);
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
      data = { instance, times: [], values: [], lows: [], highs: [] };
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
}
