import { Clipboard } from '@angular/cdk/clipboard';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatDialog } from '@angular/material/dialog';
import { ActivatedRoute, type Params, Router } from '@angular/router';
import type { HostSummary, MetricId } from '@hostdeck/contracts';
import { ThemePalette } from '../charts/palette';
import { fullTime } from '../charts/time-labels';
import { CulpritPanel } from '../culprits/culprit-panel';
import { type AskedTime, type CulpritOrder, writeAsked } from '../culprits/culprit-question';
import { CULPRIT_TEXTS } from '../culprits/culprits.texts';
import type { ExportDialog, ExportOffer } from '../export/export-dialog';
import { EXPORT_TEXTS } from '../export/export.texts';
import { Icon } from '../icons/icon';
import { StatusDot } from '../status/status-dot';
import { type ChartGroup, chartGroups } from './catalogue-charts';
import { ChartPanel } from './chart-panel';
import { chartReadings } from './chart-readings';
import { CoreRow } from './core-row';
import { EventList } from './event-list';
import { GaugeRow } from './gauge-row';
import { dialogConfig } from './host-dialogs';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { StateStrip } from './state-strip';
import { SpanForm } from './span-form';
import type { TimeRange, TimeWindow } from './time-range';
import { TimeTools } from './time-tools';

/** Charts side by side on a wide wall; the style sheet agrees. */
const WALL_COLUMNS = 6;
/** Between a chart and a series in the address. */
const SEPARATOR = '~';
/** How long a button says that the link is copied, ms. */
const COPIED_FOR = 2_000;

/** The charts of a host with all that belongs to them: which time they show, what happened then, and who was busy. */
@Component({
  selector: 'hd-host-charts',
  imports: [
    ChartPanel,
    CoreRow,
    CulpritPanel,
    EventList,
    GaugeRow,
    Icon,
    SpanForm,
    StateStrip,
    StatusDot,
    TimeTools,
  ],
  templateUrl: './host-charts.html',
  styleUrl: './host-charts.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostCharts {
  private readonly clipboard = inject(Clipboard);
  private readonly dialog = inject(MatDialog);
  private readonly document = inject(DOCUMENT);
  private readonly palette = inject(ThemePalette).palette;
  private readonly route = inject(ActivatedRoute);
  private readonly router = inject(Router);
  private readonly store = inject(HostStore);
  private readonly parameters = toSignal(this.route.queryParamMap, {
    initialValue: this.route.snapshot.queryParamMap,
  });

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
  /** What is said while kept data comes in; empty while none does. */
  protected readonly catchingUpText = computed(() => {
    const backlog = this.host().backlog ?? null;
    if (backlog !== null) return HOST_TEXTS.catchingUpBy(backlog);
    return this.store.catchingUp() ? HOST_TEXTS.catchingUp : '';
  });
  /** At which edge the answer stands: not over what was pointed at. */
  protected readonly side = signal<'left' | 'right'>('right');
  protected readonly groups = computed(() => {
    const groups = chartGroups(this.store.metrics());
    // A host without swap says that it uses none of it.
    return this.host().facts?.swapTotal === 0 ? groups.filter(({ key }) => key !== 'swap') : groups;
  });
  protected readonly pointed = computed(
    () =>
      this.groups()
        .flatMap(({ charts }) => charts)
        .find(({ id }) => id === this.pointedChart()) ?? null,
  );
  /** In the address, as `chart~series`: the series that is shown alone in each chart. */
  private readonly alone = computed(
    () =>
      new Map(
        this.parameters()
          .getAll('only')
          .map((text) => splitOnce(text)),
      ),
  );
  protected readonly choosesSpan = signal(false);
  protected readonly copied = signal(false);
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

  constructor() {
    // An address may lead to one group; it is there when the charts before it have their places.
    afterNextRender(() => {
      const group = this.parameters().get('group');
      if (group !== null) this.scrollTo(group);
    });
  }

  /** Columns a group takes on a wide wall, where small groups stand side by side. */
  protected span(charts: number): number {
    return Math.min(WALL_COLUMNS, charts);
  }

  protected aloneIn(chart: string): string | null {
    return this.alone().get(chart) ?? null;
  }

  protected isolate(chart: string, key: string | null): void {
    const alone = new Map(this.alone());
    if (key === null) alone.delete(chart);
    else alone.set(chart, key);
    this.navigate({ only: [...alone].map((pair) => pair.join(SEPARATOR)) }, true);
  }

  protected showGroup(key: string): void {
    this.navigate({ group: key }, true);
    this.scrollTo(key);
  }

  protected pauseAt(to: number | null): void {
    this.navigate({ paused: to === null ? null : Math.round(to) }, true);
  }

  protected toggleSpan(): void {
    this.choosesSpan.update((chooses) => !chooses);
  }

  /** A link to what is shown at this moment: where charts follow the newest data, so does whoever gets it. */
  protected copyLink(): void {
    this.copied.set(this.clipboard.copy(this.document.location.href));
    setTimeout(() => this.copied.set(false), COPIED_FOR);
  }

  protected chooseRange({ key }: TimeRange): void {
    this.navigate({ range: key, from: null, to: null, paused: null }, true);
  }

  /** Zooming is a step of its own in the browser's history: its back button leads out again. */
  protected zoom({ from, to }: TimeWindow): void {
    this.choosesSpan.set(false);
    this.navigate({ from, to, paused: null }, false);
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
          { label: EXPORT_TEXTS.pageMetrics, value: this.groups().flatMap(metricsOf) },
          { label: EXPORT_TEXTS.allMetrics, value: null },
        ],
        spans: [{ label: EXPORT_TEXTS.shownSpan(shown), value: { from, to } }],
        span: 0,
      }),
    );
  }

  private scrollTo(group: string): void {
    const heading = this.document.getElementById(`group-${group}`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  }

  private placeBefore(): number {
    return this.side() === 'left' ? 1 : 0;
  }

  private navigate(queryParams: Params, replaceUrl: boolean): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl,
      // It is the same page: nobody wants to be taken to its top.
      scroll: 'manual',
    });
  }
}

function splitOnce(text: string): [chart: string, key: string] {
  const at = text.indexOf(SEPARATOR);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function metricsOf({ charts }: ChartGroup): MetricId[] {
  return charts.flatMap(({ metrics }) => metrics.map(({ id }) => id));
}
