import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { ChartMarksView } from './chart-marks-view';
import { cursorWords, moveCursor } from './chart-cursor';
import { type ChartMarks, NO_MARKS } from './chart-marks';
import { ChartThresholdsView } from './chart-thresholds-view';
import { CHART_TEXTS } from './charts.texts';
import * as echarts from './echarts-core';
import { inSight } from './in-sight';
import {
  CHART_MARGINS,
  type ChartData,
  chartData,
  chartOption,
  type ChartPicture,
} from './line-chart-option';
import { ThemePalette } from './palette';
import { type PointedAt, SelectTime } from './select-time';

/** Charts of one group share their cursor. */
const GROUP = 'host';

/** Lines over time on a canvas. What is drawn is also said in words beside it; the canvas itself is hidden from screen readers. */
@Component({
  selector: 'hd-line-chart',
  imports: [ChartMarksView, ChartThresholdsView, NgxEchartsDirective, SelectTime],
  providers: [provideEchartsCore({ echarts })],
  template: `
    <hd-select-time
      role="slider"
      tabindex="0"
      data-testid="chart-cursor"
      [attr.aria-label]="texts.cursor(name())"
      [attr.aria-valuemin]="picture().from"
      [attr.aria-valuemax]="picture().to"
      [attr.aria-valuenow]="cursorTime()"
      [attr.aria-valuetext]="cursorText()"
      (pointed)="choose($event)"
      (keydown)="pressed($event)"
      (focus)="enter()"
      (blur)="leave()"
    >
      <div
        class="canvas"
        echarts
        aria-hidden="true"
        [options]="options()"
        [merge]="merge()"
        (chartInit)="join($event)"
      ></div>
      <hd-chart-thresholds [thresholds]="picture().thresholds ?? []" [top]="picture().scale.max" />
      <hd-chart-marks [marks]="marks()" [from]="picture().from" [to]="picture().to" />
    </hd-select-time>
  `,
  host: { '(pointerenter)': 'hover(true)', '(pointerleave)': 'hover(false)' },
  styles: `
    :host,
    .canvas {
      display: block;
      height: 100%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LineChart {
  private readonly palette = inject(ThemePalette).palette;
  private hovered = false;

  readonly picture = input.required<ChartPicture>();
  readonly marks = input<ChartMarks>(NO_MARKS);
  /** What the chart is of. */
  readonly name = input.required<string>();
  /** Somebody has drawn over a part of the time: its ends, ms since the epoch. */
  readonly zoom = output<readonly [from: number, to: number]>();
  /** Somebody wants to know who was busy then; a moment where both ends are the same. */
  readonly ask = output<readonly [from: number, to: number]>();

  protected readonly texts = CHART_TEXTS;
  private chart: echarts.ECharts | null = null;
  /** Where the keyboard has led to; `null` before. */
  private readonly cursor = signal<number | null>(null);
  protected readonly cursorTime = computed(() => this.cursor() ?? this.picture().to);
  protected readonly cursorText = computed(() => {
    const time = this.cursor();
    return time === null ? null : cursorWords(this.picture(), time);
  });

  /** What a chart has to be built anew for: other lines, other colours. */
  private readonly structure = computed(() =>
    JSON.stringify([
      this.palette(),
      this.picture().stacked,
      this.picture().unit,
      this.picture().second?.unit,
      this.picture().lines.map(({ key, label, colour }) => [key, label, colour]),
    ]),
  );

  protected readonly options = computed(() => {
    this.structure();
    return untracked(() =>
      chartOption(
        () => this.picture(),
        this.palette(),
        () => this.hovered,
      ),
    );
  });
  private readonly seen = inSight();
  private drawn: ChartData | null = null;
  /** What is out of sight is drawn when it comes into sight again. */
  protected readonly merge = computed(() => {
    if (this.seen() || this.drawn === null) this.drawn = chartData(this.picture());
    return { ...this.drawn };
  });

  protected join(chart: echarts.ECharts): void {
    this.chart = chart;
    chart.group = GROUP;
    echarts.connect(GROUP);
  }

  protected hover(hovered: boolean): void {
    this.hovered = hovered;
  }

  /** What is drawn, on a canvas of its own with twice the pixels; `null` before anything is. */
  toCanvas(): HTMLCanvasElement | null {
    const { surface } = this.palette();
    return this.chart?.renderToCanvas({ pixelRatio: 2, backgroundColor: surface }) ?? null;
  }

  protected choose({ ends: [first, last], asks }: PointedAt): void {
    const { from, to } = this.picture();
    const ends = [from + first * (to - from), from + last * (to - from)] as const;
    (asks ? this.ask : this.zoom).emit(ends);
  }

  protected pressed(event: KeyboardEvent): void {
    const time = this.cursorTime();
    if (event.key === 'Enter' || event.key === ' ') this.ask.emit([time, time]);
    else {
      const moved = moveCursor(this.picture(), time, event.key);
      if (moved === null) return;
      this.cursor.set(moved);
      this.point(moved);
    }
    event.preventDefault();
  }

  /** It stands still from then on: a live value would be read out every second. */
  protected enter(): void {
    this.cursor.set(this.picture().to);
  }

  protected leave(): void {
    this.cursor.set(null);
    this.hovered = false;
    this.chart?.dispatchAction({ type: 'hideTip' });
  }

  /** Shows what is under the cursor of the keyboard just as under that of a mouse. */
  private point(time: number): void {
    if (this.chart === null) return;
    const { from, to } = this.picture();
    const { left, right, top } = CHART_MARGINS;
    const width = this.chart.getWidth() - left - right;
    this.hovered = true;
    this.chart.dispatchAction({
      type: 'showTip',
      x: left + (width * (time - from)) / (to - from),
      y: top + 1,
    });
  }
}
