import { isSelected, matchesPattern } from './options';

describe('a pattern', () => {
  it.each([
    ['sda', 'sda', true],
    ['sda', 'sdab', false],
    ['veth*', 'veth12', true],
    ['veth*', 'eth0', false],
    ['*', '', true],
    ['/mnt/*/data', '/mnt/a/b/data', true],
    ['/mnt/*/data', '/mnt/data', false],
    ['a*a', 'a', false],
    ['*ab*ab', 'ab', false],
    ['*ab*ab', 'abab', true],
    ['a.c', 'abc', false],
    ['eth?', 'eth0', true],
    ['eth?', 'eth', false],
    ['?*?', 'a', false],
  ])('%s for %s: %s', (pattern, name, matches) => {
    expect(matchesPattern(pattern, name)).toBe(matches);
  });

  it('with many stars takes no long time', () => {
    expect(matchesPattern(`${'*a'.repeat(1_000)}b`, 'a'.repeat(10_000))).toBe(false);
  });
});

describe('a selection', () => {
  it.each([
    ['eth0', true, true],
    ['eth1', true, false],
    ['lo', false, false],
  ])('that only skips: %s, watched by default: %s, is watched: %s', (name, byDefault, watched) => {
    expect(isSelected({ include: [], skip: ['eth1'] }, name, byDefault)).toBe(watched);
  });

  it.each([
    ['eth0', true, false],
    ['veth1', false, true],
    ['veth9', false, false],
  ])(
    'that asks by name: %s, watched by default: %s, is watched: %s',
    (name, byDefault, watched) => {
      expect(isSelected({ include: ['veth*'], skip: ['veth9'] }, name, byDefault)).toBe(watched);
    },
  );
});
