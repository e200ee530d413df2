/** What cells have to fit into, and how small they may be, px. */
export interface WallRoom {
  readonly width: number;
  readonly height: number;
  readonly least: number;
  readonly gap: number;
  /** Height of a cell of the least width. */
  readonly cellHeight: number;
}

/** A cell is at most so many times as large as the smallest: on a desk, and more where the screen is wider. */
const MOST_SCALE = 4;
const WIDTH_OF_SCALE = 360;

/** The largest cells of one shape with which groups of so many hosts fit into a room; `null` when not even the smallest do. */
export function largestCells(
  groups: readonly number[],
  { width, height, least, gap, cellHeight }: WallRoom,
): { readonly columns: number; readonly height: number } | null {
  const most = Math.floor((width + gap) / (least + gap));
  const mostScale = Math.max(MOST_SCALE, width / WIDTH_OF_SCALE);
  for (let columns = 1; columns <= most; columns += 1) {
    const cell = (width - (columns - 1) * gap) / columns;
    const scale = Math.min(mostScale, cell / least);
    const rows = groups.reduce((sum, count) => sum + Math.ceil(count / columns), 0);
    const tall = Math.floor(cellHeight * scale);
    if (cell / least <= mostScale * 1.5 && rows * (tall + gap) <= height) {
      return { columns, height: tall };
    }
  }
  return null;
}
