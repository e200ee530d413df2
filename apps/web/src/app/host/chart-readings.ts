import { METRICS, type MetricId } from '@hostdeck/contracts';
import { type Palette, seriesColour } from '../charts/palette';
import { statistics } from '../charts/statistics';
import type { AskedTime } from '../culprits/culprit-question';
import type { ChartReading } from '../culprits/culprit-panel';
import { formatExact } from '../units/quantity';
import type { ChartSpec } from './chart-list';
import { chartSeries } from './chart-picture';
import type { SeriesData } from './series-book';
import type { TimeWindow } from './time-range';

/** What a reading depends on besides the series. */
export interface ReadingContext {
  readonly window: TimeWindow;
  readonly asked: AskedTime;
  /** How far from a moment a point may be to say something of it, ms. */
  readonly near: number;
  readonly palette: Palette;
}

/** What the lines of a chart say of a moment, or of a span: its mean and the greatest in it. */
export function chartReadings(
  spec: ChartSpec,
  read: (metric: MetricId) => readonly SeriesData[],
  { window, asked, near, palette }: ReadingContext,
): ChartReading[] {
  const isMoment = asked.from === asked.to;
  const part = isMoment ? { from: asked.from - near, to: asked.to } : asked;
  return chartSeries(spec, read, window).shown.flatMap(({ label, metric, colour, data }) => {
    const { now, mean, max } = statistics(data, part);
    const value = isMoment ? now : mean;
    if (value === null) return [];
    const { unit } = METRICS[metric];
    return [
      {
        label,
        value: formatExact(unit, value),
        most: isMoment ? '' : formatExact(unit, max),
        colour: seriesColour(palette, colour),
      },
    ];
  });
}
