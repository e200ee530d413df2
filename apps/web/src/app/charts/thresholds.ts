import type { Severity } from '@hostdeck/contracts';

/** A threshold of a rule, as a chart shows it. */
export interface ChartThreshold {
  readonly key: string;
  /** Name of the rule. */
  readonly label: string;
  /** The side and the value, such as `above 90 %`. */
  readonly words: string;
  readonly severity: Severity;
  /** In the unit of the chart. */
  readonly value: number;
  /** Where it is well again; `null`: at the threshold itself. */
  readonly clear: number | null;
  /** Whether it has its place in the chart; one far beyond the data is only said in words. */
  readonly isDrawn: boolean;
}

/** A threshold's place; heights are shares of the chart's height, 0 at the bottom. */
export interface PlacedThreshold {
  readonly key: string;
  readonly severity: Severity;
  readonly height: number;
  /** `null`: none of its own, or out of the chart. */
  readonly clear: number | null;
  /** Empty where the label would run into another. */
  readonly label: string;
  /** Whether the label stands under its line, because there is no room over it. */
  readonly under: boolean;
}

/** A label's height with a little air, and the lowest place under the upper edge that has room for it over the line; shares of the chart's height. */
const LABEL_HEIGHT = 0.11;
const UNDER_FROM = 1 - LABEL_HEIGHT;

/** Where thresholds stand on an axis from 0 to `top`. */
export function placeThresholds(
  thresholds: readonly ChartThreshold[],
  top: number,
): readonly PlacedThreshold[] {
  const drawn = thresholds
    .filter(({ isDrawn }) => isDrawn)
    .sort((first, second) => second.value - first.value);
  let free = Infinity;
  return drawn.map(({ key, label, words, severity, value, clear }) => {
    const height = value / top;
    const under = height > UNDER_FROM;
    const upper = under ? height : height + LABEL_HEIGHT;
    const fits = upper <= free;
    if (fits) free = upper - LABEL_HEIGHT;
    return {
      key,
      severity,
      height,
      clear: clear === null || clear < 0 || clear > top ? null : clear / top,
      label: fits ? `${label} ${words}` : '',
      under,
    };
  });
}
