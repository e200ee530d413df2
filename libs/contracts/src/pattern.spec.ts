import { matchesPattern } from './pattern';

describe('a pattern', () => {
  it.each([
    ['*', '', true],
    ['web-*', 'Web-1', true],
    ['web-*', 'db-web-1', false],
    ['/srv/*', '/srv', false],
    ['*/home', '/mnt/home', true],
    ['s?a', 'sda', true],
    ['s?a', 'sdaa', false],
    ['a*b*c', 'a1b2b3c', true],
    ['[ab]', 'a', false],
    ['', '', true],
  ])('%j against %j', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });

  it('takes no longer for a pattern that is made to take long', () => {
    expect(matchesPattern(`${'*a'.repeat(100)}b`, 'a'.repeat(200))).toBe(false);
  });
});
