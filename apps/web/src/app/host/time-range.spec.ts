import { changeWindow, LEAST_SPAN, parseWindow, windowBetween } from './time-range';

describe('a part of time', () => {
  it('in the address is taken as it is, and nothing else', () => {
    expect(parseWindow('1700000000000', '1700000060000')).toEqual({
      from: 1_700_000_000_000,
      to: 1_700_000_060_000,
    });
    for (const [from, to] of [
      [undefined, '1700000060000'],
      ['1700000060000', '1700000000000'],
      ['1', '2'],
      ['-1700000000000', '1700000060000'],
      ['1e3', '1700000060000'],
      ['0', '999999999999999'],
      ['<img>', 'NaN'],
    ]) {
      expect(parseWindow(from, to)).toBeNull();
    }
  });

  it('is drawn in either direction, in whole ms, and long enough to hold a sample', () => {
    expect(windowBetween(90_000.4, 20_000.6)).toEqual({ from: 20_000, to: 90_001 });
    const short = windowBetween(50_000, 50_010);
    expect(short.to - short.from).toBe(LEAST_SPAN);
    expect((short.from + short.to) / 2).toBe(50_005);
  });

  it('is halved, doubled and moved, never into the future', () => {
    const window = { from: 200_000, to: 400_000 };
    expect(changeWindow(window, 'in', 1e6)).toEqual({ from: 250_000, to: 350_000 });
    expect(changeWindow(window, 'out', 1e6)).toEqual({ from: 100_000, to: 500_000 });
    expect(changeWindow(window, 'earlier', 1e6)).toEqual({ from: 100_000, to: 300_000 });
    expect(changeWindow(window, 'later', 1e6)).toEqual({ from: 300_000, to: 500_000 });
    expect(changeWindow(window, 'later', 450_000)).toEqual({ from: 250_000, to: 450_000 });
    expect(changeWindow(window, 'out', 400_000)).toEqual({ from: 0, to: 400_000 });
  });
});
