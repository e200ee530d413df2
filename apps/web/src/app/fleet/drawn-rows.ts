import { computed, type Signal } from '@angular/core';
import type { HostGroup } from './fleet-order';
import {
  layOutRows,
  type Place,
  rowWindow,
  type RowSizes,
  type RowWindow,
  type Viewport,
} from './row-layout';

/** The part of a list that exists in the page. */
export interface DrawnRows {
  readonly window: Signal<RowWindow>;
  readonly places: Signal<readonly Place[]>;
}

/** What a list of hosts is laid out from. */
export interface RowSource {
  readonly groups: Signal<readonly HostGroup[]>;
  readonly sizes: Signal<RowSizes>;
  readonly viewport: Signal<Viewport>;
}

/** Draws the rows near what is seen; scrolling within them changes nothing. */
export function drawRows({ groups, sizes, viewport }: RowSource): DrawnRows {
  const steady = computed(sizes, {
    equal: (a, b) => a.columns === b.columns && a.height === b.height && a.heading === b.heading,
  });
  const rows = computed(() => layOutRows(groups(), steady()));
  const window = computed(() => rowWindow(rows(), viewport()), {
    equal: (a, b) =>
      a.first === b.first && a.end === b.end && a.before === b.before && a.after === b.after,
  });
  const places = computed(() => {
    const { first, end } = window();
    return rows()
      .slice(first, end)
      .flatMap((row) => row.places);
  });
  return { window, places };
}
