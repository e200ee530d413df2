import { METRICS, type Condition, type HostSelector, type MetricId } from '@hostdeck/contracts';
import { metricName } from '../../metrics/metric-name';
import { durationWords } from '../../units/duration';
import { formatValue } from '../../units/quantity';
import { RULES_TEXTS } from './rules.texts';

type MetricCondition = Extract<Condition, { metric: MetricId }>;

/** A condition in words, such as "CPU busy above 90 %". */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'above':
    case 'below':
      return `${subject(condition)} ${condition.kind} ${value(condition, condition.threshold)}`;
    case 'absent':
      return `${subject(condition)} missing`;
    case 'changed':
      return `${subject(condition)} changes`;
    case 'rate':
      return `${subject(condition)} changes by ${value(condition, condition.threshold)} a second, ${condition.direction}, over ${durationWords(condition.window)}`;
    case 'predicted':
      return `${subject(condition)} ${condition.direction} ${value(condition, condition.threshold)} within ${durationWords(condition.within)}`;
    case 'clock_off':
      return `${RULES_TEXTS.kinds.clock_off} by more than ${durationWords(condition.threshold)}`;
    default:
      return RULES_TEXTS.kinds[condition.kind];
  }
}

/** Which hosts a rule is for, in words. */
export function hostsWords({ tags, name }: HostSelector): string {
  const words = [
    ...(tags.length === 0 ? [] : [RULES_TEXTS.tagged(tags.join(', '))]),
    ...(name === null ? [] : [RULES_TEXTS.named(name)]),
  ];
  return words.length === 0 ? RULES_TEXTS.allHosts : words.join(', ');
}

function subject({ metric, instance }: MetricCondition): string {
  const name = metricName(metric);
  return instance === '*' ? name : `${name} of ${instance}`;
}

function value({ metric }: MetricCondition, threshold: number): string {
  return formatValue(METRICS[metric].unit, threshold);
}
