import type { Column } from '../history/history-store';

/** What several series have at one time: `null` is unknown, `undefined` means the series has nothing then. */
export interface Row {
  readonly at: number;
  readonly cells: readonly (number | null | undefined)[];
}

/**
 * Lays columns side by side, by time. Two values of one series at the same time (a clock that was set back) become two rows: nothing
 * is dropped.
 *
 * @param columns each ascending in time; `undefined` for one without values
 */
export function* rowsOf(columns: readonly (Column | undefined)[]): Generator<Row> {
  const places = columns.map(() => 0);
  for (;;) {
    let at = Infinity;
    columns.forEach((column, index) => {
      at = Math.min(at, column?.times[places[index] ?? 0] ?? Infinity);
    });
    if (at === Infinity) return;
    const cells = columns.map((column, index) => {
      const place = places[index] ?? 0;
      if (column?.times[place] !== at) return undefined;
      places[index] = place + 1;
      return column.values[place] ?? null;
    });
    yield { at, cells };
  }
}
