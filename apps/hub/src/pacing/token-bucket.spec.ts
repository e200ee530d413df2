import { TokenBucket } from './token-bucket';

describe('a token bucket', () => {
  let now: number;
  const bucketWith = (random: number) =>
    new TokenBucket(
      { rate: 10, burst: 5 },
      () => now,
      () => random,
    );

  beforeEach(() => {
    now = 1_000;
  });

  it('gives what it holds and then what the rate allows', () => {
    const bucket = bucketWith(0.5);
    const taken = Array.from({ length: 7 }, () => bucket.take(1));
    expect(taken.filter((wait) => wait === null)).toHaveLength(5);
    now += 200;
    expect([bucket.take(1), bucket.take(1)]).toEqual([null, null]);
    expect(bucket.take(1)).not.toBeNull();
  });

  it('never holds more than its burst', () => {
    const bucket = bucketWith(0.5);
    now += 3_600_000;
    const taken = Array.from({ length: 20 }, () => bucket.take(1));
    expect(taken.filter((wait) => wait === null)).toHaveLength(5);
  });

  it('sends those it refuses away for as long as those before them need, spread', () => {
    const waits = (random: number) => {
      const bucket = bucketWith(random);
      return Array.from({ length: 105 }, () => bucket.take(1)).slice(5);
    };
    expect(waits(0).at(-1)).toBe(100 + 5_000);
    expect(waits(0.5).at(-1)).toBe(100 + 10_000);
    expect(waits(0.5)[0]).toBe(100 + 100);
    expect(waits(0.999).at(-1)).toBe(100 + 14_990);
  });

  it('forgets what it refused as time passes', () => {
    const bucket = bucketWith(0.5);
    for (let asked = 0; asked < 105; asked += 1) bucket.take(1);
    now += 9_000;
    for (let asked = 0; asked < 5; asked += 1) bucket.take(1);
    expect(bucket.take(1)).toBe(100 + 1_100);
  });

  it('lets through what is more than it can ever hold, once it is full', () => {
    const bucket = bucketWith(0.5);
    expect(bucket.take(20)).toBeNull();
    now += 1_000;
    expect(bucket.take(20)).not.toBeNull();
    now += 1_000;
    expect(bucket.take(20)).toBeNull();
  });
});
