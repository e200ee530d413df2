import type { SeqRange } from '@hostdeck/contracts';

/** A set of seqs, kept as ascending ranges that do not touch; nearly always one or two of them. */
export class SeqSet {
  #ranges: SeqRange[] = [];
  #count = 0;

  /** How many seqs are in the set. */
  get count(): number {
    return this.#count;
  }

  /** Adds the seqs from `first` to `last`; nothing when `last` is before `first`. */
  add([first, last]: SeqRange): void {
    if (last < first) return;
    const ranges = this.#ranges;
    let begin = ranges.length;
    while (begin > 0 && (ranges[begin - 1]?.[1] ?? 0) >= first - 1) begin -= 1;
    let end = begin;
    let joined: SeqRange = [first, last];
    for (let range = ranges[end]; range !== undefined && range[0] <= last + 1;) {
      joined = [Math.min(joined[0], range[0]), Math.max(joined[1], range[1])];
      this.#count -= range[1] - range[0] + 1;
      end += 1;
      range = ranges[end];
    }
    this.#count += joined[1] - joined[0] + 1;
    ranges.splice(begin, end - begin, joined);
  }

  /** The first seq from `seq` on that is not in the set. */
  nextMissing(seq: number): number {
    for (const [first, last] of this.#ranges) {
      if (first > seq) break;
      if (last >= seq) return last + 1;
    }
    return seq;
  }

  /** The last seq up to `seq` that is not in the set; -1 when all from 0 are. */
  previousMissing(seq: number): number {
    for (let index = this.#ranges.length - 1; index >= 0; index -= 1) {
      const [first = 0, last = 0] = this.#ranges[index] ?? [];
      if (last < seq) break;
      if (first <= seq) return first - 1;
    }
    return seq;
  }

  /** How many of the seqs from `first` to `last` are in the set. */
  countIn([first, last]: SeqRange): number {
    let count = 0;
    for (const range of this.#ranges) {
      if (range[0] > last) break;
      count += Math.max(0, Math.min(last, range[1]) - Math.max(first, range[0]) + 1);
    }
    return count;
  }
}
