import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  input,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { WallAlarm } from '../alerts/alarm/wall-alarm';
import type { ExportDialog, ExportOffer } from '../export/export-dialog';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import { Shortcuts } from '../shell/shortcuts';
import { CardGrid } from './card-grid';
import { CardSkeletons } from './card-skeletons';
import { arrangeFleet, type HostGroup, tagsInUse } from './fleet-order';
import {
  type FleetLayout,
  type FleetQuery,
  parseFleetQuery,
  type SortKey,
  toParameters,
} from './fleet-query';
import { type FleetHost, FleetStore } from './fleet-store';
import { FleetSummary } from './fleet-summary';
import { FleetTools } from './fleet-tools';
import { FLEET_TEXTS } from './fleet.texts';
import { HostTable } from './host-table';
import { HostWall } from './host-wall';
import { walkPlaces } from './place-walk';

/** An order by values that change is brought up to date this often, ms: sooner nobody could read or press what moves. */
const SORT_EVERY = 4_000;
/** Orders that change with no value: what they go by is in the arrangement of the store. */
const STEADY: ReadonlySet<SortKey> = new Set(['state', 'name']);

/** Keys that choose a layout. */
const LAYOUT_KEYS: Readonly<Record<string, FleetLayout>> = { g: 'cards', t: 'table', w: 'wall' };

const LIKE_LISTS = {
  equal: (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((text, place) => text === b[place]),
};

/** All hosts, the worst first unless asked otherwise. What is shown and how lives in the address, so that a view can be sent to somebody. */
@Component({
  selector: 'hd-fleet-page',
  imports: [
    CardGrid,
    CardSkeletons,
    EmptyState,
    FleetSummary,
    FleetTools,
    HostTable,
    HostWall,
    Icon,
    MatButtonModule,
    WallAlarm,
  ],
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
  private readonly shortcuts = inject(Shortcuts);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly tools = viewChild(FleetTools);

  /** Query parameters; see `FleetParameters`. */
  readonly q = input<string>();
  readonly status = input<string>();
  readonly tag = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();
  readonly group = input<string>();
  readonly view = input<string>();
  readonly metric = input<string>();
  readonly kiosk = input<string>();

  protected readonly texts = FLEET_TEXTS;
  private readonly session = inject(Session);
  protected readonly mayAdd = this.session.mayChangeHosts;
  protected readonly mayShare = this.session.mayShare;
  /** Whether only the hosts are shown, as on a screen on a wall. */
  protected readonly isKiosk = computed(() => this.kiosk() !== undefined);
  protected readonly hosts = this.store.hosts;
  protected readonly query = computed(() =>
    parseFleetQuery({
      q: this.q(),
      status: this.status(),
      tag: this.tag(),
      sort: this.sort(),
      order: this.order(),
      group: this.group(),
      view: this.view(),
      metric: this.metric(),
    }),
  );
  protected readonly tags = computed(() => {
    this.store.arrangement();
    return tagsInUse(this.known());
  }, LIKE_LISTS);
  private readonly sortTick = computed(() => Math.floor(this.clock.now() / SORT_EVERY));
  protected readonly groups = computed((): readonly HostGroup[] => {
    const query = this.query();
    this.store.arrangement();
    if (!STEADY.has(query.sort)) this.sortTick();
    return arrangeFleet(this.known(), query);
  });
  /** Ids of the hosts shown, each once. */
  private readonly shownIds = computed(() => new Set(this.groups().flatMap(({ ids }) => ids)));
  protected readonly shown = computed(() => this.shownIds().size);

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
  }

  protected change(change: Partial<FleetQuery>): void {
    const before = this.query();
    void this.router.navigate([], {
      queryParams: toParameters(change, before),
      queryParamsHandling: 'merge',
      // The letters of one word are one step back, every other choice is one by itself.
      replaceUrl: change.search !== undefined && change.search !== '' && before.search !== '',
    });
  }

  protected showAll(): void {
    this.change({ search: '', status: null, tags: [] });
  }

  protected async addHost(): Promise<void> {
    const { AddHostDialog } = await import('./add-host-dialog');
    const size = { width: '560px', maxWidth: 'calc(100vw - 32px)' };
    this.dialog.open(AddHostDialog, Object.assign(new MatDialogConfig(), size));
  }

  protected async share(): Promise<void> {
    const { ShareDialog } = await import('../share/share-dialog');
    const size = { width: '600px', maxWidth: 'calc(100vw - 32px)', data: this.router.url };
    this.dialog.open(ShareDialog, Object.assign(new MatDialogConfig<string>(), size));
  }

  protected async export(): Promise<void> {
    const [dialog, { fleetOffer }] = await Promise.all([
      import('../export/export-dialog'),
      import('./fleet-offer'),
    ]);
    const size = { width: '600px', maxWidth: 'calc(100vw - 32px)' };
    const config = Object.assign(new MatDialogConfig<ExportOffer>(), size);
    config.data = fleetOffer(this.known().length, [...this.shownIds()], this.clock.now());
    this.dialog.open<ExportDialog, ExportOffer>(dialog.ExportDialog, config);
  }

  protected keyPressed(event: KeyboardEvent): void {
    if (!this.shortcuts.isMeant(event)) return;
    const layout = LAYOUT_KEYS[event.key];
    if (event.key === '/') this.tools()?.focusSearch();
    else if (layout !== undefined) this.change({ layout });
    else if (!walkPlaces(this.element.nativeElement, event.key)) return;
    event.preventDefault();
  }

  /** The hosts as they are now; what depends on them only in part says itself when it is to be looked at again. */
  private known(): readonly FleetHost[] {
    return [...(untracked(this.hosts)?.values() ?? [])];
  }
}
