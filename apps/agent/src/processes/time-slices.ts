/** How long work goes on before others get their turn, ms. */
const SLICE = 4;

/** Cuts long work into slices, so that timers and sockets wait no longer than one of them. */
export class TimeSlices {
  #startedAt = performance.now();
  #worked = 0;

  /** Time worked so far, ms. */
  get worked(): number {
    return this.#worked + (performance.now() - this.#startedAt);
  }

  /** Whether the others should have their turn: then wait for {@link next}. */
  get isOver(): boolean {
    return performance.now() - this.#startedAt >= SLICE;
  }

  /** Lets the others have their turn. */
  async next(): Promise<void> {
    this.#worked += performance.now() - this.#startedAt;
    await new Promise(setImmediate);
    this.#startedAt = performance.now();
  }
}
