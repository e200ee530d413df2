import {
  METRICS,
  parseSeriesKey,
  toDisplayText,
  type Condition,
  type MessagePlaceholder,
} from '@hostdeck/contracts';
import type { MetricCondition } from '../evaluation/judges';
import { isMetricCondition } from '../evaluation/judges';
import type { EffectiveRule } from '../rules/effective-rule';
import { durationWords, offsetWords, quantityWords } from './quantity';

/** An alert about to be put into words. */
export interface AlertWords {
  readonly rule: EffectiveRule;
  readonly hostName: string;
  readonly tags: readonly string[];
  readonly series: string;
  readonly value: number | null;
  /** What the host's event says, for a condition about one. */
  readonly eventText?: string | undefined;
}

/** What is wrong, in one line: the rule's own message, or the usual one. */
export function alertText(words: AlertWords): string {
  const { message } = words.rule;
  return message === null ? usualText(words) : fillTemplate(message, words);
}

/** What a condition compares with, in words; empty for one that compares with nothing. */
export function thresholdWords(condition: Condition): string {
  if (condition.kind === 'clock_off') return durationWords(condition.threshold);
  if (!isMetricCondition(condition) || !('threshold' in condition)) return '';
  const { unit } = METRICS[condition.metric];
  const amount = quantityWords(unit, condition.threshold);
  return condition.kind === 'rate' ? `${amount} per second` : amount;
}

function usualText({ rule, series, value, eventText }: AlertWords): string {
  const { condition } = rule;
  if (isMetricCondition(condition)) return metricText(rule, { condition, series, value });
  switch (condition.kind) {
    case 'down':
      return 'silent: no data arrives';
    case 'stale':
      return 'no data for three intervals';
    case 'restarted':
      return eventText ?? 'the host was rebooted';
    case 'clock_off':
      return value === null ? 'the clock is off' : `the clock is off by ${offsetWords(value)}`;
    case 'agent_outdated':
      return 'the agent is older than the hub';
    case 'lost_data':
      return eventText ?? 'frames were lost';
    case 'identity_cloned':
      return eventText ?? 'two machines use the same identity';
  }
}

function metricText(
  rule: EffectiveRule,
  {
    condition,
    series,
    value,
  }: { condition: MetricCondition; series: string; value: number | null },
): string {
  const name = seriesName(series);
  const limit = thresholdWords(condition);
  const lasting = rule.for === 0 ? '' : ` for ${durationWords(rule.for)}`;
  const { unit } = METRICS[condition.metric];
  const amount = value === null ? 'unknown' : quantityWords(unit, value);
  switch (condition.kind) {
    case 'above':
    case 'below':
      return `${name} ${amount} (${condition.kind} ${limit}${lasting})`;
    case 'absent':
      return `${name} has no value${lasting}`;
    case 'changed':
      return `${name} changed to ${amount}`;
    case 'rate':
      return `${name} changes by ${amount} per second over ${durationWords(condition.window)} (${condition.direction} ${limit}${lasting})`;
    case 'predicted':
      return `${name} will be ${condition.direction} ${limit} within ${durationWords(condition.within)}`;
  }
}

/** A series for people: the metric's label and the instance. Names of instances come from hosts. */
export function seriesName(key: string): string {
  const series = parseSeriesKey(key);
  if (series === null) return toDisplayText(key);
  const { label } = METRICS[series.metric];
  return series.instance === null ? label : `${label} ${toDisplayText(series.instance)}`;
}

/** Puts facts in place of the names of a template; what they say is not looked at again. */
function fillTemplate(template: string, words: AlertWords): string {
  const { rule, series, value } = words;
  const { condition } = rule;
  const parsed = parseSeriesKey(series);
  const facts: Readonly<Record<MessagePlaceholder, string>> = {
    host: toDisplayText(words.hostName),
    rule: rule.name,
    severity: rule.severity,
    metric: parsed === null ? condition.kind : METRICS[parsed.metric].label,
    instance: toDisplayText(parsed?.instance ?? ''),
    value: valueWords(condition, value),
    threshold: thresholdWords(condition),
    for: durationWords(rule.for),
    tags: words.tags.join(', '),
  };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(facts, name) ? facts[name as MessagePlaceholder] : whole,
  );
}

/** A value of a condition with its unit. */
export function valueWords(condition: Condition, value: number | null): string {
  if (value === null) return 'unknown';
  if (!isMetricCondition(condition)) return offsetWords(value);
  return quantityWords(METRICS[condition.metric].unit, value);
}
