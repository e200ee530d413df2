import type { FleetSeriesAnswer, MetricId } from '@hostdeck/contracts';
import { forkJoin, map, type Observable, of, switchMap } from 'rxjs';
import type { HubApi } from '../api/hub-api';
import { rankHosts } from './compare-series';

/** Hosts in one question at most, as the hub has it. */
const MOST_HOSTS = 50;
/** Points that hosts are ranked by: few, because only their mean counts. */
const RANK_POINTS = 10;

interface TopQuestion {
  readonly metrics: readonly MetricId[];
  readonly top: number;
  readonly from: number;
  readonly to: number;
  readonly maxPoints: number;
}

/** The series of the hosts that had most of the first metric over a time. @param all ids of every host */
export function askTop(
  api: HubApi,
  all: readonly string[],
  { metrics, top, from, to, maxPoints }: TopQuestion,
): Observable<FleetSeriesAnswer> {
  const nothing: FleetSeriesAnswer = { from, to, step: 0, series: [] };
  const parts = Array.from({ length: Math.ceil(all.length / MOST_HOSTS) }, (_, part) =>
    all.slice(part * MOST_HOSTS, (part + 1) * MOST_HOSTS),
  );
  if (parts.length === 0) return of(nothing);
  const range = { from, to };
  const ranked = forkJoin(
    parts.map((hosts) =>
      api.fleetSeries({ hosts, metrics: metrics.slice(0, 1), ...range, maxPoints: RANK_POINTS }),
    ),
  ).pipe(
    map((answers) => rankHosts({ ...nothing, series: answers.flatMap(({ series }) => series) })),
  );
  return ranked.pipe(
    switchMap((hosts) =>
      hosts.length === 0
        ? of(nothing)
        : api.fleetSeries({ hosts: hosts.slice(0, top), metrics, ...range, maxPoints }),
    ),
  );
}
