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
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { HostdeckTitles } from '../page-titles';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import { STATUS_WORDS } from '../status/status';
import { StatusDot } from '../status/status-dot';
import { ageWords } from '../units/duration';
import { ChartPanel } from './chart-panel';
import { CHARTS } from './chart-list';
import { CoreRow } from './core-row';
import type { EditHostDialog } from './edit-host-dialog';
import { HostFactsView } from './host-facts';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import type { RemoveHostDialog } from './remove-host-dialog';
import { RangeChoice } from './range-choice';
import { parseRange, type TimeRange } from './time-range';

/** One host: what it is, and its charts, which move by themselves. */
@Component({
  selector: 'hd-host-page',
  imports: [
    ChartPanel,
    CoreRow,
    EmptyState,
    HostFactsView,
    Icon,
    MatButtonModule,
    MatMenuModule,
    RangeChoice,
    RouterLink,
    StatusDot,
  ],
  providers: [HostStore],
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

  protected readonly texts = HOST_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeHosts;
  protected readonly now = this.clock.now;
  protected readonly host = this.store.host;
  protected readonly refused = this.store.refused;
  protected readonly historyError = this.store.historyError;
  protected readonly paused = this.store.paused;
  protected readonly chosenRange = this.store.range;
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
      untracked(() => this.store.choose(range));
    });
    effect(() => {
      const host = this.host();
      if (host !== null) titles.show(host.name);
    });
  }

  protected chooseRange({ key }: TimeRange): void {
    void this.router.navigate([], {
      queryParams: { range: key },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  protected togglePause(): void {
    if (this.paused()) this.store.follow();
    else this.store.pause();
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
}

function dialogConfig<Data>(data: Data): MatDialogConfig<Data> {
  const config = new MatDialogConfig<Data>();
  config.data = data;
  config.width = '480px';
  config.maxWidth = 'calc(100vw - 32px)';
  return config;
}
