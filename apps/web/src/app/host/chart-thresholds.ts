import {
  type HostFacts,
  type HostFiring,
  type HostThreshold,
  matchesPattern,
  METRICS,
  type MetricId,
  parseSeriesKey,
} from '@hostdeck/contracts';
import type { FiringSpan } from '../charts/chart-marks';
import { axisLabel } from '../charts/line-chart-option';
import type { ChartThreshold } from '../charts/thresholds';
import type { ChartSpec } from './chart-list';
import type { ChartSeries } from './chart-picture';
import { THRESHOLDS_TEXTS } from './thresholds.texts';

/** A threshold beside a chart; its place in it is still to be found. */
export type PanelThreshold = Omit<ChartThreshold, 'isDrawn'> & {
  readonly rule: HostThreshold;
};

/** Metrics that are drawn in bytes while rules hold a share of a whole against them. */
const SHARES: Readonly<
  Partial<Record<MetricId, { metric: MetricId; whole: (facts: HostFacts) => number | null }>>
> = {
  'memory.used': { metric: 'memory.used_share', whole: ({ memoryTotal }) => memoryTotal },
};

/** The thresholds that belong to what a chart draws. @param drawn the series that it draws */
export function chartThresholds(
  spec: ChartSpec,
  drawn: readonly ChartSeries[],
  { all, facts }: { readonly all: readonly HostThreshold[]; readonly facts: HostFacts | null },
): readonly PanelThreshold[] {
  // Of parts on top of each other only the lowest stands where its value is.
  const metrics = spec.shape === 'parts' ? spec.metrics.slice(0, 1) : spec.metrics;
  return metrics.flatMap(({ id }) => {
    const lines = drawn.filter(({ metric }) => metric === id);
    if (lines.length === 0) return [];
    const matching = (rule: HostThreshold) =>
      lines.some(({ data }) => matchesPattern(rule.instance, data.instance ?? ''));
    const own = all.filter((rule) => rule.metric === id && matching(rule));
    const shares = all.flatMap((rule) => {
      const whole = wholeOf(id, rule.metric, facts);
      return whole === null ? [] : [toThreshold(rule, id, whole)];
    });
    return [...own.map((rule) => toThreshold(rule, id, null)), ...shares];
  });
}

/** The times in which rules fired for the series a chart draws. */
export function firingSpans(
  drawn: readonly ChartSeries[],
  firings: readonly HostFiring[],
): readonly FiringSpan[] {
  return firings.flatMap(({ series, severity, from, to }) => {
    const fired = parseSeriesKey(series);
    const isDrawn = drawn.some(
      ({ metric, data }) =>
        fired !== null &&
        (fired.metric === metric || fired.metric === SHARES[metric]?.metric) &&
        fired.instance === data.instance,
    );
    return isDrawn ? [{ severity, from, to }] : [];
  });
}

/** What a share that is held against `metric` is of; `null` where it is none. */
function wholeOf(metric: MetricId, rule: MetricId, facts: HostFacts | null): number | null {
  const share = SHARES[metric];
  return share === undefined || facts === null || share.metric !== rule ? null : share.whole(facts);
}

/** @param whole what the rule's value is a share of, in percent; `null` where it is a value of the chart */
function toThreshold(rule: HostThreshold, metric: MetricId, whole: number | null): PanelThreshold {
  const { unit } = METRICS[metric];
  const scaled = (value: number) => (whole === null ? value : (value / 100) * whole);
  const value = scaled(rule.threshold);
  const shown = axisLabel(METRICS[rule.metric].unit, rule.threshold);
  const words = whole === null ? shown : THRESHOLDS_TEXTS.shareOf(axisLabel(unit, value), shown);
  return {
    key: `${rule.ruleId} ${metric}`,
    label: rule.instance === '*' ? rule.name : THRESHOLDS_TEXTS.name(rule.name, rule.instance),
    words: THRESHOLDS_TEXTS.sides[rule.kind](words),
    severity: rule.severity,
    value,
    clear: rule.clear === null ? null : scaled(rule.clear),
    rule,
  };
}
