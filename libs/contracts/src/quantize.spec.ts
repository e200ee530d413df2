import { quantize } from './quantize';

describe('quantize', () => {
  it('rounds to a step below one without leaving binary dust', () => {
    expect(quantize('cpu.busy', 12.34)).toBe(12.3);
    expect(quantize('cpu.busy', 0.3)).toBe(0.3);
    expect(quantize('load.1', 1.005)).toBe(1);
    expect(quantize('load.1', 1.006)).toBe(1.01);
  });

  it('rounds to a step above one', () => {
    expect(quantize('memory.used', 4096 * 10 + 2047)).toBe(4096 * 10);
    expect(quantize('memory.used', 4096 * 10 + 2049)).toBe(4096 * 11);
  });

  it('keeps what it has rounded as it is', () => {
    for (let tenth = 0; tenth <= 1000; tenth += 1) {
      const once = quantize('cpu.busy', tenth / 10);
      expect(quantize('cpu.busy', once)).toBe(once);
    }
  });

  it('does not know a value that is more steps from zero than can be kept', () => {
    expect(quantize('custom.gauge', 4.3e9)).toBe(4.3e9);
    expect(quantize('custom.gauge', -4.4e9)).toBeNull();
    expect(quantize('custom.bytes', 281e12)).toBe(281e12);
  });

  it('keeps small values of small steps', () => {
    expect(quantize('custom.ratio', 0.000_123_4)).toBe(0.000_123);
    expect(quantize('custom.seconds', 0.0123)).toBe(0.0123);
  });

  it.each([[null], [Number.NaN], [Infinity], [-Infinity]])('makes %s unknown', (value) => {
    expect(quantize('cpu.busy', value)).toBeNull();
  });
});
