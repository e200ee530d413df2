import { LONGEST_ASKED } from './backoff';

/** Wait when the hub does not say for how long, ms; doubled from one refusal to the next. */
const FIRST_WAIT = 1_000;

/** A time in which nothing is sent, at the end of which something goes on. */
export class Pause {
  readonly #goOn: () => void;
  readonly #longestWait: number;
  #wait = FIRST_WAIT;
  /** When it ends, on the monotonic clock, ms. */
  #end = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #isRefusal = false;

  /**
   * @param longestWait longest wait when the hub does not say for how long, ms
   * @param goOn called whenever it ends
   */
  constructor(longestWait: number, goOn: () => void) {
    this.#longestWait = longestWait;
    this.#goOn = goOn;
  }

  /** Whether nothing may be sent now. */
  get isOn(): boolean {
    return this.#timer !== null;
  }

  /** Whether the hub asked for it. */
  get isRefusal(): boolean {
    return this.#isRefusal;
  }

  /** Lasts `milliseconds` from now, or as long as it would have before if that is longer. */
  atLeast(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    if (end <= this.#end) return;
    this.#end = end;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over(), milliseconds);
  }

  /** The hub has refused something for now. @param retryAfter how long it asks to wait, ms, if it says */
  refused(retryAfter: number = this.#wait): void {
    this.#isRefusal = true;
    this.atLeast(Math.min(LONGEST_ASKED, retryAfter));
  }

  /** The hub has taken something: the next refusal is a first one again. */
  accepted(): void {
    this.#wait = FIRST_WAIT;
  }

  /** Ends it for good, with nothing to go on. */
  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #over(): void {
    this.#timer = null;
    // Refusals of batches that were under way together count as one.
    if (this.#isRefusal) this.#wait = Math.min(this.#longestWait, this.#wait * 2);
    this.#isRefusal = false;
    this.#goOn();
  }
}
