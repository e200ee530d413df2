import type { Point } from '@hostdeck/contracts';

/** Collects the values of one series into points. Values may come in any order of time; NaN is unknown. */
export interface PointCollector {
  add(at: number, value: number): void;
  /** The points, ascending. */
  points(): Point[];
}

/** Every value as it is, at its own time. */
export class RawPoints implements PointCollector {
  private readonly collected: Point[] = [];

  add(at: number, value: number): void {
    const known = Number.isNaN(value) ? null : value;
    this.collected.push([at, known, known, known]);
  }

  points(): Point[] {
    return this.collected.sort(([first], [second]) => first - second);
  }
}

interface Bucket {
  count: number;
  sum: number;
  least: number;
  greatest: number;
}

/** Mean, least and greatest value of every step; a step in which every value is unknown is unknown, one without values is absent. */
export class BucketPoints implements PointCollector {
  private readonly buckets = new Map<number, Bucket>();

  constructor(private readonly step: number) {}

  add(at: number, value: number): void {
    const start = Math.floor(at / this.step) * this.step;
    let bucket = this.buckets.get(start);
    if (bucket === undefined) {
      bucket = {
        count: 0,
        sum: 0,
        least: Number.POSITIVE_INFINITY,
        greatest: Number.NEGATIVE_INFINITY,
      };
      this.buckets.set(start, bucket);
    }
    if (Number.isNaN(value)) return;
    bucket.count += 1;
    bucket.sum += value;
    bucket.least = Math.min(bucket.least, value);
    bucket.greatest = Math.max(bucket.greatest, value);
  }

  points(): Point[] {
    return [...this.buckets]
      .sort(([first], [second]) => first - second)
      .map(([start, { count, sum, least, greatest }]): Point =>
        count === 0 ? [start, null, null, null] : [start, sum / count, least, greatest],
      );
  }
}
