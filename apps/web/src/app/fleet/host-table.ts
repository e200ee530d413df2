import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Icon } from '../icons/icon';
import { drawRows } from './drawn-rows';
import type { HostGroup } from './fleet-order';
import { type FleetQuery, isDescendingFirst, type SortKey } from './fleet-query';
import type { FleetHost } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { GroupHeading, HEADING_HEIGHT } from './group-heading';
import { HostRow } from './host-row';
import { PageViewport } from './page-viewport';

/** Height of a row, px; the style sheet agrees. */
const ROW_HEIGHT = 36;

/** The columns, each sorted by at a press on its head. */
const COLUMNS = [
  'name',
  'state',
  'cpu',
  'memory',
  'disk',
  'receive',
  'transmit',
  'load',
  'uptime',
  'age',
  'clock',
] as const satisfies readonly SortKey[];

/** One line a host; only those near what is seen exist. */
@Component({
  selector: 'hd-host-table',
  imports: [GroupHeading, HostRow, Icon],
  providers: [PageViewport],
  templateUrl: './host-table.html',
  styleUrl: './host-table.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostTable {
  readonly groups = input.required<readonly HostGroup[]>();
  readonly hosts = input.required<ReadonlyMap<string, FleetHost>>();
  readonly query = input.required<FleetQuery>();
  readonly changed = output<Pick<FleetQuery, 'sort' | 'descending'>>();

  protected readonly texts = FLEET_TEXTS;
  protected readonly columns = COLUMNS;
  protected readonly total = computed(() =>
    this.groups().reduce((sum, { ids }) => sum + ids.length, 0),
  );
  protected readonly drawn = drawRows({
    groups: this.groups,
    sizes: computed(() => ({ columns: 1, height: ROW_HEIGHT, heading: HEADING_HEIGHT })),
    viewport: inject(PageViewport).viewport,
  });

  protected sortBy(sort: SortKey): void {
    const { sort: now, descending } = this.query();
    this.changed.emit({ sort, descending: sort === now ? !descending : isDescendingFirst(sort) });
  }
}
