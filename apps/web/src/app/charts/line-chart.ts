import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  untracked,
} from '@angular/core';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { ChartMarksView } from './chart-marks-view';
import { type ChartMarks, NO_MARKS } from './chart-marks';
import * as echarts from './echarts-core';
import { chartData, chartOption, type ChartPicture } from './line-chart-option';
import { ThemePalette } from './palette';
import { type Selection, SelectTime } from './select-time';

/** Charts of one group share their cursor. */
const GROUP = 'host';

/** Lines over time on a canvas. What is drawn is also said in words beside it; the canvas itself is hidden from screen readers. */
@Component({
  selector: 'hd-line-chart',
  imports: [ChartMarksView, NgxEchartsDirective, SelectTime],
  providers: [provideEchartsCore({ echarts })],
  template: `
    <hd-select-time (selected)="choose($event)">
      <div
        class="canvas"
        echarts
        aria-hidden="true"
        [options]="options()"
        [merge]="merge()"
        (chartInit)="join($event)"
      ></div>
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
  /** Somebody has drawn over a part of the time: its ends, ms since the epoch. */
  readonly zoom = output<readonly [from: number, to: number]>();

  /** What a chart has to be built anew for: other lines, other colours. */
  private readonly structure = computed(() =>
    JSON.stringify([
      this.palette(),
      this.picture().stacked,
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
  protected readonly merge = computed(() => ({ ...chartData(this.picture()) }));

  protected join(chart: echarts.ECharts): void {
    chart.group = GROUP;
    echarts.connect(GROUP);
  }

  protected hover(hovered: boolean): void {
    this.hovered = hovered;
  }

  protected choose([first, last]: Selection): void {
    const { from, to } = this.picture();
    this.zoom.emit([from + first * (to - from), from + last * (to - from)]);
  }
}
