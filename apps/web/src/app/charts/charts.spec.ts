import { axisScale } from './axis-scale';
import { linePoints } from './line-points';
import { statistics } from './statistics';

const GIB = 1_024 ** 3;

describe('the axis of a chart', () => {
  it.each([
    ['percent', 3, null, { max: 100, interval: 25 }],
    ['bytes', 1, 16 * GIB, { max: 16 * GIB, interval: 4 * GIB }],
    ['bytes', 1, 23.5 * GIB, { max: 23.5 * GIB, interval: 8 * GIB }],
    ['bytes', 3 * GIB, null, { max: 3 * GIB, interval: GIB }],
    ['bytes_per_second', 812e6, null, { max: 1e9, interval: 2.5e8 }],
    ['bytes_per_second', 0, null, { max: 1_000, interval: 250 }],
    ['load', 0.2, null, { max: 1, interval: 0.25 }],
    ['load', 7, null, { max: 8, interval: 2 }],
  ] as const)('of %s up to %d', (...[unit, top, whole, scale]) => {
    expect(axisScale(unit, top, whole)).toEqual(scale);
  });

  it('has room for the data and at most five lines, whatever comes', () => {
    for (let top = 0.001; top < 1e15; top *= 1.7) {
      for (const unit of ['bytes', 'bytes_per_second', 'load', 'per_second'] as const) {
        const { max, interval } = axisScale(unit, top, null);
        expect(max).toBeGreaterThanOrEqual(top * (1 - 1e-6));
        expect(max / interval).toBeLessThanOrEqual(4 + 1e-6);
      }
    }
  });
});

describe('the points of a line', () => {
  it('are broken where time is missing, and where a value is', () => {
    const data = { times: [0, 2, 4, 20, 22], values: [1, null, 3, 4, 5] };
    expect(linePoints(data, 0, 5)).toEqual([
      [0, 1],
      [2, null],
      [4, 3],
      [5, null],
      [20, 4],
      [22, 5],
    ]);
  });

  it('begin one before the left edge', () => {
    expect(linePoints({ times: [0, 2, 4, 6], values: [1, 2, 3, 4] }, 3, 5)).toEqual([
      [2, 2],
      [4, 3],
      [6, 4],
    ]);
  });
});

describe('the statistics of a line', () => {
  it('are of the time shown, and keep the peaks inside the steps', () => {
    const data = {
      times: [0, 10, 20, 30],
      values: [99, 10, 20, 30],
      lows: [99, 5, 20, 30],
      highs: [99, 10, 80, 30],
    };
    expect(statistics(data, { from: 10, to: 30 })).toEqual({ now: 30, min: 5, mean: 20, max: 80 });
  });

  it('of nothing are unknown', () => {
    const unknown = { now: null, min: null, mean: null, max: null };
    const data = { times: [0], values: [null], lows: [null], highs: [null] };
    expect(statistics(data, { from: 0, to: 10 })).toEqual(unknown);
    expect(statistics(data, { from: 5, to: 10 })).toEqual(unknown);
  });
});
