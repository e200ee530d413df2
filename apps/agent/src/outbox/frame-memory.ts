import type { OutboxFrame } from './outbox';

/** Estimates: a value is a number beside others in an array, many of them boxed; around it are the frame and its numbers. */
const BYTES_PER_VALUE = 16;
const BYTES_PER_FRAME = 96;
/** A culprit is seven fields, of which three are texts. */
const BYTES_PER_CULPRIT = 512;

function sizeOf({ values, culprits = [] }: OutboxFrame): number {
  return BYTES_PER_FRAME + values.length * BYTES_PER_VALUE + culprits.length * BYTES_PER_CULPRIT;
}

/** Frames by seq, oldest first, with an estimate of what they take. */
export class FrameMemory {
  /** A map keeps the order of insertion, which is ascending. */
  readonly #frames = new Map<number, OutboxFrame>();
  #bytes = 0;

  /** Estimated size, bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#frames.size;
  }

  /** Seq of the oldest frame; `null` when there is none. */
  get oldestSeq(): number | null {
    return this.#frames.keys().next().value ?? null;
  }

  /** Adds a frame that is newer than all others. */
  add(frame: OutboxFrame): void {
    this.#frames.set(frame.seq, frame);
    this.#bytes += sizeOf(frame);
  }

  get(seq: number): OutboxFrame | undefined {
    return this.#frames.get(seq);
  }

  delete(seq: number): void {
    const frame = this.#frames.get(seq);
    if (frame === undefined) return;
    this.#frames.delete(seq);
    this.#bytes -= sizeOf(frame);
  }

  /** Deletes the frames from `first` to `last`. */
  deleteRange(first: number, last: number): void {
    if (last - first < this.#frames.size) {
      for (let seq = first; seq <= last; seq += 1) this.delete(seq);
      return;
    }
    for (const seq of this.#frames.keys()) {
      if (seq > last) break;
      if (seq >= first) this.delete(seq);
    }
  }
}
