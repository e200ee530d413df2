import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  untracked,
} from '@angular/core';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import * as echarts from './echarts-core';
import { chartData, chartOption, type ChartPicture } from './line-chart-option';
import { ThemePalette } from './palette';

/** Charts of one group share their cursor. */
const GROUP = 'host';

/** Lines over time on a canvas. What is drawn is also said in words beside it; the canvas itself is hidden from screen readers. */
@Component({
  selector: 'hd-line-chart',
  imports: [NgxEchartsDirective],
  providers: [provideEchartsCore({ echarts })],
  template: `
    <div
      echarts
      aria-hidden="true"
      [options]="options()"
      [merge]="merge()"
      (chartInit)="join($event)"
    ></div>
  `,
  host: { '(pointerenter)': 'hover(true)', '(pointerleave)': 'hover(false)' },
  styles: `
    :host,
    div {
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
}
