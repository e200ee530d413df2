/** Height of a card and the gap between two, px; the style sheets of card and grid agree with them. */
export const CARD_HEIGHT = 298;
export const CARD_GAP = 12;
/** Narrowest and preferred width of a card, px. */
const LEAST_WIDTH = 280;
const PREFERRED_WIDTH = 320;
/** Rows kept ready above and below what is seen, for scrolling and for the next press of Tab. */
const SPARE_ROWS = 2;

/** What of the page is seen, px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** Upper edge of the grid, from the upper edge of the window. */
  readonly top: number;
}

/** Which cards are drawn and how much room the others leave, px. */
export interface CardWindow {
  readonly columns: number;
  readonly first: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Picks the rows of cards near what is seen: a thousand hosts cost no more than a screenful. */
export function cardWindow(count: number, { width, height, top }: Viewport): CardWindow {
  const columns = Math.max(
    1,
    Math.min(
      Math.floor((width + CARD_GAP) / (LEAST_WIDTH + CARD_GAP)),
      Math.round((width + CARD_GAP) / (PREFERRED_WIDTH + CARD_GAP)),
    ),
  );
  const rows = Math.ceil(count / columns);
  const stride = CARD_HEIGHT + CARD_GAP;
  const firstRow = clamp(Math.floor(-top / stride) - SPARE_ROWS, rows);
  const endRow = clamp(Math.ceil((height - top) / stride) + SPARE_ROWS, rows);
  return {
    columns,
    first: firstRow * columns,
    end: Math.min(count, endRow * columns),
    before: firstRow * stride,
    after: (rows - endRow) * stride,
  };
}

function clamp(row: number, rows: number): number {
  return Math.min(Math.max(0, row), rows);
}
