/** The arithmetic of rollups: what one bucket of a series knows, and how buckets add up. No storage here. */

/** What a bucket of time knows of a series, in steps of the metric's resolution, so that sums stay exact whole numbers. */
export interface Bucket {
  /** Start of the bucket, ms since the epoch. */
  readonly start: number;
  /** Known values; 0 when the series existed but every value was unknown. */
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** A bucket that knows nothing yet. */
export function emptyBucket(start: number): Bucket {
  return { start, count: 0, sum: 0, min: 0, max: 0 };
}

/** Adds one known value, in steps. */
export function addValue(bucket: Bucket, steps: number): void {
  bucket.min = bucket.count === 0 ? steps : Math.min(bucket.min, steps);
  bucket.max = bucket.count === 0 ? steps : Math.max(bucket.max, steps);
  bucket.sum += steps;
  bucket.count += 1;
}

/** Adds all that a finer bucket knows. */
export function addBucket(bucket: Bucket, finer: Bucket): void {
  if (finer.count === 0) return;
  bucket.min = bucket.count === 0 ? finer.min : Math.min(bucket.min, finer.min);
  bucket.max = bucket.count === 0 ? finer.max : Math.max(bucket.max, finer.max);
  bucket.sum += finer.sum;
  bucket.count += finer.count;
}

/** Start of the bucket or window of `length` ms that `time` falls into. */
export function startOf(time: number, length: number): number {
  return Math.floor(time / length) * length;
}
