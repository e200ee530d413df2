/**
 * Calls a function at every multiple of an interval after the start, on the monotonic clock: late timers do not add up. A
 * call that is still under way when the next is due makes that one be skipped, as does a machine that slept.
 */
export class Ticker {
  readonly #tick: () => Promise<void>;
  #interval: number;
  #origin = 0;
  /** Number of the interval after the origin whose end is waited for. */
  #turn = 0;
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> | null = null;
  #skipped = 0;
  #isRunning = false;

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
    this.#isRunning = true;
    this.#begin();
    this.#run();
    this.#schedule();
  }

  /** Changes the interval; the next call is at most one new interval from now, however often it changes. */
  setInterval(interval: number): void {
    if (interval === this.#interval) return;
    const now = performance.now();
    // The new beat goes on from the last one, and has missed nothing so far.
    this.#origin = now - ((now - this.#origin) % this.#interval);
    this.#interval = interval;
    if (!this.#isRunning) return;
    this.#turn = Math.floor((now - this.#origin) / interval);
    this.#schedule();
  }

  /** Stops; resolves when a call under way has ended. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#underWay;
  }

  #begin(): void {
    this.#origin = performance.now();
    this.#turn = 0;
  }

  #schedule(): void {
    // A tick may have stopped it, or set a new interval, which has scheduled the next one already.
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (!this.#isRunning) return;
    const since = performance.now() - this.#origin;
    const turn = Math.floor(since / this.#interval) + 1;
    this.#skipped += turn - this.#turn - 1;
    this.#turn = turn;
    this.#timer = setTimeout(() => this.#fire(), turn * this.#interval - since);
  }

  #fire(): void {
    // A timer may fire a little before its time; what was due then must not be due again.
    const early = this.#origin + this.#turn * this.#interval - performance.now();
    if (early > 0) {
      this.#timer = setTimeout(() => this.#fire(), Math.ceil(early));
      return;
    }
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
