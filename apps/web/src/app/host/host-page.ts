import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import type { HostSummary } from '@hostdeck/contracts';
import { Icon } from '../icons/icon';
import { FLEET_TEXTS } from '../fleet/fleet.texts';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { HostdeckTitles } from '../page-titles';
import { ProcessSection } from '../processes/process-section';
import { Session } from '../session/session';
import { parseAsked, parseOrder } from '../culprits/culprit-question';
import { HostSettingsView } from '../settings/host-settings';
import { EmptyState } from '../shell/empty-state';
import { STATUS_WORDS } from '../status/status.texts';
import { StatusDot } from '../status/status-dot';
import { ageWords } from '../units/duration';
import type { EditHostDialog } from './edit-host-dialog';
import { HostCharts } from './host-charts';
import { dialogConfig } from './host-dialogs';
import { HostEvents } from './host-events';
import { HostFactsView } from './host-facts';
import { HostStore } from './host-store';
import { HostThresholds } from './host-thresholds';
import { HOST_TEXTS } from './host.texts';
import type { RemoveHostDialog } from './remove-host-dialog';
import { HOST_TABS, parseTab } from './host-tabs';
import { parseRange, parseTime, parseWindow } from './time-range';

/** One host: what it is, and its charts, which move by themselves. */
@Component({
  selector: 'hd-host-page',
  imports: [
    EmptyState,
    HostCharts,
    HostFactsView,
    HostSettingsView,
    Icon,
    MatMenuModule,
    ProcessSection,
    RouterLink,
    StatusDot,
  ],
  providers: [HostEvents, HostStore, HostThresholds],
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
  /** Right edge of charts that stand still, ms since the epoch. */
  readonly paused = input<string>();
  readonly tab = input<string>();
  /** Time that is asked about: who was busy then, by what, and in which chart. */
  readonly who = input<string>();
  readonly by = input<string>();
  readonly chart = input<string>();

  protected readonly texts = HOST_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeHosts;
  protected readonly tabs = HOST_TABS;
  protected readonly tabShown = computed(() => parseTab(this.tab()));
  protected readonly now = this.clock.now;
  protected readonly hostNow = this.store.hostNow;
  protected readonly host = this.store.host;
  protected readonly refused = this.store.refused;
  /** Whether what is shown is how the host is now, as far as the hub is there to say so. */
  protected readonly isFresh = inject(LiveConnection).isFresh;
  protected readonly statusWord = computed(() => {
    const host = this.host();
    if (host === null) return '';
    return this.isFresh() ? STATUS_WORDS[host.status] : FLEET_TEXTS.card.lastSeen;
  });
  protected readonly age = computed(() => {
    const lastSeen = this.host()?.lastSeen ?? null;
    return lastSeen === null
      ? HOST_TEXTS.never
      : HOST_TEXTS.ago(ageWords(this.clock.since(lastSeen)));
  });
  protected readonly asked = computed(() => parseAsked(this.who()));
  protected readonly askedOrder = computed(() => parseOrder(this.by()));

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
      const paused = parseTime(this.paused());
      // After the range, which a pause belongs to.
      this.range();
      untracked(() => {
        if (Number.isNaN(paused)) this.store.follow();
        else this.store.pause(paused);
      });
    });
    effect(() => {
      const asked = this.asked();
      untracked(() => this.store.choose(asked));
    });
    effect(() => {
      const host = this.host();
      if (host !== null) titles.show(host.name);
    });
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
