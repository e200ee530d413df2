import { randomBytes } from 'node:crypto';
import type { SeqRange } from '@hostdeck/contracts';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import type { Outbox, OutboxBatch, OutboxFrame } from './outbox';

/** Estimates: a value is a number beside others in an array, many of them boxed; around it are the frame and its numbers. */
const BYTES_PER_VALUE = 16;
const BYTES_PER_FRAME = 96;

/** Size that the memory outbox may have unless said otherwise, bytes. */
export const DEFAULT_MEMORY_OUTBOX_BYTES = 8 * 1024 * 1024;

function sizeOf(frame: SampledFrame): number {
  return BYTES_PER_FRAME + frame.values.length * BYTES_PER_VALUE;
}

/** An outbox that lives as long as the process: a new epoch with every start. */
export class MemoryOutbox implements Outbox {
  readonly epoch = randomBytes(8).toString('hex');
  readonly #maxBytes: number;
  /** By seq; a map keeps the order of insertion, which is ascending. */
  readonly #frames = new Map<number, OutboxFrame>();
  #nextSeq = 0;
  #bytes = 0;
  #dropped = 0;

  constructor(maxBytes = DEFAULT_MEMORY_OUTBOX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get oldestSeq(): number | null {
    return this.#frames.keys().next().value ?? null;
  }

  get newestSeq(): number | null {
    const { oldestSeq } = this;
    if (oldestSeq === null) return null;
    let seq = this.#nextSeq - 1;
    // What was stored out of order left gaps behind the newest.
    while (!this.#frames.has(seq)) seq -= 1;
    return seq;
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  get length(): number {
    return this.#frames.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get dropped(): number {
    return this.#dropped;
  }

  append(frame: SampledFrame): OutboxFrame {
    const kept = { ...frame, seq: this.#nextSeq };
    this.#nextSeq += 1;
    this.#frames.set(kept.seq, kept);
    this.#bytes += sizeOf(kept);
    for (const [seq, oldest] of this.#frames) {
      if (this.#bytes <= this.#maxBytes || seq === kept.seq) break;
      this.#delete(oldest);
      this.#dropped += 1;
    }
    return kept;
  }

  read([first, last]: SeqRange, limit: (schema: FrameSchema) => number): OutboxBatch | null {
    const { oldestSeq, newestSeq } = this;
    if (oldestSeq === null || newestSeq === null) return null;
    const end = Math.min(last, newestSeq);
    const frames: OutboxFrame[] = [];
    let schema: FrameSchema | null = null;
    for (let seq = Math.max(first, oldestSeq); seq <= end; seq += 1) {
      const frame = this.#frames.get(seq);
      if (frame === undefined) continue;
      schema ??= frame.schema;
      if (frame.schema !== schema || frames.length >= limit(schema)) break;
      frames.push(frame);
    }
    return schema === null ? null : { schema, frames };
  }

  remove([first, last]: SeqRange): void {
    const { oldestSeq, newestSeq } = this;
    if (oldestSeq === null || newestSeq === null) return;
    const end = Math.min(last, newestSeq);
    for (let seq = Math.max(first, oldestSeq); seq <= end; seq += 1) {
      const frame = this.#frames.get(seq);
      if (frame !== undefined) this.#delete(frame);
    }
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  #delete(frame: OutboxFrame): void {
    this.#frames.delete(frame.seq);
    this.#bytes -= sizeOf(frame);
  }
}
