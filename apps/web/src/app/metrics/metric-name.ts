import { METRICS, type MetricId } from '@hostdeck/contracts';
import { LANGUAGE, type Language } from '../language/language';
import { METRIC_NAMES_DE } from './metric-names.de';

/** Names of all metrics in every language but English, which the catalogue has. A metric that one of them lacks does not compile. */
const NAMES: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<MetricId, string>>>> = {
  de: METRIC_NAMES_DE,
};

/** The name of a metric in the language of this page. */
export function metricName(id: MetricId): string {
  return LANGUAGE === 'en' ? METRICS[id].label : NAMES[LANGUAGE][id];
}
