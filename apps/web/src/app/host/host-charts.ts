import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { ActivatedRoute, Router } from '@angular/router';
import type { HostSummary } from '@hostdeck/contracts';
import { ThemePalette } from '../charts/palette';
import { fullTime } from '../charts/time-labels';
import { CulpritPanel } from '../culprits/culprit-panel';
import { type AskedTime, type CulpritOrder, writeAsked } from '../culprits/culprit-question';
import { CULPRIT_TEXTS } from '../culprits/culprits.texts';
import type { ExportDialog, ExportOffer } from '../export/export-dialog';
import { EXPORT_TEXTS } from '../export/export.texts';
import { Icon } from '../icons/icon';
import { StatusDot } from '../status/status-dot';
import { CHART_METRICS, CHARTS } from './chart-list';
import { ChartPanel } from './chart-panel';
import { chartReadings } from './chart-readings';
import { CoreRow } from './core-row';
import { EventList } from './event-list';
import { dialogConfig } from './host-dialogs';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { StateStrip } from './state-strip';
import type { TimeRange, TimeWindow } from './time-range';
import { TimeTools } from './time-tools';

/** The charts of a host with all that belongs to them: which time they show, what happened then, and who was busy. */
@Component({
  selector: 'hd-host-charts',
  imports: [ChartPanel, CoreRow, CulpritPanel, EventList, Icon, StateStrip, StatusDot, TimeTools],
  templateUrl: './host-charts.html',
  styleUrl: './host-charts.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostCharts {
  private readonly dialog = inject(MatDialog);
  private readonly palette = inject(ThemePalette).palette;
  private readonly route = inject(ActivatedRoute);
  private readonly router = inject(Router);
  private readonly store = inject(HostStore);

  readonly host = input.required<HostSummary>();
  /** Time that somebody asks about; `null` where nobody does. */
  readonly asked = input.required<AskedTime | null>();
  readonly by = input.required<CulpritOrder>();
  /** Id of the chart that was pointed at; empty where it was none. */
  readonly pointedChart = input.required<string>();

  protected readonly texts = HOST_TEXTS;
  protected readonly culpritTexts = CULPRIT_TEXTS;
  protected readonly hostNow = this.store.hostNow;
  protected readonly shownTime = this.store.window;
  protected readonly historyError = this.store.historyError;
  protected readonly catchingUp = this.store.catchingUp;
  /** At which edge the answer stands: not over what was pointed at. */
  protected readonly side = signal<'left' | 'right'>('right');
  /** Charts whose whole the host does not have are left out. */
  protected readonly charts = computed(() => {
    const swap = this.host().facts?.swapTotal;
    return CHARTS.filter(({ whole }) => whole !== 'swap' || swap !== 0);
  });
  protected readonly pointed = computed(
    () => this.charts().find(({ id }) => id === this.pointedChart()) ?? null,
  );
  protected readonly readings = computed(() => {
    const asked = this.asked();
    const spec = this.pointed();
    if (asked === null || spec === null) return [];
    return chartReadings(spec, (metric) => this.store.series(metric), {
      window: this.store.window(),
      asked,
      near: this.store.gapAfter(),
      palette: this.palette(),
    });
  });

  protected chooseRange({ key }: TimeRange): void {
    this.navigate({ range: key, from: null, to: null }, true);
  }

  /** Zooming is a step of its own in the browser's history: its back button leads out again. */
  protected zoom({ from, to }: TimeWindow): void {
    this.navigate({ from, to }, false);
  }

  protected backToLive(): void {
    this.navigate({ from: null, to: null }, false);
  }

  protected retry(): void {
    this.store.retryHistory();
  }

  /** Asks who was busy. @param chart id of the chart that was pointed at @param place where it is, as a share of the width of the page */
  protected askAbout(time: AskedTime, chart: string | null, place = this.placeBefore()): void {
    this.side.set(place > 0.5 ? 'left' : 'right');
    const isMemory = chart === null ? null : /^(memory|swap)/.test(chart);
    const by = isMemory === null ? {} : { by: isMemory ? 'memory' : null };
    this.navigate({ who: writeAsked(time), chart, ...by }, this.asked() !== null);
  }

  protected rank(by: CulpritOrder): void {
    this.navigate({ by: by === 'cpu' ? null : by }, true);
  }

  protected stopAsking(): void {
    this.navigate({ who: null, by: null, chart: null }, true);
  }

  protected async export(): Promise<void> {
    const host = this.host();
    const { from, to } = this.store.window();
    const shown = EXPORT_TEXTS.between(fullTime(from, to - from), fullTime(to, to - from));
    const file = await import('../export/export-dialog');
    this.dialog.open<ExportDialog, ExportOffer>(
      file.ExportDialog,
      dialogConfig({
        lead: EXPORT_TEXTS.host(host.name),
        scopes: [{ label: EXPORT_TEXTS.thisHost, value: { kind: 'host', hostId: host.id } }],
        metrics: [
          { label: EXPORT_TEXTS.pageMetrics, value: CHART_METRICS },
          { label: EXPORT_TEXTS.allMetrics, value: null },
        ],
        spans: [{ label: EXPORT_TEXTS.shownSpan(shown), value: { from, to } }],
        span: 0,
      }),
    );
  }

  private placeBefore(): number {
    return this.side() === 'left' ? 1 : 0;
  }

  private navigate(queryParams: Record<string, string | number | null>, replaceUrl: boolean): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl,
    });
  }
}
