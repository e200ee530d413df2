import {
  METRIC_GROUPS,
  METRIC_IDS,
  METRICS,
  type MetricGroup,
  type MetricId,
} from '@hostdeck/contracts';
import { metricName } from '../metrics/metric-name';
import { METRICS_TEXTS } from '../metrics/metrics.texts';
import { CHARTS, type ChartSpec } from './chart-list';

/** Lines of metrics without instances in one chart at most: more can not be told apart. */
const MOST_TOGETHER = 5;

/** The charts of one group of the catalogue. */
export interface ChartGroup {
  readonly key: MetricGroup;
  readonly title: string;
  readonly charts: readonly ChartSpec[];
}

/** Metrics that need no chart from the catalogue: a chart made by hand has them, or says the same in another unit. */
const SHOWN: ReadonlySet<MetricId> = new Set<MetricId>([
  'memory.used_share',
  'uptime',
  ...CHARTS.flatMap(({ metrics }) => metrics.map(({ id }) => id)),
]);

/**
 * Every chart of a host, in the order of the catalogue: those made by hand where the host has any of their metrics, and for
 * every other metric one from the catalogue, so that a new metric is shown without a word said here.
 *
 * @param present the metrics the host has
 */
export function chartGroups(present: ReadonlySet<MetricId>): readonly ChartGroup[] {
  return METRIC_GROUPS.flatMap((key) => {
    const made = CHARTS.filter(
      ({ group, metrics }) => group === key && metrics.some(({ id }) => present.has(id)),
    );
    const others = METRIC_IDS.filter(
      (id) => METRICS[id].group === key && present.has(id) && !SHOWN.has(id),
    );
    const charts = [...made, ...fromCatalogue(key, others)];
    return charts.length === 0 ? [] : [{ key, title: METRICS_TEXTS.groups[key], charts }];
  });
}

/** One chart for each metric with instances; those without stand together by their units. */
function fromCatalogue(group: MetricGroup, metrics: readonly MetricId[]): ChartSpec[] {
  const byUnit = new Map<string, MetricId[]>();
  const single: ChartSpec[] = [];
  for (const id of metrics) {
    const { unit, instance } = METRICS[id];
    if (instance === null) byUnit.set(unit, [...(byUnit.get(unit) ?? []), id]);
    else single.push(chart(group, [id]));
  }
  const together = [...byUnit.values()].flatMap((same) => {
    const parts = Math.ceil(same.length / MOST_TOGETHER);
    const size = Math.ceil(same.length / parts);
    return Array.from({ length: parts }, (_, part) =>
      chart(group, same.slice(part * size, (part + 1) * size)),
    );
  });
  return [...together, ...single];
}

function chart(group: MetricGroup, ids: readonly MetricId[]): ChartSpec {
  const [first = 'cpu.busy'] = ids;
  const { unit, instance } = METRICS[first];
  return {
    id: ids.join(' '),
    group,
    title:
      ids.length === 1
        ? metricName(first)
        : `${METRICS_TEXTS.groups[group]}: ${METRICS_TEXTS.units[unit]}`,
    metrics: ids.map((id) => ({
      id,
      // Beside an instance it would only repeat the title.
      label: instance === null ? metricName(id) : '',
    })),
    shape: 'lines',
    whole: null,
    colour: 1,
  };
}
