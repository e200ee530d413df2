import { durationWords } from '../units/duration';

export const CHART_TEXTS = {
  /** Head of a tooltip over a step that begins at `time`; `step` in ms. */
  step: (time: string, step: number) => `${time} · mean and range of ${durationWords(step)}`,
  spread: (low: string, high: string) => `${low} – ${high}`,
} as const;
