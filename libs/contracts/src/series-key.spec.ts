import { SeriesKeySchema } from './series-key';
import { formatSeriesKey, MAX_INSTANCE_LENGTH, parseSeriesKey } from './series-name';

describe('a series key', () => {
  it.each([
    [{ metric: 'cpu.busy', instance: null }, 'cpu.busy'],
    [{ metric: 'disk.busy', instance: 'sda' }, 'disk.busy{sda}'],
    [{ metric: 'filesystem.used', instance: '/mnt/a{b}c' }, 'filesystem.used{/mnt/a{b}c}'],
  ] as const)('of %o is %s, both ways', (series, key) => {
    expect(formatSeriesKey(series)).toBe(key);
    expect(parseSeriesKey(key)).toEqual(series);
  });

  it.each([
    ['an unknown metric', 'cpu.bizzy'],
    ['a missing instance', 'disk.busy'],
    ['an instance too many', 'cpu.busy{0}'],
    ['an empty instance', 'disk.busy{}'],
    ['an open brace', 'disk.busy{sda'],
    ['a prototype name', '__proto__'],
    ['an instance that is too long', `disk.busy{${'x'.repeat(MAX_INSTANCE_LENGTH + 1)}}`],
  ])('is refused for %s', (_, key) => {
    expect(parseSeriesKey(key)).toBeNull();
  });

  it('is named in the error', () => {
    const result = SeriesKeySchema.safeParse('cpu.bizzy');
    expect(result.error?.issues[0]?.message).toBe('unknown series "cpu.bizzy"');
  });
});
