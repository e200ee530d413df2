import { Backoff } from './backoff';

describe('the wait before the next attempt', () => {
  it('is anything from nothing to a bound that doubles up to half a minute', () => {
    const shortest = new Backoff(() => 0);
    const longest = new Backoff(() => 0.999_999_9);
    const bounds = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const bound of bounds) {
      expect(shortest.next()).toBe(0);
      expect(longest.next()).toBe(bound);
    }
    longest.reset();
    expect(longest.next()).toBe(500);
  });

  it('is at least what the hub asks for, and spread above it', () => {
    expect(new Backoff(() => 0).next(60_000)).toBe(60_000);
    expect(new Backoff(() => 0.5).next(60_000)).toBe(67_500);
  });

  it('is an hour at most, whatever the hub asks for: a timer that is set for months goes off at once', () => {
    expect(new Backoff(() => 0).next(Number.MAX_SAFE_INTEGER)).toBe(3_600_000);
  });
});
