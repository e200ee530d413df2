import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { HostStatus } from '@hostdeck/contracts';
import type { ExportDialog, ExportOffer } from '../export/export-dialog';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import { CardGrid } from './card-grid';
import { CardSkeletons } from './card-skeletons';
import { FleetStore } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { fleetView, parseStatus, tagsInUse } from './fleet-view';
import { StatusSummary } from './status-summary';

/** All hosts, the worst first. Search and filters live in the address, so that a view can be sent to somebody. */
@Component({
  selector: 'hd-fleet-page',
  imports: [CardGrid, CardSkeletons, EmptyState, Icon, MatButtonModule, StatusSummary],
  templateUrl: './fleet-page.html',
  styleUrl: './fleet-page.scss',
  host: { '(document:keydown)': 'keyPressed($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FleetPage {
  private readonly clock = inject(HubClock);
  private readonly store = inject(FleetStore);
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialog);
  private readonly searchField = viewChild<ElementRef<HTMLInputElement>>('searchField');

  /** Query parameters. */
  readonly q = input<string>();
  readonly status = input<string>();
  readonly tag = input<string>();

  protected readonly texts = FLEET_TEXTS;
  protected readonly mayAdd = inject(Session).mayChangeHosts;
  protected readonly search = computed(() => this.q() ?? '');
  protected readonly chosenStatus = computed(() => parseStatus(this.status()));
  protected readonly chosenTag = computed(() => this.tag() ?? '');

  protected readonly all = computed(() => {
    const hosts = this.store.hosts();
    return hosts === null ? null : [...hosts.values()];
  });
  protected readonly tags = computed(() => tagsInUse(this.all() ?? []));
  protected readonly shown = computed(() =>
    fleetView(this.all() ?? [], {
      search: this.search(),
      status: this.chosenStatus(),
      tag: this.chosenTag() === '' ? null : this.chosenTag(),
    }),
  );

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
  }

  protected setSearch(text: string): void {
    this.setQuery({ q: text === '' ? null : text });
  }

  protected setStatus(status: HostStatus | null): void {
    this.setQuery({ status });
  }

  protected setTag(tag: string): void {
    this.setQuery({ tag: tag === '' ? null : tag });
  }

  protected showAll(): void {
    this.setQuery({ q: null, status: null, tag: null });
  }

  protected async addHost(): Promise<void> {
    const { AddHostDialog } = await import('./add-host-dialog');
    const size = { width: '560px', maxWidth: 'calc(100vw - 32px)' };
    this.dialog.open(AddHostDialog, Object.assign(new MatDialogConfig(), size));
  }

  protected async export(): Promise<void> {
    const all = this.all() ?? [];
    const [dialog, { fleetOffer }] = await Promise.all([
      import('../export/export-dialog'),
      import('./fleet-offer'),
    ]);
    const size = { width: '600px', maxWidth: 'calc(100vw - 32px)' };
    const config = Object.assign(new MatDialogConfig<ExportOffer>(), size);
    config.data = fleetOffer(all, this.shown(), this.clock.now());
    this.dialog.open<ExportDialog, ExportOffer>(dialog.ExportDialog, config);
  }

  protected keyPressed(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select') !== null)
      return;
    event.preventDefault();
    this.searchField()?.nativeElement.focus();
  }

  private setQuery(change: Record<string, string | null>): void {
    void this.router.navigate([], {
      queryParams: change,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
