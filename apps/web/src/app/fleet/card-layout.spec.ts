import { CARD_GAP, CARD_HEIGHT, cardWindow } from './card-layout';

const STRIDE = CARD_HEIGHT + CARD_GAP;

describe('the window on the cards', () => {
  it.each([
    [358, 1],
    [620, 2],
    [1_392, 4],
    [3_792, 11],
  ])('of %d px has %d columns of 280 to 360 px', (width, columns) => {
    const window = cardWindow(1_000, { width, height: 900, top: 100 });
    expect(window.columns).toBe(columns);
    const card = (width - (columns - 1) * CARD_GAP) / columns;
    expect(card).toBeGreaterThanOrEqual(280);
    expect(card).toBeLessThanOrEqual(360);
  });

  it('draws a screenful of a thousand, wherever it is scrolled to', () => {
    for (const scrolled of [0, 5_000, 40_000, 70_000]) {
      const { first, end, before, after, columns } = cardWindow(1_000, {
        width: 1_392,
        height: 900,
        top: 100 - scrolled,
      });
      expect(end - first).toBeLessThanOrEqual(8 * columns);
      expect(end).toBeGreaterThan(first);
      const rows = Math.ceil((end - first) / columns);
      expect(before + after + rows * STRIDE).toBe(Math.ceil(1_000 / columns) * STRIDE);
    }
  });

  it('draws everything where everything fits', () => {
    expect(cardWindow(3, { width: 1_392, height: 900, top: 100 })).toMatchObject({
      first: 0,
      end: 3,
      before: 0,
      after: 0,
    });
  });
});
