/** Rows kept ready above and below what is seen. */
const SPARE = 8;

/** Which rows of a long list exist; the end is not included. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** The rows near what is seen of a list of `count` rows, each `rowHeight` px high. */
export function rowWindow(
  count: number,
  rowHeight: number,
  { top, height }: { readonly top: number; readonly height: number },
): RowWindow {
  const clamp = (row: number) => Math.min(Math.max(0, row), count);
  return {
    first: clamp(Math.floor(top / rowHeight) - SPARE),
    end: clamp(Math.ceil((top + height) / rowHeight) + SPARE),
  };
}
