import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { durationWords } from '../units/duration';
import { CHART_DE } from './charts.texts.de';

/** In English; other languages have the same keys. */
export const CHART_EN = {
  /** Head of a tooltip over a step that begins at `time`; `step` in ms. */
  step: (time: string, step: number) => `${time} · mean and range of ${durationWords(step)}`,
  /** Name of the cursor that the keyboard moves. */
  cursor: (chart: string) =>
    `${chart}: move through time with the arrow keys, Enter asks who was busy then`,
  /** What stands at a moment. */
  reading: (time: string, values: readonly string[]) =>
    values.length === 0 ? `${time}: nothing known` : `${time}: ${values.join(', ')}`,
  value: (label: string, value: string) => `${label} ${value}`,
  table: (chart: string) => `${chart}: values`,
  time: 'Time',
  newest: (shown: number, all: number) =>
    `The newest ${count(shown)} of ${count(all)} moments. A CSV file has them all.`,
  spread: (low: string, high: string) => `${low} – ${high}`,
} as const;

export const CHART_TEXTS = inLanguage(CHART_EN, { de: CHART_DE });
