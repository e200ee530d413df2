import type { HostGroup } from './fleet-order';

/** A place in the list: a host, or the heading of a group. */
export interface Place {
  /** The same as long as it is the same host in the same group. */
  readonly key: string;
  readonly group: HostGroup;
  /** `null` for a heading. */
  readonly hostId: string | null;
  /** Position among the hosts of all groups, from 0; of a heading that of its first host. */
  readonly index: number;
}

/** Places side by side; edges in px from the start of the list. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
  readonly places: readonly Place[];
}

/** Sizes of rows, px; `height` and `heading` include the gap below. */
export interface RowSizes {
  readonly columns: number;
  readonly height: number;
  readonly heading: number;
}

/** What of the page is seen, px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** Upper edge of the list, from the upper edge of the window. */
  readonly top: number;
}

/** Which rows are drawn, and how much room the others leave above and below, px. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Room kept drawn above and below what is seen, for scrolling and for the next press of Tab, px. */
const SPARE = 400;

/** Puts groups one below the other, each under its heading unless the fleet is not grouped. */
export function layOutRows(groups: readonly HostGroup[], sizes: RowSizes): readonly Row[] {
  const rows: Row[] = [];
  let top = 0;
  let index = 0;
  const push = (height: number, places: readonly Place[]) => {
    rows.push({ top, bottom: top + height, places });
    top += height;
  };
  for (const group of groups) {
    const place = (hostId: string | null, position: number): Place => ({
      key: `${group.label ?? ''}/${hostId ?? ''}`,
      group,
      hostId,
      index: position,
    });
    if (group.label !== null) push(sizes.heading, [place(null, index)]);
    for (let first = 0; first < group.ids.length; first += sizes.columns) {
      const ids = group.ids.slice(first, first + sizes.columns);
      push(
        sizes.height,
        ids.map((id, offset) => place(id, index + offset)),
      );
      index += ids.length;
    }
  }
  return rows;
}

/** Picks the rows near what is seen: a thousand hosts cost no more than a screenful. */
export function rowWindow(rows: readonly Row[], { height, top }: Viewport): RowWindow {
  const from = -top - SPARE;
  const to = height - top + SPARE;
  const total = rows.at(-1)?.bottom ?? 0;
  const first = firstWhere(rows, ({ bottom }) => bottom > from);
  const end = Math.max(
    first,
    firstWhere(rows, (row) => row.top >= to),
  );
  const before = rows[first]?.top ?? total;
  return { first, end, before, after: total - (rows[end - 1]?.bottom ?? before) };
}

/** How many columns of at least `least` px fit, of those the number that comes closest to `preferred`. */
export function columnsIn(
  width: number,
  { least, preferred, gap }: { least: number; preferred: number; gap: number },
): number {
  const most = Math.floor((width + gap) / (least + gap));
  return Math.max(1, Math.min(most, Math.round((width + gap) / (preferred + gap))));
}

/** Position of the first row for which `holds` is true, given that it holds for every one after it. */
function firstWhere(rows: readonly Row[], holds: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && holds(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
