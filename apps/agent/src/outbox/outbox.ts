import type { SeqRange } from '@hostdeck/contracts';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';

/** A frame with its number in the outbox's epoch. */
export interface OutboxFrame extends SampledFrame {
  readonly seq: number;
}

/** Frames of one schema that follow one another. */
export interface OutboxBatch {
  readonly schema: FrameSchema;
  /** Ascending by seq; never empty. */
  readonly frames: readonly OutboxFrame[];
}

/**
 * Frames that the hub has not stored yet, oldest first. Bounded: when it is full the oldest are dropped and counted. It knows
 * nothing of what is on its way to the hub; frames leave it only when they are stored there, or given up.
 */
export interface Outbox {
  /** Random name of this outbox's life, 16 hexadecimal digits; no seq is given to two frames in it. */
  readonly epoch: string;
  /** Seq of the first frame of this process; older ones were found. */
  readonly resumedAt: number;
  /** Seq of the oldest frame kept; `null` when there is none. */
  readonly oldestSeq: number | null;
  /** Seq of the newest frame kept; `null` when there is none. */
  readonly newestSeq: number | null;
  /** Seq the next frame will get. */
  readonly nextSeq: number;
  /** Frames kept. */
  readonly length: number;
  /** Size of the frames kept, bytes. */
  readonly bytes: number;
  /** Frames lost since the start of the process: dropped because the outbox was full, or damaged on disk. */
  readonly lost: number;
  /** Why frames are kept in memory only; `null` while they are kept on disk. */
  readonly problem: string | null;

  /** Keeps a frame and numbers it. */
  append(frame: SampledFrame): OutboxFrame;
  /** The oldest frames in `range` that share a schema, at most `limit(schema)` of them; `null` when there are none. */
  read(range: SeqRange, limit: (schema: FrameSchema) => number): OutboxBatch | null;
  /** Forgets the frames in `range`. */
  remove(range: SeqRange): void;
  /**
   * Goes on in a new epoch, with the same numbers: the hub has frames under this one that this outbox does not know of, so
   * that what it numbers from now on would be taken for those.
   */
  renew(): void;
  /** Gives back what it holds of the system. */
  close(): Promise<void>;
}
