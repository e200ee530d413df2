import {
  METRICS,
  parseSeriesKey,
  type Point,
  type Series,
  type SeriesAnswer,
  type SeriesQuery,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { HistoryStore, type Span, type Wanted } from './history-store';
import type { Bucket } from './rollup';
import { chooseStep } from './step';
import { fromSteps } from './steps';

/** Without `from` and `to`: the last ten minutes. */
const DEFAULT_SPAN = 600_000;

/** Whose history is asked for. */
export interface SeriesHost {
  readonly key: number;
  /** Sampling interval, ms. */
  readonly interval: number;
}

/** Reads series over any span, in as many points as were asked for. */
@Injectable()
export class SeriesService {
  constructor(@Inject(HistoryStore) private readonly store: HistoryStore) {}

  /** Series in the order of the metrics asked for, then of their instances. */
  async read(host: SeriesHost, query: SeriesQuery, now: number): Promise<SeriesAnswer> {
    // A frame stamped just now is in; the clocks of hosts and hub differ a little.
    const to = query.to ?? Math.max(now, (query.from ?? 0) + 1);
    const from = query.from ?? Math.max(0, to - DEFAULT_SPAN);
    const span = { host: host.key, from, to };
    const wanted: Wanted = (key) => isAskedFor(parseSeriesKey(key), query);
    const finest = this.store.finestStep(from, now);
    if (finest === 0 && (await this.store.count(span)) <= query.maxPoints) {
      return {
        from,
        to,
        step: host.interval,
        series: inOrder(await this.rawPoints(span, wanted), query),
      };
    }
    const step = chooseStep(span, query.maxPoints, Math.max(host.interval, finest));
    return { from, to, step, series: inOrder(await this.meanPoints(span, step, wanted), query) };
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

function toPoint({ start, count, sum, min, max }: Bucket, resolution: number): Point {
  if (count === 0) return [start, null, null, null];
  return [
    start,
    fromSteps(sum / count, resolution),
    fromSteps(min, resolution),
    fromSteps(max, resolution),
  ];
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
