import { Counters, share } from './counters';

describe('counters', () => {
  it('know no difference at the first reading', () => {
    const counters = new Counters();
    counters.begin(0);
    expect(counters.perSecond('a', 5)).toBeNull();
    expect(counters.elapsed).toBeNull();
  });

  it('give the growth per second', () => {
    const counters = new Counters();
    counters.begin(1000);
    counters.delta('a', 5);
    counters.begin(3000);
    expect(counters.perSecond('a', 25)).toBe(10);
    expect(counters.elapsed).toBe(2000);
  });

  it.each([
    ['went back', 4],
    ['is not a number', Number.NaN],
    ['is not there', null],
  ])('give unknown for one that %s', (_, value) => {
    const counters = new Counters();
    counters.begin(0);
    counters.delta('a', 5);
    counters.begin(1000);
    expect(counters.perSecond('a', value)).toBeNull();
  });

  it('forget one that a reading left out', () => {
    const counters = new Counters();
    counters.begin(0);
    counters.delta('a', 5);
    counters.begin(1000);
    counters.begin(2000);
    expect(counters.perSecond('a', 1_000_000)).toBeNull();
  });

  it('of a thing are told apart by place, and are forgotten with it', () => {
    const counters = new Counters();
    const read = (now: number, value: number, isThere = true) => {
      counters.begin(now);
      if (!isThere) return null;
      const disk = counters.group('sda');
      return [disk.delta(0, value), disk.perSecond(7, value * 2), disk.delta(3, null)];
    };
    expect(read(1_000, 5)).toEqual([null, null, null]);
    expect(read(3_000, 9)).toEqual([4, 4, null]);
    expect(read(5_000, 8)).toEqual([null, null, null]);
    expect(read(7_000, 10)).toEqual([2, 2, null]);
    read(9_000, 11, false);
    expect(read(11_000, 12)).toEqual([null, null, null]);
  });

  it('do not divide by no time', () => {
    const counters = new Counters();
    counters.begin(1000);
    counters.delta('a', 5);
    counters.begin(1000);
    expect(counters.perSecond('a', 6)).toBeNull();
  });
});

describe('a share', () => {
  it('is in percent and never above 100', () => {
    expect(share(1, 4)).toBe(25);
    expect(share(5, 4)).toBe(100);
  });

  it('is unknown without a whole', () => {
    expect(share(0, 0)).toBeNull();
    expect(share(null, 4)).toBeNull();
    expect(share(1, null)).toBeNull();
  });
});
