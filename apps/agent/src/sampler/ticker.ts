/**
 * Calls a function at every multiple of an interval after the start, on the monotonic clock: late timers do not add up. A
 * call that is still under way when the next is due makes that one be skipped, as does a machine that slept.
 */
export class Ticker {
  readonly #tick: () => Promise<void>;
  #interval: number;
  #origin = 0;
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> | null = null;
  #skipped = 0;

  /** @param tick must not reject */
  constructor(interval: number, tick: () => Promise<void>) {
    this.#interval = interval;
    this.#tick = tick;
  }

  /** Ms between two calls. */
  get interval(): number {
    return this.#interval;
  }

  /** Ticks left out because the one before was still under way, or the process did not get to run. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Calls at once, and then at every interval. */
  start(): void {
    this.#origin = performance.now();
    this.#run();
    this.#schedule();
  }

  /** Changes the interval; the next call is one new interval from now. */
  setInterval(interval: number): void {
    if (interval === this.#interval) return;
    this.#interval = interval;
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#origin = performance.now();
    this.#schedule();
  }

  /** Stops; resolves when a call under way has ended. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#underWay;
  }

  #schedule(): void {
    const since = performance.now() - this.#origin;
    const due = (Math.floor(since / this.#interval) + 1) * this.#interval;
    this.#timer = setTimeout(() => this.#fire(due), due - since);
  }

  #fire(due: number): void {
    // A timer may fire a little before its time; what was due then must not be due again.
    const late = performance.now() - this.#origin - due;
    if (late < 0) {
      this.#timer = setTimeout(() => this.#fire(due), Math.ceil(-late));
      return;
    }
    this.#skipped += Math.floor(late / this.#interval);
    if (this.#underWay === null) this.#run();
    else this.#skipped += 1;
    this.#schedule();
  }

  #run(): void {
    this.#underWay = this.#tick().finally(() => {
      this.#underWay = null;
    });
  }
}
