import type { CardHistory, CardValues } from '@hostdeck/contracts';

/** Ten minutes in steps of ten seconds. */
export const CARD_HISTORY_STEP = 10_000;
export const CARD_HISTORY_STEPS = 60;
export const CARD_HISTORY_SPAN = CARD_HISTORY_STEP * CARD_HISTORY_STEPS;

const LINES = 5;

/** Values of one line rounded so that a snapshot of a large fleet stays small. */
function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/**
 * The sparklines of one card: sums and counts per step, in a ring. Steps are counted from the epoch on the hub's clock,
 * so that all cards line up.
 */
export class CardHistoryRing {
  private readonly sums = new Float64Array(LINES * CARD_HISTORY_STEPS);
  private readonly counts = new Uint16Array(LINES * CARD_HISTORY_STEPS);
  /** Number of the newest step in the ring. */
  private newest = -1;

  /** Adds a frame's values at `time` on the hub's clock, ms; what is older than the ring is left out. */
  add(time: number, values: CardValues): void {
    const step = Math.floor(time / CARD_HISTORY_STEP);
    this.advance(step);
    if (step <= this.newest - CARD_HISTORY_STEPS) return;
    const slot = (step % CARD_HISTORY_STEPS) * LINES;
    this.count(slot, values.cpu);
    this.count(slot + 1, values.memory);
    this.count(slot + 2, values.disk?.share ?? null);
    this.count(slot + 3, values.receive);
    this.count(slot + 4, values.transmit);
  }

  /** The last ten minutes before `now`, the step that is going on included. */
  read(now: number): CardHistory {
    const last = Math.floor(now / CARD_HISTORY_STEP);
    const first = last - CARD_HISTORY_STEPS + 1;
    const line = (index: number, decimals: number) =>
      Array.from({ length: CARD_HISTORY_STEPS }, (_, offset) =>
        this.mean(first + offset, index, decimals),
      );
    return {
      from: first * CARD_HISTORY_STEP,
      step: CARD_HISTORY_STEP,
      cpu: line(0, 1),
      memory: line(1, 1),
      disk: line(2, 1),
      receive: line(3, 0),
      transmit: line(4, 0),
    };
  }

  private count(slot: number, value: number | null): void {
    if (value === null) return;
    this.sums[slot] = (this.sums[slot] ?? 0) + value;
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
  }

  private mean(step: number, index: number, decimals: number): number | null {
    if (step > this.newest || step <= this.newest - CARD_HISTORY_STEPS) return null;
    const slot = (step % CARD_HISTORY_STEPS) * LINES + index;
    const count = this.counts[slot] ?? 0;
    return count === 0 ? null : rounded((this.sums[slot] ?? 0) / count, decimals);
  }

  /** Empties the steps between the newest so far and `step`. */
  private advance(step: number): void {
    if (step <= this.newest) return;
    const from = Math.max(this.newest + 1, step - CARD_HISTORY_STEPS + 1);
    for (let passed = from; passed <= step; passed += 1) {
      const slot = (passed % CARD_HISTORY_STEPS) * LINES;
      this.sums.fill(0, slot, slot + LINES);
      this.counts.fill(0, slot, slot + LINES);
    }
    this.newest = step;
  }
}
