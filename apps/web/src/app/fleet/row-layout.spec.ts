import { columnsIn, layOutRows, rowWindow } from './row-layout';

const CARDS = { least: 280, preferred: 320, gap: 12 };
const ids = (count: number, prefix = '') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('the rows of the fleet', () => {
  it.each([
    [358, 1],
    [620, 2],
    [1_392, 4],
    [3_792, 11],
  ])('of %d px have %d columns of 280 to 360 px', (width, columns) => {
    expect(columnsIn(width, CARDS)).toBe(columns);
    const card = (width - (columns - 1) * 12) / columns;
    expect(card).toBeGreaterThanOrEqual(280);
    expect(card).toBeLessThanOrEqual(360);
  });

  it('are a screenful of a thousand hosts, wherever the page is scrolled to', () => {
    const rows = layOutRows([{ label: null, ids: ids(1_000) }], {
      columns: 4,
      height: 310,
      heading: 48,
    });
    const total = 250 * 310;
    for (const scrolled of [0, 5_000, 40_000, 76_000]) {
      const { first, end, before, after } = rowWindow(rows, {
        width: 1_392,
        height: 900,
        top: 100 - scrolled,
      });
      const drawn = rows.slice(first, end);
      expect(drawn.length).toBeLessThan(8);
      expect(before + after + drawn.length * 310).toBe(total);
      const seen = rows.filter(
        ({ top, bottom }) => bottom > scrolled - 100 && top < scrolled - 100 + 900,
      );
      expect(drawn).toEqual(expect.arrayContaining(seen));
    }
  });

  it('begin anew under the heading of each group', () => {
    const rows = layOutRows(
      [
        { label: 'oslo', ids: ids(3, 'o') },
        { label: '', ids: ids(1, 'w') },
      ],
      { columns: 2, height: 100, heading: 40 },
    );
    expect(rows.map(({ places }) => places.map(({ hostId }) => hostId))).toEqual([
      [null],
      ['o0', 'o1'],
      ['o2'],
      [null],
      ['w0'],
    ]);
    expect(rows.at(-1)).toMatchObject({ top: 280, bottom: 380 });
    expect(rows.flatMap(({ places }) => places).at(-1)?.index).toBe(3);
  });

  it('are none where there is nothing', () => {
    const nothing = rowWindow([], { width: 100, height: 100, top: 0 });
    expect(nothing).toEqual({ first: 0, end: 0, before: 0, after: 0 });
  });
});
