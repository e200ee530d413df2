import {
  METRICS,
  parseSeriesKey,
  type FleetSeriesAnswer,
  type Point,
  type Series,
  type SeriesAnswer,
  type SeriesQuery,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { HistoryStore, type Span, type Wanted } from './history-store';
import type { Bucket } from './rollup';
import { chooseStep } from './step';
import { fromSteps, meanOf } from './steps';

/** Without `from` and `to`: the last ten minutes. */
const DEFAULT_SPAN = 600_000;

/** Whose history is asked for. */
export interface SeriesHost {
  readonly id: string;
  readonly key: number;
  /** Sampling interval, ms. */
  readonly interval: number;
}

/** How a question is answered. */
interface Reading {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** Whether every frame is given as it is, not means. */
  readonly raw: boolean;
}

/** Reads series over any span, in as many points as were asked for. */
@Injectable()
export class SeriesService {
  constructor(@Inject(HistoryStore) private readonly store: HistoryStore) {}

  /** Series in the order of the metrics asked for, then of their instances. */
  async read(host: SeriesHost, query: SeriesQuery, now: number): Promise<SeriesAnswer> {
    const reading = await this.plan([host], query, now);
    const { from, to, step } = reading;
    return { from, to, step, series: await this.seriesOf(host, query, reading) };
  }

  /** The same of several hosts, in one step for all. */
  async readFleet(
    hosts: readonly SeriesHost[],
    query: SeriesQuery,
    now: number,
  ): Promise<FleetSeriesAnswer> {
    const reading = await this.plan(hosts, query, now);
    const series: FleetSeriesAnswer['series'] = [];
    for (const host of hosts) {
      for (const own of await this.seriesOf(host, query, reading)) {
        series.push({ host: host.id, ...own });
      }
    }
    const { from, to, step } = reading;
    return { from, to, step, series };
  }

  /** Every frame where there are few enough of them, else means of the shortest step that keeps within the points. */
  private async plan(
    hosts: readonly SeriesHost[],
    query: SeriesQuery,
    now: number,
  ): Promise<Reading> {
    // A frame stamped just now is in; the clocks of hosts and hub differ a little.
    const to = query.to ?? Math.max(now, (query.from ?? 0) + 1);
    const from = query.from ?? Math.max(0, to - DEFAULT_SPAN);
    const interval = hosts.reduce((longest, host) => Math.max(longest, host.interval), 0);
    const finest = this.store.finestStep(from, now);
    if (finest === 0) {
      const counts = await Promise.all(
        hosts.map(({ key }) => this.store.count({ host: key, from, to })),
      );
      if (counts.every((count) => count <= query.maxPoints)) {
        return { from, to, step: interval, raw: true };
      }
    }
    const step = chooseStep({ from, to }, query.maxPoints, Math.max(interval, finest));
    return { from, to, step, raw: false };
  }

  private async seriesOf(
    host: SeriesHost,
    query: SeriesQuery,
    { from, to, step, raw }: Reading,
  ): Promise<SeriesAnswer['series']> {
    const span = { host: host.key, from, to };
    const wanted = remembered((key) => isAskedFor(parseSeriesKey(key), query));
    const points = raw
      ? await this.rawPoints(span, wanted)
      : await this.meanPoints(span, step, wanted);
    return inOrder(points, query);
  }

  /** Every value as it is, at its own time. */
  private async rawPoints(span: Span, wanted: Wanted): Promise<Map<string, Point[]>> {
    const points = new Map<string, Point[]>();
    for (const [key, { times, values }] of await this.store.columns(span, wanted)) {
      points.set(
        key,
        times.map((at, index): Point => {
          const value = values[index] ?? null;
          return [at, value, value, value];
        }),
      );
    }
    return points;
  }

  /** Mean, least and greatest value of every step; a step in which every value is unknown is unknown, one without values is absent. */
  private async meanPoints(
    span: Span,
    step: number,
    wanted: Wanted,
  ): Promise<Map<string, Point[]>> {
    const points = new Map<string, Point[]>();
    for (const [key, buckets] of await this.store.buckets(span, step, wanted)) {
      const series = parseSeriesKey(key);
      if (series === null) continue;
      const { resolution } = METRICS[series.metric];
      points.set(
        key,
        [...buckets.values()]
          .sort((first, second) => first.start - second.start)
          .map((bucket) => toPoint(bucket, resolution)),
      );
    }
    return points;
  }
}

function toPoint(bucket: Bucket, resolution: number): Point {
  const { start, count, min, max } = bucket;
  if (count === 0) return [start, null, null, null];
  return [
    start,
    meanOf(bucket, resolution),
    fromSteps(min, resolution),
    fromSteps(max, resolution),
  ];
}

/** The same answer without finding it again: every block that is read asks of every series it has. */
function remembered(wanted: Wanted): Wanted {
  const known = new Map<string, boolean>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = wanted(key);
    known.set(key, answer);
    return answer;
  };
}

function isAskedFor(series: Series | null, query: SeriesQuery): boolean {
  if (series === null || !query.metric.includes(series.metric)) return false;
  return query.instance === undefined || query.instance === series.instance;
}

function inOrder(
  points: ReadonlyMap<string, Point[]>,
  { metric: metrics }: SeriesQuery,
): SeriesAnswer['series'] {
  return [...points]
    .flatMap(([key, own]) => {
      const series = parseSeriesKey(key);
      return series === null ? [] : [{ ...series, unit: METRICS[series.metric].unit, points: own }];
    })
    .sort(
      (first, second) =>
        metrics.indexOf(first.metric) - metrics.indexOf(second.metric) ||
        (first.instance ?? '').localeCompare(second.instance ?? '', 'en', { numeric: true }),
    );
}
