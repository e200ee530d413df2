/** Share of one processor that may have gone to processes that were not read, before all are read. */
const SHARE = 0.025;
/** Unexplained time beyond so many times what reading all of them did not explain the last time is worth another try. */
const NOTABLE = 2;
/** What is left of that from pass to pass: by the time half of it is gone, each process was read in its turn. */
const FADING = 0.97;

/**
 * Time that processors worked in a pass and that nobody read accounts for: of processes that were not read, or that began and ended
 * in between. Times are in ticks.
 */
export class UnexplainedTime {
  /** Sums over all passes up to each of the last ones, by their number modulo the length. */
  readonly #sums: number[];
  /** Share of a processor that stayed unexplained although all were read. */
  #background = 0;

  /** @param passes how many of the last passes {@link between} can be asked of */
  constructor(passes: number) {
    this.#sums = new Array<number>(passes + 1).fill(0);
  }

  /** What was unexplained in the passes after `first` up to `last`. */
  between(first: number, last: number): number {
    return this.#upTo(last) - this.#upTo(first);
  }

  /** Whether so much is unexplained in a pass that all processes should be read. */
  isTooMuch(ticks: number, elapsed: number): boolean {
    return ticks > elapsed * (SHARE + NOTABLE * this.#background);
  }

  /** Keeps what a pass leaves unexplained. */
  keep(
    pass: number,
    { ticks, elapsed, allRead }: { ticks: number; elapsed: number; allRead: boolean },
  ): void {
    const rest = Math.max(0, ticks);
    this.#sums[pass % this.#sums.length] = this.#upTo(pass - 1) + rest;
    if (allRead && elapsed > 0) this.#background = rest / elapsed;
    else this.#background *= FADING;
  }

  #upTo(pass: number): number {
    return this.#sums[pass % this.#sums.length] ?? 0;
  }
}
