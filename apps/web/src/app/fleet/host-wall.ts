import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { drawRows } from './drawn-rows';
import type { HostGroup } from './fleet-order';
import type { WallMetric } from './fleet-query';
import type { FleetHost } from './fleet-store';
import { GroupHeading, HEADING_HEIGHT } from './group-heading';
import { PageViewport } from './page-viewport';
import { columnsIn } from './row-layout';
import { WallCell } from './wall-cell';
import { largestCells } from './wall-fit';
import { wallTop } from './wall-heat';

/** Sizes of a cell and the gap between two, px. */
const CELL = { least: 92, preferred: 108, gap: 4 };
const CELL_HEIGHT = 52;
/** Room below a wall that fills the screen, px. */
const MARGIN = 24;

/** One small cell a host, coloured by one value: a thousand fit on a large screen. */
@Component({
  selector: 'hd-host-wall',
  imports: [GroupHeading, WallCell],
  providers: [PageViewport],
  template: `
    <ul
      [attr.data-columns]="cells().columns"
      [style.--scale]="cells().height / cellHeight"
      [style.grid-template-columns]="'repeat(' + cells().columns + ', minmax(0, 1fr))'"
      [style.padding-top.px]="drawn.window().before"
      [style.padding-bottom.px]="drawn.window().after"
    >
      @for (place of drawn.places(); track place.key) {
        @if (place.hostId === null) {
          <li class="heading"><hd-group-heading [group]="place.group" /></li>
        } @else if (hosts().get(place.hostId ?? ''); as host) {
          <li [style.height.px]="cells().height">
            <hd-wall-cell [host]="host" [index]="place.index" [metric]="metric()" [top]="top()" />
          </li>
        }
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
    }
    ul {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      min-width: 0;
    }
    .heading {
      grid-column: 1 / -1;
      height: 36px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostWall {
  private readonly viewport = inject(PageViewport).viewport;

  readonly groups = input.required<readonly HostGroup[]>();
  readonly hosts = input.required<ReadonlyMap<string, FleetHost>>();
  readonly metric = input.required<WallMetric>();

  /** Whether the cells grow until they fill the screen. */
  readonly fill = input(false);

  protected readonly cellHeight = CELL_HEIGHT;
  protected readonly cells = computed(() => {
    const { width, height, top } = this.viewport();
    const least = { columns: columnsIn(width, CELL), height: CELL_HEIGHT };
    // A page that is scrolled has more hosts than the screen has room for.
    if (!this.fill() || top < 0) return least;
    const counts = this.groups().map(({ ids }) => ids.length);
    const headings = this.groups().filter(({ label }) => label !== null).length;
    const room = height - top - MARGIN - headings * (HEADING_HEIGHT + CELL.gap);
    return largestCells(counts, { width, height: room, ...CELL, cellHeight: CELL_HEIGHT }) ?? least;
  });
  /** The value that has the strongest colour. */
  protected readonly top = computed(() => wallTop(this.hosts().values(), this.metric()));
  protected readonly drawn = drawRows({
    groups: this.groups,
    sizes: computed(() => ({
      columns: this.cells().columns,
      height: this.cells().height + CELL.gap,
      heading: HEADING_HEIGHT + CELL.gap,
    })),
    viewport: this.viewport,
  });
}
