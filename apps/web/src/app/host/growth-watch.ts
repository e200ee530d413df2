import type { SeriesAnswer } from '@hostdeck/contracts';

/** Notices from one answer to the next whether history before a moment is still growing. */
export class GrowthWatch {
  private before: readonly number[] | null = null;

  /** @param until what lies after this, ms since the epoch, does not count: it grows by itself */
  constructor(private readonly until: number) {}

  /** Takes the next answer. @returns whether it has points that the one before did not have */
  sees({ from, step, series }: SeriesAnswer): boolean {
    const times = series
      .map(({ points }) => points)
      .reduce((longest, points) => (points.length > longest.length ? points : longest), [])
      .map(([time]) => time)
      .filter((time) => time < this.until);
    // The left edge moves on, and takes points away.
    const grew =
      this.before !== null &&
      times.length > this.before.filter((time) => time >= from - step).length;
    this.before = times;
    return grew;
  }

  /** Something else is asked for from now on: the next answer is the first to compare with. */
  forget(): void {
    this.before = null;
  }
}
