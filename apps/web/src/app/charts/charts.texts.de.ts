import { count } from '../language/count';
import type { Texts } from '../language/texts';
import { durationWords } from '../units/duration';
import type { CHART_EN } from './charts.texts';

export const CHART_DE: Texts<typeof CHART_EN> = {
  step: (time, step) => `${time} · Mittel und Spanne über ${durationWords(step)}`,
  cursor: (chart) =>
    `${chart}: mit den Pfeiltasten durch die Zeit gehen, Enter fragt nach den Verursachern`,
  reading: (time, values) =>
    values.length === 0 ? `${time}: nichts bekannt` : `${time}: ${values.join(', ')}`,
  value: (label, value) => `${label} ${value}`,
  table: (chart) => `${chart}: Werte`,
  time: 'Zeit',
  newest: (shown, all) =>
    `Die neuesten ${count(shown)} von ${count(all)} Zeitpunkten. In einer CSV-Datei stehen alle.`,
  spread: (low, high) => `${low} – ${high}`,
};
