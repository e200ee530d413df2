import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { drawRows } from './drawn-rows';
import { FleetDisplay } from './fleet-display';
import type { HostGroup } from './fleet-order';
import type { FleetHost } from './fleet-store';
import { GroupHeading, HEADING_HEIGHT } from './group-heading';
import { HostCardView } from './host-card';
import { PageViewport } from './page-viewport';
import { columnsIn, type RowSizes } from './row-layout';

/** Gap between two cards, px; the style sheet agrees. */
const GAP = 12;

/** Cards in as many columns as fit; only those near what is seen exist. */
@Component({
  selector: 'hd-card-grid',
  imports: [GroupHeading, HostCardView],
  providers: [PageViewport],
  template: `
    <ul
      [attr.data-columns]="sizes().columns"
      [style.grid-template-columns]="'repeat(' + sizes().columns + ', minmax(0, 1fr))'"
      [style.padding-top.px]="drawn.window().before"
      [style.padding-bottom.px]="drawn.window().after"
    >
      @for (place of drawn.places(); track place.key) {
        @if (place.hostId === null) {
          <li class="heading"><hd-group-heading [group]="place.group" /></li>
        } @else if (hosts().get(place.hostId ?? ''); as host) {
          <li [style.height.px]="display.cardHeight()">
            <hd-host-card [host]="host" [index]="place.index" />
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
      gap: 12px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      min-width: 0;
    }
    .heading {
      grid-column: 1 / -1;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CardGrid {
  protected readonly display = inject(FleetDisplay);
  private readonly viewport = inject(PageViewport).viewport;

  readonly groups = input.required<readonly HostGroup[]>();
  readonly hosts = input.required<ReadonlyMap<string, FleetHost>>();

  protected readonly sizes = computed((): RowSizes => {
    const { least, preferred } = this.display.measures();
    return {
      columns: columnsIn(this.viewport().width, { least, preferred, gap: GAP }),
      height: this.display.cardHeight() + GAP,
      heading: HEADING_HEIGHT + GAP,
    };
  });
  protected readonly drawn = drawRows({
    groups: this.groups,
    sizes: this.sizes,
    viewport: this.viewport,
  });
}
