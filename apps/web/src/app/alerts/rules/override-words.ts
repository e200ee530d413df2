import { type AlertOverride, type Condition, METRICS } from '@hostdeck/contracts';
import { ALERTS_TEXTS } from '../alerts.texts';
import { durationWords } from '../../units/duration';
import { formatValue } from '../../units/quantity';
import { OVERRIDES_TEXTS } from './overrides.texts';

const TEXTS = OVERRIDES_TEXTS;

/** What differs by an exception, in words. */
export function overrideWords(override: AlertOverride, condition: Condition): string {
  const { enabled, threshold, clear, severity } = override;
  return [
    ...(enabled === undefined ? [] : [enabled ? TEXTS.on : TEXTS.off]),
    ...(threshold === undefined ? [] : [TEXTS.threshold(valueWords(condition, threshold))]),
    ...(clear === undefined ? [] : [TEXTS.clear(valueWords(condition, clear))]),
    ...(override.for === undefined ? [] : [TEXTS.for(durationWords(override.for))]),
    ...(severity === undefined ? [] : [TEXTS.severity(ALERTS_TEXTS.severities[severity])]),
  ].join(', ');
}

/** Whom an exception is for. @param names names of hosts by id */
export function targetWords(
  { target }: AlertOverride,
  names: (hostId: string) => string | null,
): string {
  if ('tag' in target) return TEXTS.targetTag(target.tag);
  const name = names(target.host);
  return name === null ? TEXTS.goneHost : TEXTS.targetHost(name);
}

function valueWords(condition: Condition, value: number): string {
  return 'metric' in condition
    ? formatValue(METRICS[condition.metric].unit, value)
    : durationWords(value);
}
