import { exactQuantity, formatBytes, formatExact, formatValue, quantity } from './quantity';

const NBSP = '\u00a0';

describe('a value on a card', () => {
  it.each([
    ['percent', 0, '0.0 %'],
    ['percent', 12.4, '12.4 %'],
    ['percent', 99.94, '99.9 %'],
    ['percent', 100, '100 %'],
    ['bytes', 0, '0 B'],
    ['bytes', 999, '999 B'],
    ['bytes', 1_000, '0.98 KiB'],
    ['bytes', 3.1 * 1_024 ** 3, '3.10 GiB'],
    ['bytes', 512 * 1_024 ** 4, '512 TiB'],
    ['bytes_per_second', 812_000_000, '812 MB/s'],
    ['bytes_per_second', 999_499, '999 kB/s'],
    ['bytes_per_second', 999_500, '1.00 MB/s'],
    ['per_second', 3.25, '3.25 /s'],
    ['load', 0.42, '0.42'],
    ['load', 29.59, '29.6'],
    ['count', 12_345, '12,345'],
    ['seconds', 3_723, '1 h 2 min'],
    ['milliseconds', 4.2, '4.20 ms'],
    ['celsius', 61.5, '61.5 °C'],
    ['seconds', 0.0125, '12.5 ms'],
    ['volts', 12.18, '12.2 V'],
    ['hertz', 3_400_000_000, '3.40 GHz'],
    ['bits_per_second', 1_000_000_000, '1.00 Gbit/s'],
    ['flag', 1, '1'],
    ['flag', 0.5, '0.5'],
    ['number', 0.000_412_5, '0.000413'],
    ['number', 1_234_567.8, '1,234,568'],
  ] as const)('of %s %d is written %s', (unit, value, text) => {
    expect(formatValue(unit, value)).toBe(
      text
        .replaceAll(' ', unit === 'seconds' ? ' ' : NBSP)
        .replace(/(\d) (h|min|ms)/g, `$1${NBSP}$2`),
    );
  });

  it('never takes more than three digits, so that it never jumps in width', () => {
    for (let power = 0; power < 15; power += 1) {
      for (const digits of [1, 1.234, 9.994, 9.999, 99.94, 99.99, 123.4, 999.4, 999.6]) {
        for (const unit of ['bytes', 'bytes_per_second'] as const) {
          const { value } = quantity(unit, digits * 10 ** power);
          expect(value.replace('.', '').length).toBeLessThanOrEqual(3);
        }
      }
    }
  });

  it('that is unknown is a dash, never 0', () => {
    expect(quantity('percent', null)).toEqual({ value: '–', unit: '' });
    expect(exactQuantity('bytes', null)).toEqual({ value: '–', unit: '' });
    expect(formatBytes(null)).toBe('–');
  });
});

describe('a value under the cursor', () => {
  it('is as exact as it is stored', () => {
    expect(formatExact('percent', 12.4)).toBe(`12.4${NBSP}%`);
    expect(formatExact('percent', 99.97)).toBe(`100.0${NBSP}%`);
    expect(formatExact('bytes', 3_326_115_840)).toBe(`3.098${NBSP}GiB`);
    expect(formatExact('load', 0.427)).toBe('0.427');
  });

  it('counts every byte where bytes are asked for', () => {
    expect(formatBytes(3_221_225_472)).toBe(`3,221,225,472${NBSP}B`);
  });
});
