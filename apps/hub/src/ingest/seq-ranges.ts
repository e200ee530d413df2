import type { SeqRange } from '@hostdeck/contracts';

/** A set of frame numbers, kept as ascending runs with gaps between them; nearly always one run. */
export class SeqRanges {
  /** First and last of each run, flat. */
  private bounds: number[];

  constructor(ranges: readonly SeqRange[] = []) {
    this.bounds = ranges.flat();
  }

  /** How many runs there are. */
  get count(): number {
    return this.bounds.length / 2;
  }

  /** The least number; `null` when there is none. */
  get oldest(): number | null {
    return this.bounds[0] ?? null;
  }

  /** The greatest number, or -1. */
  get newest(): number {
    return this.bounds.at(-1) ?? -1;
  }

  has(seq: number): boolean {
    const run = this.runAt(seq);
    return run !== -1 && seq <= (this.bounds[run * 2 + 1] ?? -1);
  }

  add(seq: number): void {
    const run = this.runAt(seq);
    const last = run === -1 ? -1 : (this.bounds[run * 2 + 1] ?? -1);
    if (run !== -1 && seq <= last) return;
    const next = this.bounds[(run + 1) * 2];
    const joinsBefore = run !== -1 && last === seq - 1;
    const joinsNext = next === seq + 1;
    if (joinsBefore && joinsNext) this.bounds.splice(run * 2 + 1, 2);
    else if (joinsBefore) this.bounds[run * 2 + 1] = seq;
    else if (joinsNext) this.bounds[(run + 1) * 2] = seq;
    else this.bounds.splice((run + 1) * 2, 0, seq, seq);
  }

  /** How many numbers from `from` (included) to `to` (not) are missing. */
  missing(from: number, to: number): number {
    let missing = Math.max(0, to - from);
    for (let bound = 0; bound < this.bounds.length; bound += 2) {
      const first = Math.max(this.bounds[bound] ?? 0, from);
      const last = Math.min(this.bounds[bound + 1] ?? 0, to - 1);
      if (last >= first) missing -= last - first + 1;
    }
    return missing;
  }

  /** Closes the gaps below `seq`: nobody has those frames any more. */
  closeBelow(seq: number): void {
    const first = this.bounds[0];
    const run = this.runAt(seq - 1);
    if (first === undefined || run < 1) return;
    this.bounds.splice(0, run * 2, first);
    this.bounds.splice(1, 1);
  }

  /** The runs as they would be with these numbers too. */
  with(seqs: Iterable<number>): SeqRange[] {
    const copy = new SeqRanges();
    copy.bounds = this.bounds.slice();
    for (const seq of seqs) copy.add(seq);
    return copy.toArray();
  }

  toArray(): SeqRange[] {
    return Array.from({ length: this.count }, (_, run): SeqRange => [
      this.bounds[run * 2] ?? 0,
      this.bounds[run * 2 + 1] ?? 0,
    ]);
  }

  /** The last run that starts at or before `seq`; -1 when there is none. */
  private runAt(seq: number): number {
    let low = 0;
    let high = this.count - 1;
    // Most frames are newer than everything before.
    if (high >= 0 && seq >= (this.bounds[high * 2] ?? 0)) return high;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.bounds[middle * 2] ?? 0) <= seq) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
}
