import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';
import { METRICS } from '@hostdeck/contracts';
import { LineChart } from '../charts/line-chart';
import { seriesColour, ThemePalette } from '../charts/palette';
import { exactQuantity, formatExact, quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import type { ChartSpec } from './chart-list';
import { chartPicture, type ChartSeries, chartSeries, MOST_LINES } from './chart-picture';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { type TimeWindow, windowBetween } from './time-range';

/** A chart with its heading: statistics where there is one line, else a legend with the newest values. */
@Component({
  selector: 'hd-chart-panel',
  imports: [LineChart, QuantityView],
  templateUrl: './chart-panel.html',
  styleUrl: './chart-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartPanel {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly store = inject(HostStore);
  private readonly palette = inject(ThemePalette).palette;

  readonly spec = input.required<ChartSpec>();
  /** Somebody has drawn over a part of the time. */
  readonly zoom = output<TimeWindow>();
  /** Somebody wants to know who was busy; `place` is where the chart is, as a share of the width of the page. */
  readonly ask = output<{ readonly time: TimeWindow; readonly place: number }>();

  protected readonly texts = HOST_TEXTS;
  protected readonly quantity = quantity;
  protected readonly exactText = formatExact;
  protected readonly exact = exactQuantity;
  protected readonly most = MOST_LINES;
  protected readonly loading = this.store.historyLoading;
  protected readonly marks = this.store.marks;

  protected readonly unit = computed(() => METRICS[this.spec().metrics[0]?.id ?? 'cpu.busy'].unit);
  protected readonly series = computed(() =>
    chartSeries(this.spec(), (metric) => this.store.series(metric), this.store.window()),
  );
  protected readonly picture = computed(() =>
    chartPicture(this.spec(), this.series().shown, {
      window: this.store.window(),
      step: this.store.step(),
      gapAfter: this.store.gapAfter(),
      facts: this.store.host()?.facts ?? null,
      palette: this.palette(),
    }),
  );
  private readonly only = computed(() => {
    const { shown } = this.series();
    return shown.length === 1 ? (shown[0] ?? null) : null;
  });
  /** Whose the only line is; empty where that is the host itself. */
  protected readonly instance = computed(() => this.only()?.data.instance ?? '');
  protected readonly statistics = computed(() => {
    const only = this.only();
    if (only === null) return [];
    const { min, mean, max } = only.statistics;
    return [
      { key: this.isFixed() ? 'last' : 'now', value: this.newest(only) },
      { key: 'min', value: min },
      { key: 'mean', value: mean },
      { key: 'max', value: max },
    ] as const;
  });
  private readonly isFixed = computed(() => this.store.fixed() !== null);

  /** The newest value of a line: while the newest data is followed the last sample, else the last point shown. */
  protected newest({ metric, data, statistics }: ChartSeries): number | null {
    if (this.isFixed() || this.store.paused()) return statistics.now;
    const sample = this.store.latest(metric).find(({ instance }) => instance === data.instance);
    return sample === undefined ? statistics.now : sample.value;
  }

  protected select([from, to]: readonly [from: number, to: number]): void {
    this.zoom.emit(windowBetween(from, to));
  }

  protected askAbout([from, to]: readonly [from: number, to: number]): void {
    const { left, width } = this.element.getBoundingClientRect();
    const time = { from: Math.round(from), to: Math.round(to) };
    const page = this.element.ownerDocument.documentElement.clientWidth;
    this.ask.emit({ time, place: (left + width / 2) / Math.max(1, page) });
  }

  protected colour(number: number): string {
    return seriesColour(this.palette(), number);
  }
}
