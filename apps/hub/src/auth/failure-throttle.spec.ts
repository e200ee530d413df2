import { FailureThrottle } from './failure-throttle';

describe('the throttle of failures', () => {
  it('lets a few through, then waits one second, then twice as long each time, to five minutes', () => {
    const throttle = new FailureThrottle(3, () => 0);
    const waits = Array.from({ length: 16 }, () => {
      throttle.fail('account');
      return throttle.waitFor('account');
    });
    expect(waits.slice(0, 5)).toEqual([0, 0, 1_000, 2_000, 4_000]);
    expect(waits.at(-1)).toBe(300_000);
    expect(throttle.waitFor('another')).toBe(0);
  });

  it('lets the next through when the time is over, and forgets after success or a quarter of an hour', () => {
    let now = 0;
    const throttle = new FailureThrottle(1, () => now);
    throttle.fail('a');
    throttle.fail('a');
    now = 1_999;
    expect(throttle.waitFor('a')).toBe(1);
    now = 2_000;
    expect(throttle.waitFor('a')).toBe(0);
    throttle.fail('a');
    throttle.succeed('a');
    expect(throttle.waitFor('a')).toBe(0);
    throttle.fail('b');
    now += 900_000;
    throttle.fail('b');
    expect(throttle.waitFor('b')).toBe(1_000);
  });

  it('remembers a bounded number of keys', () => {
    const throttle = new FailureThrottle(1, () => 0);
    throttle.fail('first');
    for (let index = 0; index < 10_000; index += 1) throttle.fail(String(index));
    expect(throttle.waitFor('first')).toBe(0);
    expect(throttle.waitFor('9999')).toBeGreaterThan(0);
  });
});
