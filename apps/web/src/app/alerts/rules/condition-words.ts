import { METRICS, type Condition, type HostSelector, type MetricId } from '@hostdeck/contracts';
import { metricName } from '../../metrics/metric-name';
import { durationWords } from '../../units/duration';
import { formatValue } from '../../units/quantity';
import { RULES_TEXTS } from './rules.texts';

const TEXTS = RULES_TEXTS.conditions;

type MetricCondition = Extract<Condition, { metric: MetricId }>;

/** A condition in words, such as "CPU busy above 90 %". */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'above':
    case 'below':
      return TEXTS[condition.kind](subject(condition), value(condition, condition.threshold));
    case 'absent':
    case 'changed':
      return TEXTS[condition.kind](subject(condition));
    case 'rate':
      return TEXTS.rate[condition.direction](
        subject(condition),
        value(condition, condition.threshold),
        durationWords(condition.window),
      );
    case 'predicted':
      return TEXTS.predicted[condition.direction](
        subject(condition),
        value(condition, condition.threshold),
        durationWords(condition.within),
      );
    case 'clock_off':
      return TEXTS.clockOff(durationWords(condition.threshold));
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
  return instance === '*' ? name : TEXTS.of(name, instance);
}

function value({ metric }: MetricCondition, threshold: number): string {
  return formatValue(METRICS[metric].unit, threshold);
}
