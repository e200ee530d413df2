import { formatExact } from '../units/quantity';
import { CHART_TEXTS } from './charts.texts';
import { type ChartPicture, unitOf } from './line-chart-option';
import { fullTime } from './time-labels';

/** Parts of the width that a press of an arrow moves by at least, and those of a long step. */
const STEPS = 120;
const LONG_STEPS = 10;

/**
 * Where a key leads the cursor: to the next point, but not slower through the picture than in {@link STEPS} presses.
 *
 * @returns `null` where the key means something else
 */
export function moveCursor(
  { from, to, lines }: ChartPicture,
  time: number,
  key: string,
): number | null {
  const clamp = (moved: number) => Math.min(to, Math.max(from, moved));
  const step = (to - from) / STEPS;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const sign = key === 'ArrowRight' ? 1 : -1;
      const aim = time + sign * step;
      const points = lines.flatMap((line) => line.points.map(([at]) => at));
      const onward = points.filter((at) => (at - aim) * sign >= 0 && at >= from && at <= to);
      const next = sign > 0 ? Math.min(...onward) : Math.max(...onward);
      // Over a gap it goes in steps.
      return clamp(Math.abs(next - time) <= 2 * step ? next : aim);
    }
    case 'PageUp':
      return clamp(time + (to - from) / LONG_STEPS);
    case 'PageDown':
      return clamp(time - (to - from) / LONG_STEPS);
    case 'Home':
      return from;
    case 'End':
      return to;
    default:
      return null;
  }
}

/** What stands at a moment, in words: the time and the value of every line that has one near it. */
export function cursorWords(picture: ChartPicture, time: number): string {
  const { from, to, lines } = picture;
  const near = (to - from) / STEPS;
  const values = lines.flatMap((line) => {
    const { label, points } = line;
    let best: { readonly distance: number; readonly value: number } | null = null;
    for (const [at, value] of points) {
      const distance = Math.abs(at - time);
      if (value !== null && distance <= near && distance < (best?.distance ?? Infinity)) {
        best = { distance, value };
      }
    }
    return best === null
      ? []
      : [CHART_TEXTS.value(label, formatExact(unitOf(picture, line), best.value))];
  });
  return CHART_TEXTS.reading(fullTime(time, to - from), values);
}
