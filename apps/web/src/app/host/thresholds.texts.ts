import { inLanguage } from '../language/language';
import { THRESHOLDS_DE } from './thresholds.texts.de';

/** In English; other languages have the same keys. */
export const THRESHOLDS_EN = {
  /** Name of the list beside a chart. */
  list: (chart: string) => `${chart}: thresholds`,
  sides: { above: (value: string) => `above ${value}`, below: (value: string) => `below ${value}` },
  /** A size that a rule says as a share. */
  shareOf: (value: string, share: string) => `${value} (${share})`,
  name: (rule: string, instance: string) => `${rule} (${instance})`,
  clear: (value: string) => `well again at ${value}`,
  for: (time: string) => `for ${time}`,
  own: 'exception for this host',
  beyond: 'beyond the chart',
  fires: 'fires',
} as const;

export const THRESHOLDS_TEXTS = inLanguage(THRESHOLDS_EN, { de: THRESHOLDS_DE });
