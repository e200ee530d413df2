import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { Icon } from '../icons/icon';
import { CARD_METRICS, CARD_SIZES, FleetDisplay } from './fleet-display';
import { tagKeys } from './fleet-order';
import {
  EVERY_TAG,
  type FleetQuery,
  isDescendingFirst,
  LAYOUTS,
  SORT_KEYS,
  WALL_METRICS,
} from './fleet-query';
import { FLEET_TEXTS } from './fleet.texts';

const TEXTS = FLEET_TEXTS;
const LAYOUT_ICONS = { cards: 'cards', table: 'rows', wall: 'wall' } as const;

/** Search, filters, order and layout of the fleet. */
@Component({
  selector: 'hd-fleet-tools',
  imports: [Icon, MatMenuModule],
  templateUrl: './fleet-tools.html',
  styleUrl: './fleet-tools.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FleetTools {
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('searchField');
  protected readonly display = inject(FleetDisplay);

  readonly query = input.required<FleetQuery>();
  /** Every tag in use. */
  readonly tags = input.required<readonly string[]>();
  readonly changed = output<Partial<FleetQuery>>();

  protected readonly texts = TEXTS;
  protected readonly icons = LAYOUT_ICONS;
  protected readonly layouts = LAYOUTS;
  protected readonly sortKeys = SORT_KEYS;
  protected readonly wallMetrics = WALL_METRICS;
  protected readonly sizes = CARD_SIZES;
  protected readonly metrics = CARD_METRICS;
  protected readonly direction = computed(() =>
    this.query().descending ? 'descending' : 'ascending',
  );
  protected readonly otherTags = computed(() => {
    const chosen = this.query().tags;
    return this.tags().filter((tag) => !chosen.includes(tag));
  });
  protected readonly groups = computed(() => [
    { key: '', label: TEXTS.groups.none },
    { key: EVERY_TAG, label: TEXTS.groups.every },
    ...tagKeys(this.tags()).map((key) => ({ key, label: TEXTS.groups.by(key) })),
  ]);

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    const { nativeElement: field } = this.searchField();
    field.focus();
    field.select();
  }

  protected addTag(tag: string): void {
    if (tag !== '') this.changed.emit({ tags: [...this.query().tags, tag] });
  }

  protected removeTag(tag: string): void {
    this.changed.emit({ tags: this.query().tags.filter((one) => one !== tag) });
  }

  protected sortBy(text: string): void {
    const sort = SORT_KEYS.find((key) => key === text);
    if (sort !== undefined) this.changed.emit({ sort, descending: isDescendingFirst(sort) });
  }

  protected colourBy(text: string): void {
    const wall = WALL_METRICS.find((metric) => metric === text);
    if (wall !== undefined) this.changed.emit({ wall });
  }
}
