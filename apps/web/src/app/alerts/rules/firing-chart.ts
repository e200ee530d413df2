import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
} from '@angular/core';
import {
  type BacktestAnswer,
  METRICS,
  type MetricId,
  type NewAlertRule,
  type SeriesAnswer,
} from '@hostdeck/contracts';
import { metricName } from '../../metrics/metric-name';
import { HubApi } from '../../api/hub-api';
import { reasonSentence } from '../../api/problem';
import { axisScale } from '../../charts/axis-scale';
import type { ChartMarks } from '../../charts/chart-marks';
import { LineChart } from '../../charts/line-chart';
import type { ChartLine, ChartPicture } from '../../charts/line-chart-option';
import { linePoints } from '../../charts/line-points';
import { seriesColour, ThemePalette } from '../../charts/palette';
import { FormError } from '../../shell/form-error';
import { RULES_TEXTS } from './rules.texts';

const TEXTS = RULES_TEXTS.backtest;
const MAX_POINTS = 400;
/** Lines drawn at most, besides the threshold. */
const MOST_LINES = 6;
/** A gap this many steps long breaks the line. */
const GAP_STEPS = 2.5;

/** The values of a host that a rule would have fired for, with the threshold and the moments it fires. */
@Component({
  selector: 'hd-firing-chart',
  imports: [FormError, LineChart],
  template: `
    @if (metric() !== null) {
      <hd-form-error [message]="error()" />
      <div class="chart">
        @defer (when picture() !== null) {
          @if (picture(); as drawn) {
            <hd-line-chart [picture]="drawn" [marks]="marks()" [name]="host().name" />
          }
        }
      </div>
    }
  `,
  styles: `
    .chart {
      height: 180px;
      margin-top: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FiringChart {
  private readonly api = inject(HubApi);
  private readonly palette = inject(ThemePalette).palette;

  readonly host = input.required<BacktestAnswer['hosts'][number]>();
  readonly rule = input.required<NewAlertRule | null>();
  readonly from = input.required<number>();
  readonly to = input.required<number>();

  protected readonly error = signal('');
  private readonly answer = signal<SeriesAnswer | null>(null);

  protected readonly metric = computed((): MetricId | null => {
    const condition = this.rule()?.condition;
    return condition !== undefined && 'metric' in condition ? condition.metric : null;
  });
  private readonly threshold = computed(() => {
    const condition = this.rule()?.condition;
    return condition?.kind === 'above' || condition?.kind === 'below' ? condition.threshold : null;
  });
  protected readonly marks = computed<ChartMarks>(() => ({
    events: this.host().firings.map(({ from }) => ({ at: from, label: TEXTS.fires })),
    blind: [],
  }));
  protected readonly picture = computed<ChartPicture | null>(() => {
    const answer = this.answer();
    const metric = this.metric();
    if (answer === null || metric === null) return null;
    const { unit } = METRICS[metric];
    const threshold = this.threshold();
    const palette = this.palette();
    const lines = answer.series
      .slice(0, MOST_LINES)
      .map(({ instance, points }, index): ChartLine => ({
        key: instance ?? metric,
        label: instance ?? metricName(metric),
        colour: seriesColour(palette, index + 1),
        points: linePoints(
          {
            times: points.map(([time]) => time),
            // The greatest of a step is what the rule would have seen.
            values: points.map(([, , , most]) => most),
          },
          answer.from,
          GAP_STEPS * answer.step,
        ),
        band: [],
      }));
    const values = lines.flatMap(({ points }) => points.flatMap(([, value]) => value ?? []));
    return {
      unit,
      scale: axisScale(unit, Math.max(0, threshold ?? 0, ...values), null),
      from: this.from(),
      to: this.to(),
      step: null,
      stacked: false,
      lines: threshold === null ? lines : [...lines, this.thresholdLine(threshold)],
    };
  });

  constructor() {
    effect((onCleanup) => {
      const metric = this.metric();
      this.answer.set(null);
      this.error.set('');
      if (metric === null) return;
      const question = this.api
        .series({
          hostId: this.host().id,
          metrics: [metric],
          from: this.from(),
          to: this.to(),
          maxPoints: MAX_POINTS,
        })
        .subscribe({
          next: (answer) => this.answer.set(answer),
          error: (error: unknown) => this.error.set(reasonSentence(error)),
        });
      onCleanup(() => question.unsubscribe());
    });
  }

  private thresholdLine(threshold: number): ChartLine {
    return {
      key: 'threshold',
      label: TEXTS.threshold,
      colour: this.palette().muted,
      points: [
        [this.from(), threshold],
        [this.to(), threshold],
      ],
      band: [],
    };
  }
}
