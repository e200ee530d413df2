import { format } from './exposition';

const FAMILY = { name: 'a_total', type: 'counter', help: 'Two\nlines and a \\' } as const;

describe('a family of metrics', () => {
  it('is written with its help and type, and a line a sample', () => {
    const samples = [
      { value: 1.5 },
      { suffix: '_sum', value: 2 },
      { labels: { host: 'web-1', instance: '/' }, value: 0 },
    ];
    expect(format(FAMILY, samples)).toBe(
      '# HELP a_total Two\\nlines and a \\\\\n' +
        '# TYPE a_total counter\n' +
        'a_total 1.5\n' +
        'a_total_sum 2\n' +
        'a_total{host="web-1",instance="/"} 0\n',
    );
  });

  it('has labels that end where they should, whatever is in them', () => {
    const [, , line] = format(FAMILY, [
      { labels: { host: 'a"} 1\nb_total 2 \\' }, value: 1 },
    ]).split('\n');
    expect(line).toBe('a_total{host="a\\"} 1\\nb_total 2 \\\\"} 1');
  });

  it.each([
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [1e21, '1e+21'],
  ])('writes %d as %s', (value, expected) => {
    expect(format(FAMILY, [{ value }])).toContain(`a_total ${expected}\n`);
  });
});
