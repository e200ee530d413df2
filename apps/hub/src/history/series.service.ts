import {
  formatSeriesKey,
  METRICS,
  type MetricId,
  type Series,
  type SeriesAnswer,
  type SeriesQuery,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { SchemasService } from '../schemas/schemas.service';
import { HistoryStore } from './history-store';
import { BucketPoints, RawPoints, type PointCollector } from './points';
import { chooseStep } from './step';

/** Without `from` and `to`: the last ten minutes. */
const DEFAULT_SPAN = 600_000;

/** Whose history is asked for. */
export interface SeriesHost {
  readonly key: number;
  /** Sampling interval, ms. */
  readonly interval: number;
}

interface Collected {
  readonly series: Series;
  readonly collector: PointCollector;
}

/** Reads series over any span, in as many points as were asked for. */
@Injectable()
export class SeriesService {
  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(SchemasService) private readonly schemas: SchemasService,
  ) {}

  /** Series in the order of the metrics asked for, then of their instances. */
  async read(host: SeriesHost, query: SeriesQuery, now: number): Promise<SeriesAnswer> {
    // A frame stamped just now is in; the clocks of hosts and hub differ a little.
    const to = query.to ?? Math.max(now, (query.from ?? 0) + 1);
    const from = query.from ?? Math.max(0, to - DEFAULT_SPAN);
    const span = { host: host.key, from, to };
    const raw = (await this.store.count(span)) <= query.maxPoints;
    const step = raw ? host.interval : chooseStep(span, query.maxPoints, host.interval);
    const collected = new Map<string, Collected>();
    for (const schema of await this.store.schemas(span)) {
      const layout = await this.schemas.find(schema);
      const places: number[] = [];
      const collectors: PointCollector[] = [];
      layout.series.forEach((series, place) => {
        if (!isAskedFor(series, query)) return;
        places.push(place);
        collectors.push(collectorOf(collected, series, raw ? null : step));
      });
      if (places.length === 0) continue;
      await this.store.read({ ...span, schema, places }, (at, values) => {
        collectors.forEach((collector, index) => collector.add(at, values[index] ?? Number.NaN));
      });
    }
    return { from, to, step, series: toAnswer(collected, query.metric) };
  }
}

function isAskedFor({ metric, instance }: Series, query: SeriesQuery): boolean {
  if (!query.metric.includes(metric)) return false;
  return query.instance === undefined || query.instance === instance;
}

/** The collector of a series, one for all schemas it is in; `step` is `null` for values as they are. */
function collectorOf(
  collected: Map<string, Collected>,
  series: Series,
  step: number | null,
): PointCollector {
  const key = formatSeriesKey(series);
  const known = collected.get(key);
  if (known !== undefined) return known.collector;
  const collector = step === null ? new RawPoints() : new BucketPoints(step);
  collected.set(key, { series, collector });
  return collector;
}

function toAnswer(
  collected: ReadonlyMap<string, Collected>,
  metrics: readonly MetricId[],
): SeriesAnswer['series'] {
  return [...collected.values()]
    .sort(
      ({ series: first }, { series: second }) =>
        metrics.indexOf(first.metric) - metrics.indexOf(second.metric) ||
        (first.instance ?? '').localeCompare(second.instance ?? '', 'en', { numeric: true }),
    )
    .map(({ series: { metric, instance }, collector }) => ({
      metric,
      instance,
      unit: METRICS[metric].unit,
      points: collector.points(),
    }));
}
