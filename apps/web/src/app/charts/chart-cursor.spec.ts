import { cursorWords, moveCursor } from './chart-cursor';
import type { ChartPicture } from './line-chart-option';

/** Two minutes with a sample every ten seconds, and none in the second minute but the last. */
const PICTURE: ChartPicture = {
  unit: 'percent',
  scale: { max: 100, interval: 25 },
  from: 0,
  to: 120_000,
  step: null,
  stacked: false,
  lines: [
    {
      key: 'cpu.busy',
      label: 'Busy',
      colour: 'red',
      band: [],
      points: [
        ...Array.from({ length: 7 }, (_, index): [number, number] => [10_000 * index, index]),
        [120_000, 99.5],
      ],
    },
  ],
};
const DENSE: ChartPicture = {
  ...PICTURE,
  lines: PICTURE.lines.map((line) => ({
    ...line,
    points: Array.from({ length: 1_200 }, (_, index): [number, number] => [100 * index, index]),
  })),
};

describe('the cursor of the keyboard', () => {
  it('goes through gaps, and not slower than a hundred presses through many points', () => {
    expect(moveCursor(PICTURE, 60_000, 'ArrowRight')).toBe(61_000);
    expect(moveCursor(PICTURE, 59_000, 'ArrowRight')).toBe(60_000);
    expect(moveCursor(DENSE, 50_000, 'ArrowRight')).toBe(51_000);
    expect(moveCursor(DENSE, 50_050, 'ArrowLeft')).toBe(49_000);
  });

  it('stays in the picture and knows its ends', () => {
    expect(moveCursor(PICTURE, 120_000, 'ArrowRight')).toBe(120_000);
    expect(moveCursor(PICTURE, 5_000, 'PageDown')).toBe(0);
    expect(moveCursor(PICTURE, 5_000, 'End')).toBe(120_000);
    expect(moveCursor(PICTURE, 5_000, 'Home')).toBe(0);
    expect(moveCursor(PICTURE, 5_000, 'x')).toBeNull();
  });

  it('says what stands there, and that nothing is known in a gap', () => {
    expect(cursorWords(PICTURE, 30_400)).toMatch(/: Busy 3\.000?\s%|: Busy 3\.0\s%/);
    expect(cursorWords(PICTURE, 90_000)).toMatch(/: nothing known$/);
  });
});
