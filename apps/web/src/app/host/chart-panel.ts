import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { METRICS } from '@hostdeck/contracts';
import { chartCsv } from '../charts/chart-table';
import { ChartTableView } from '../charts/chart-table-view';
import { chartImage } from '../charts/chart-image';
import { LineChart } from '../charts/line-chart';
import { axisLabel } from '../charts/line-chart-option';
import { OPEN_FILE } from '../export/file-target';
import { Icon } from '../icons/icon';
import { reasonOf } from '../api/problem';
import { seriesColour, ThemePalette } from '../charts/palette';
import { durationWords } from '../units/duration';
import { formatExact, quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import type { ChartSpec } from './chart-list';
import { chartPicture, type ChartSeries, chartSeries, MOST_LINES } from './chart-picture';
import { chartThresholds, firingSpans } from './chart-thresholds';
import { HostStore } from './host-store';
import { HostThresholds } from './host-thresholds';
import { HOST_TEXTS } from './host.texts';
import { THRESHOLDS_TEXTS } from './thresholds.texts';
import { type TimeWindow, windowBetween } from './time-range';

/** A chart with its heading: statistics where there is one line, else a legend with the newest values. */
@Component({
  selector: 'hd-chart-panel',
  imports: [ChartTableView, Icon, LineChart, MatMenuModule, QuantityView, RouterLink],
  templateUrl: './chart-panel.html',
  styleUrl: './chart-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartPanel {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly store = inject(HostStore);
  private readonly rules = inject(HostThresholds);
  private readonly palette = inject(ThemePalette).palette;
  private readonly openFile = inject(OPEN_FILE);
  private readonly chart = viewChild(LineChart);

  readonly spec = input.required<ChartSpec>();
  /** Key of the only series that is to be shown; `null`: all. */
  readonly isolated = input<string | null>(null);
  /** Somebody wants to see one series alone, or all again. */
  readonly isolate = output<string | null>();
  /** Somebody has drawn over a part of the time. */
  readonly zoom = output<TimeWindow>();
  /** Somebody wants to know who was busy; `place` is where the chart is, as a share of the width of the page. */
  readonly ask = output<{ readonly time: TimeWindow; readonly place: number }>();

  protected readonly texts = HOST_TEXTS;
  protected readonly thresholdTexts = THRESHOLDS_TEXTS;
  protected readonly quantity = quantity;
  protected readonly exactText = formatExact;
  protected readonly most = MOST_LINES;
  protected readonly loading = this.store.historyLoading;
  protected readonly marks = computed(() => ({
    ...this.store.marks(),
    firing: firingSpans(this.drawn(), this.rules.firings()),
  }));

  protected readonly unit = computed(() => METRICS[this.spec().metrics[0]?.id ?? 'cpu.busy'].unit);
  protected readonly series = computed(() =>
    chartSeries(this.spec(), (metric) => this.store.series(metric), this.store.window()),
  );
  /** Whether the series that is to be shown alone is there. */
  protected readonly alone = computed(
    () => this.series().shown.find(({ key }) => key === this.isolated()) ?? null,
  );
  private readonly drawn = computed(() => {
    const alone = this.alone();
    return alone === null ? this.series().shown : [alone];
  });
  private readonly held = computed(() =>
    chartThresholds(this.spec(), this.drawn(), {
      all: this.rules.thresholds(),
      facts: this.store.host()?.facts ?? null,
    }),
  );
  /** The thresholds in words, the most urgent first. */
  protected readonly thresholds = computed(() => {
    const drawn = new Map((this.picture().thresholds ?? []).map((one) => [one.key, one.isDrawn]));
    const firing = new Set(
      this.rules.firings().flatMap(({ ruleId, to }) => (to === null ? [ruleId] : [])),
    );
    return this.held().map(({ rule, ...threshold }) => ({
      ...threshold,
      fires: firing.has(rule.ruleId),
      more: [
        ...(rule.for === 0 ? [] : [THRESHOLDS_TEXTS.for(durationWords(rule.for))]),
        ...(rule.clear === null
          ? []
          : [THRESHOLDS_TEXTS.clear(axisLabel(METRICS[rule.metric].unit, rule.clear))]),
      ].join(', '),
      note: [
        ...(rule.isOverridden ? [THRESHOLDS_TEXTS.own] : []),
        ...(drawn.get(threshold.key) === true ? [] : [THRESHOLDS_TEXTS.beyond]),
      ].join(', '),
    }));
  });
  protected readonly showsTable = signal(false);
  protected readonly failure = signal('');
  protected readonly picture = computed(() =>
    chartPicture(this.spec(), this.drawn(), {
      window: this.store.window(),
      step: this.store.step(),
      gapAfter: this.store.gapAfter(),
      facts: this.store.host()?.facts ?? null,
      palette: this.palette(),
      thresholds: this.held(),
    }),
  );
  private readonly only = computed(() => {
    const drawn = this.drawn();
    return drawn.length === 1 ? (drawn[0] ?? null) : null;
  });
  /** Whose the only line is; empty where that is the host itself. */
  protected readonly instance = computed(() =>
    this.series().shown.length === 1 ? (this.only()?.data.instance ?? '') : '',
  );
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

  constructor() {
    effect(() => {
      const metrics = this.spec().metrics.map(({ id }) => id);
      untracked(() => this.store.need(metrics));
    });
  }

  /** Shows one series alone, or all again. */
  protected toggleAlone(key: string): void {
    this.isolate.emit(this.isolated() === key ? null : key);
  }

  /** The same metrics of this host, where other hosts can be put beside it. */
  protected readonly compareQuery = computed(() => ({
    metrics: this.spec()
      .metrics.map(({ id }) => id)
      .join(','),
    hosts: this.store.host()?.id ?? '',
  }));

  protected toggleTable(): void {
    this.showsTable.update((shown) => !shown);
  }

  protected saveCsv(): Promise<void> {
    return this.save('csv', () => Promise.resolve(new Blob([chartCsv(this.picture())])));
  }

  protected savePng(): Promise<void> {
    return this.save('png', () => {
      const canvas = this.chart()?.toCanvas() ?? null;
      if (canvas === null) return Promise.reject(new Error(HOST_TEXTS.nothing));
      return chartImage(canvas, this.picture(), {
        palette: this.palette(),
        title: this.spec().title,
        host: this.store.host()?.name ?? '',
      });
    });
  }

  /** The name of the file holds nothing that a host has named. */
  private async save(kind: 'csv' | 'png', make: () => Promise<Blob>): Promise<void> {
    this.failure.set('');
    try {
      const content = await make();
      const chart =
        this.spec()
          .id.split(' ')[0]
          ?.replaceAll(/[^a-z0-9.-]/g, '') ?? '';
      const start = new Date(this.picture().from).toISOString().slice(0, 19).replaceAll(':', '');
      const file = await this.openFile(`hostdeck-${chart}-${start}Z.${kind}`);
      if (file === null) return;
      await file.write(new Uint8Array(await content.arrayBuffer()));
      await file.close();
    } catch (error) {
      this.failure.set(HOST_TEXTS.panel.notSaved(reasonOf(error)));
    }
  }

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

  /** Colour of a line in the legend; one that is not drawn has none. */
  protected swatch(line: ChartSeries): string {
    const alone = this.alone();
    const isDrawn = alone === null || alone === line;
    return isDrawn ? seriesColour(this.palette(), line.colour) : 'var(--hd-line-strong)';
  }
}
