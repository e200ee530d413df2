import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { METRICS } from '@hostdeck/contracts';
import { LineChart } from '../charts/line-chart';
import { seriesColour, ThemePalette } from '../charts/palette';
import { exactQuantity, formatExact, quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import type { ChartSpec } from './chart-list';
import { chartPicture, chartSeries, MOST_LINES } from './chart-picture';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';

/** A chart with its heading: statistics where there is one line, else a legend with the newest values. */
@Component({
  selector: 'hd-chart-panel',
  imports: [LineChart, QuantityView],
  templateUrl: './chart-panel.html',
  styleUrl: './chart-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartPanel {
  private readonly store = inject(HostStore);
  private readonly palette = inject(ThemePalette).palette;

  readonly spec = input.required<ChartSpec>();

  protected readonly texts = HOST_TEXTS;
  protected readonly quantity = quantity;
  protected readonly exactText = formatExact;
  protected readonly exact = exactQuantity;
  protected readonly most = MOST_LINES;
  protected readonly loading = this.store.historyLoading;

  protected readonly unit = computed(() => METRICS[this.spec().metrics[0]?.id ?? 'cpu.busy'].unit);
  protected readonly series = computed(() =>
    chartSeries(this.spec(), (metric) => this.store.series(metric), this.store.window()),
  );
  protected readonly picture = computed(() =>
    chartPicture(this.spec(), this.series().shown, {
      window: this.store.window(),
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
    const { now, min, mean, max } = only.statistics;
    return [
      { key: 'now', value: now },
      { key: 'min', value: min },
      { key: 'mean', value: mean },
      { key: 'max', value: max },
    ] as const;
  });

  protected colour(number: number): string {
    return seriesColour(this.palette(), number);
  }
}
