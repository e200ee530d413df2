import { largestCells } from './wall-fit';

const CELLS = { least: 92, gap: 4, cellHeight: 52 };

describe('a wall that fills the screen', () => {
  it('has larger cells the fewer hosts there are, and all of them are seen', () => {
    const screen = { width: 3_792, height: 2_000, ...CELLS };
    const heights = [1_000, 300, 60, 4].map((count) => {
      const cells = largestCells([count], screen);
      if (cells === null) throw new Error(`expected ${count} hosts to fit`);
      expect(Math.ceil(count / cells.columns) * (cells.height + 4)).toBeLessThanOrEqual(2_000);
      return cells.height;
    });
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(heights[0]).toBeGreaterThanOrEqual(52);
    expect(heights.at(-1)).toBeGreaterThan(400);
    expect(heights.at(-1)).toBeLessThanOrEqual(548);
  });

  it('of more hosts than fit is none', () => {
    expect(largestCells([1_000], { width: 390, height: 700, ...CELLS })).toBeNull();
  });

  it('counts the rows of each group', () => {
    const room = { width: 400, height: 130, ...CELLS };
    expect(largestCells([4], room)).not.toBeNull();
    expect(largestCells([1, 1, 1, 1], room)).toBeNull();
  });
});
