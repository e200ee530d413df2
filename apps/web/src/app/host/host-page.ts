import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import type { HostSummary } from '@hostdeck/contracts';
import type { ExportDialog, ExportOffer } from '../export/export-dialog';
import { EXPORT_TEXTS } from '../export/export.texts';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { HostdeckTitles } from '../page-titles';
import { ProcessSection } from '../processes/process-section';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import { STATUS_WORDS } from '../status/status';
import { StatusDot } from '../status/status-dot';
import { ageWords } from '../units/duration';
import { ChartPanel } from './chart-panel';
import { CHART_METRICS, CHARTS } from './chart-list';
import { CoreRow } from './core-row';
import type { EditHostDialog } from './edit-host-dialog';
import { EventList } from './event-list';
import { HostEvents } from './host-events';
import { HostFactsView } from './host-facts';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import type { RemoveHostDialog } from './remove-host-dialog';
import { StateStrip } from './state-strip';
import { HOST_TABS, parseTab } from './host-tabs';
import { parseRange, parseWindow, type TimeRange, type TimeWindow } from './time-range';
import { TimeTools } from './time-tools';

/** One host: what it is, and its charts, which move by themselves. */
@Component({
  selector: 'hd-host-page',
  imports: [
    ChartPanel,
    CoreRow,
    EmptyState,
    EventList,
    HostFactsView,
    Icon,
    MatButtonModule,
    MatMenuModule,
    ProcessSection,
    RouterLink,
    StateStrip,
    StatusDot,
    TimeTools,
  ],
  providers: [HostEvents, HostStore],
  templateUrl: './host-page.html',
  styleUrl: './host-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostPage {
  private readonly clock = inject(HubClock);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly store = inject(HostStore);

  /** From the address. */
  readonly id = input.required<string>();
  readonly range = input<string>();
  /** Ends of a fixed part of time, ms since the epoch. */
  readonly from = input<string>();
  readonly to = input<string>();
  readonly tab = input<string>();

  protected readonly texts = HOST_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeHosts;
  protected readonly tabs = HOST_TABS;
  protected readonly tabShown = computed(() => parseTab(this.tab()));
  protected readonly now = this.clock.now;
  protected readonly hostNow = this.store.hostNow;
  protected readonly host = this.store.host;
  protected readonly refused = this.store.refused;
  protected readonly historyError = this.store.historyError;
  protected readonly catchingUp = this.store.catchingUp;
  protected readonly statusWord = computed(() => {
    const host = this.host();
    return host === null ? '' : STATUS_WORDS[host.status];
  });
  protected readonly age = computed(() => {
    const lastSeen = this.host()?.lastSeen ?? null;
    return lastSeen === null
      ? HOST_TEXTS.never
      : HOST_TEXTS.ago(ageWords(this.clock.since(lastSeen)));
  });
  /** Charts whose whole the host does not have are left out. */
  protected readonly charts = computed(() => {
    const swap = this.host()?.facts?.swapTotal;
    return CHARTS.filter(({ whole }) => whole !== 'swap' || swap !== 0);
  });

  constructor() {
    const titles = inject(HostdeckTitles);
    // Only what the address says is followed; what the store reads on the way is its own affair.
    effect(() => {
      const id = this.id();
      untracked(() => this.store.open(id));
    });
    effect(() => {
      const range = parseRange(this.range());
      const fixed = parseWindow(this.from(), this.to());
      untracked(() => this.store.show(range, fixed));
    });
    effect(() => {
      const host = this.host();
      if (host !== null) titles.show(host.name);
    });
  }

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

  protected async export(): Promise<void> {
    const host = this.host();
    if (host === null) return;
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

  protected retry(): void {
    this.store.retryHistory();
  }

  protected async edit(): Promise<void> {
    const host = this.host();
    if (host === null) return;
    const file = await import('./edit-host-dialog');
    const opened = this.dialog.open<EditHostDialog, HostSummary, HostSummary>(
      file.EditHostDialog,
      dialogConfig(host),
    );
    opened.afterClosed().subscribe((changed) => {
      if (changed !== undefined) this.store.adopt(changed);
    });
  }

  protected async remove(): Promise<void> {
    const host = this.host();
    if (host === null) return;
    const file = await import('./remove-host-dialog');
    const opened = this.dialog.open<RemoveHostDialog, HostSummary, boolean>(
      file.RemoveHostDialog,
      dialogConfig(host),
    );
    opened.afterClosed().subscribe((removed) => {
      if (removed === true) void this.router.navigate(['/']);
    });
  }

  private navigate(queryParams: Record<string, string | number | null>, replaceUrl: boolean): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }
}

function dialogConfig<Data>(data: Data): MatDialogConfig<Data> {
  const config = new MatDialogConfig<Data>();
  config.data = data;
  config.width = '480px';
  config.maxWidth = 'calc(100vw - 32px)';
  return config;
}
