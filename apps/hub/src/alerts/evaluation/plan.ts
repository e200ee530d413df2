import { formatSeriesKey, matchesPattern, METRICS, type Series } from '@hostdeck/contracts';
import type { EffectiveRule } from '../rules/effective-rule';
import {
  isMetricCondition,
  isStateless,
  judgeOf,
  type Judge,
  type MetricCondition,
} from './judges';

/** One rule on one series of a layout; shared by every host that has both. */
export interface Check {
  readonly rule: EffectiveRule;
  readonly condition: MetricCondition;
  /** Key of the series, or the metric for a condition about the lack of all of its series. */
  readonly series: string;
  /** Where the values stand in a frame. */
  readonly places: readonly number[];
  /** The judge for all hosts; `null` for a condition that remembers, of which every host has its own. */
  readonly judge: Judge | null;
}

/** The checks of a rule on a list of series. */
export function checksOf(rule: EffectiveRule, series: readonly Series[]): Check[] {
  const { condition } = rule;
  if (!isMetricCondition(condition)) return [];
  const places = series.flatMap((one, place) => (matches(condition, one) ? [place] : []));
  const judge = isStateless(condition) ? judgeOf(condition) : null;
  if (condition.kind === 'absent') {
    return [{ rule, condition, series: nameOf(condition), places, judge }];
  }
  return places.flatMap((place) => {
    const one = series[place];
    return one === undefined
      ? []
      : [{ rule, condition, series: formatSeriesKey(one), places: [place], judge }];
  });
}

/** Whether a condition is about the series. */
export function matches(condition: MetricCondition, { metric, instance }: Series): boolean {
  return (
    metric === condition.metric &&
    (instance === null || matchesPattern(condition.instance, instance))
  );
}

function nameOf({ metric, instance }: MetricCondition): string {
  return METRICS[metric].instance === null ? metric : formatSeriesKey({ metric, instance });
}

/** The first known value at the places; `null` when none is. */
export function readValue(
  values: readonly (number | null)[],
  places: readonly number[],
): number | null {
  for (const place of places) {
    const value = values[place];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
