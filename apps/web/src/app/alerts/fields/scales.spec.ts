import { fittingScale, parseNumber, scalesOf, TIME_SCALES } from './scales';

describe('the unit a number is typed in', () => {
  it.each([
    [90_000, 's'],
    [120_000, 'min'],
    [7_200_000, 'h'],
    [86_400_000, 'd'],
    [0, 's'],
  ])('of %i ms is the largest that leaves it whole', (value, name) => {
    expect(fittingScale(TIME_SCALES, value).name).toBe(name);
  });

  it('is one people count sizes in', () => {
    expect(fittingScale(scalesOf('bytes'), 5 * 1_024 ** 3).name).toBe('GiB');
    expect(fittingScale(scalesOf('bytes_per_second'), 12_000_000).name).toBe('MB/s');
    expect(scalesOf('percent')).toEqual([{ name: '%', size: 1 }]);
  });
});

describe('a typed number', () => {
  it.each([
    ['12', 12],
    [' 1,5 ', 1.5],
    ['-3', -3],
    ['', null],
    ['many', null],
    ['1e999', null],
  ])('%p is read as %p', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});
