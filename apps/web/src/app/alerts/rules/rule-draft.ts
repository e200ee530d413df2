import {
  type AlertRuleDefinition,
  type Condition,
  type ConditionKind,
  isMetricId,
  METRICS,
  type MetricId,
  type NewAlertRule,
  NewAlertRuleSchema,
  type Severity,
} from '@hostdeck/contracts';
import { parseTags } from '../../fleet/tag-list';
import type { ScaledValue } from '../fields/scaled-field';

/** A rule as it is being written: every field has a value, whatever the condition needs of them. */
export interface RuleDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly severity: Severity;
  readonly tags: string;
  readonly hostName: string;
  readonly kind: ConditionKind;
  readonly metric: MetricId;
  readonly instance: string;
  readonly threshold: ScaledValue;
  readonly clear: ScaledValue;
  readonly direction: 'above' | 'below';
  /** Spans of time, ms. */
  readonly window: ScaledValue;
  readonly within: ScaledValue;
  readonly clockThreshold: ScaledValue;
  readonly for: ScaledValue;
  readonly clearFor: ScaledValue;
  readonly repeatAfter: ScaledValue;
  readonly escalateAfter: ScaledValue;
  readonly escalateTo: Severity;
  readonly message: string;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** What a new rule begins with. */
export const NEW_RULE: RuleDraft = {
  name: '',
  enabled: true,
  severity: 'warning',
  tags: '',
  hostName: '',
  kind: 'above',
  metric: 'cpu.busy',
  instance: '*',
  threshold: 90,
  clear: null,
  direction: 'above',
  window: HOUR,
  within: 24 * HOUR,
  clockThreshold: 10_000,
  for: MINUTE,
  clearFor: MINUTE,
  repeatAfter: null,
  escalateAfter: null,
  escalateTo: 'critical',
  message: '',
};

/** A rule to go on writing. */
export function toDraft(rule: AlertRuleDefinition): RuleDraft {
  const { condition, escalate } = rule;
  return {
    ...NEW_RULE,
    name: rule.name,
    enabled: rule.enabled,
    severity: rule.severity,
    tags: rule.hosts.tags.join(', '),
    hostName: rule.hosts.name ?? '',
    kind: condition.kind,
    ...('metric' in condition ? { metric: condition.metric, instance: condition.instance } : {}),
    ...thresholdOf(condition),
    ...('direction' in condition ? { direction: condition.direction } : {}),
    ...('window' in condition ? { window: condition.window } : {}),
    ...('within' in condition ? { within: condition.within } : {}),
    for: rule.for,
    clearFor: rule.clearFor,
    repeatAfter: rule.repeatAfter,
    escalateAfter: escalate?.after ?? null,
    escalateTo: escalate?.severity ?? 'critical',
    message: rule.message ?? '',
  };
}

/** The rule, or what is wrong with it by the name of the field. */
export type ReadDraft =
  | { readonly rule: NewAlertRule; readonly errors: null }
  | { readonly rule: null; readonly errors: ReadonlyMap<keyof RuleDraft, string> };

/** Fields of a rule that another field of the form stands for. */
const FIELD_OF: Readonly<Record<string, keyof RuleDraft>> = {
  'hosts.tags': 'tags',
  'hosts.name': 'hostName',
  'condition.metric': 'metric',
  'condition.instance': 'instance',
  'condition.clear': 'clear',
  'condition.window': 'window',
  'condition.within': 'within',
  'escalate.after': 'escalateAfter',
};
const NO_NUMBER = 'a number is needed here';

/** Reads what was written, as the hub does. */
export function readDraft(draft: RuleDraft): ReadDraft {
  const errors = new Map<keyof RuleDraft, string>();
  const number = (field: keyof RuleDraft, value: ScaledValue): number => {
    if (typeof value === 'number') return value;
    errors.set(field, NO_NUMBER);
    return 0;
  };
  const optional = (field: keyof RuleDraft, value: ScaledValue): number | null =>
    value === null ? null : number(field, value);
  const escalateAfter = optional('escalateAfter', draft.escalateAfter);
  const rule = {
    name: draft.name,
    enabled: draft.enabled,
    severity: draft.severity,
    hosts: {
      tags: parseTags(draft.tags),
      name: draft.hostName.trim() === '' ? null : draft.hostName,
    },
    condition: conditionOf(draft, { number, optional }),
    for: optional('for', draft.for) ?? 0,
    clearFor: optional('clearFor', draft.clearFor) ?? 0,
    repeatAfter: optional('repeatAfter', draft.repeatAfter),
    escalate: escalateAfter === null ? null : { after: escalateAfter, severity: draft.escalateTo },
    message: draft.message.trim() === '' ? null : draft.message,
  };
  const read = NewAlertRuleSchema.safeParse(rule);
  for (const { path, message } of read.error?.issues ?? []) {
    const field = fieldOf(path.map(String), draft);
    if (!errors.has(field)) errors.set(field, message);
  }
  return errors.size === 0 && read.success
    ? { rule: read.data, errors: null }
    : { rule: null, errors };
}

/** Whether a condition is about a metric, and so has one to be chosen. */
export function needsMetric(kind: ConditionKind): boolean {
  return ['above', 'below', 'absent', 'changed', 'rate', 'predicted'].includes(kind);
}

/** Whether the metric has several series on a host, of which some can be chosen. */
export function hasInstances(metric: MetricId): boolean {
  return METRICS[metric].instance !== null;
}

/** A metric that was chosen in a list; what is none changes nothing. */
export function parseMetric(id: string, otherwise: MetricId): MetricId {
  return isMetricId(id) ? id : otherwise;
}

interface Reader {
  readonly number: (field: keyof RuleDraft, value: ScaledValue) => number;
  readonly optional: (field: keyof RuleDraft, value: ScaledValue) => number | null;
}

function conditionOf(draft: RuleDraft, { number, optional }: Reader): Condition {
  const { kind, metric, direction } = draft;
  const instance = hasInstances(metric) ? draft.instance : '*';
  const series = { metric, instance };
  switch (kind) {
    case 'above':
    case 'below': {
      const clear = optional('clear', draft.clear);
      const threshold = number('threshold', draft.threshold);
      return { kind, ...series, threshold, ...(clear === null ? {} : { clear }) };
    }
    case 'absent':
    case 'changed':
      return { kind, ...series };
    case 'rate':
      return {
        kind,
        ...series,
        direction,
        threshold: number('threshold', draft.threshold),
        window: number('window', draft.window),
      };
    case 'predicted':
      return {
        kind,
        ...series,
        direction,
        threshold: number('threshold', draft.threshold),
        window: number('window', draft.window),
        within: number('within', draft.within),
      };
    case 'clock_off':
      return { kind, threshold: number('clockThreshold', draft.clockThreshold) };
    default:
      return { kind };
  }
}

function thresholdOf(condition: Condition): Partial<RuleDraft> {
  if (condition.kind === 'clock_off') return { clockThreshold: condition.threshold };
  if (!('threshold' in condition)) return {};
  const clear = 'clear' in condition ? (condition.clear ?? null) : null;
  return { threshold: condition.threshold, clear };
}

function fieldOf(path: readonly string[], draft: RuleDraft): keyof RuleDraft {
  const [first = '', second = ''] = path;
  if (first === 'condition' && second === 'threshold') {
    return draft.kind === 'clock_off' ? 'clockThreshold' : 'threshold';
  }
  return FIELD_OF[`${first}.${second}`] ?? (first in draft ? (first as keyof RuleDraft) : 'name');
}
