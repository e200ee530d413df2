import type { SeqRange } from '@hostdeck/contracts';

/** One frame as it is kept. `host` is the host's key, `schema` the number of its layout. */
export interface StoredFrame {
  readonly host: number;
  /** Time in the frame. */
  readonly at: number;
  readonly schema: number;
  readonly values: readonly (number | null)[];
}

/** Which frames of an outbox are stored once the frames beside it are. */
export interface OutboxProgress {
  readonly outbox: number;
  readonly ranges: readonly SeqRange[];
}

/** What is stored at once: all of it or nothing. */
export interface Append {
  readonly frames: readonly StoredFrame[];
  /** Frames from so far in the future that their time cannot be right: kept, but apart. */
  readonly setAside: readonly StoredFrame[];
  readonly progress: readonly OutboxProgress[];
  readonly receivedAt: number;
}

/** Frames of one host, `from` included, `to` not. */
export interface Span {
  readonly host: number;
  readonly from: number;
  readonly to: number;
}

/** The values in the places asked for, in their order; NaN is unknown. Only good until the visitor returns. */
export type FrameVisitor = (at: number, values: Float64Array) => void;

/** Keeps frames. One engine per folder; knows nothing of sockets. */
export abstract class HistoryStore {
  /** Stores frames, and what is stored of each outbox, in one transaction. */
  abstract append(append: Append): Promise<void>;
  /** The outbox of a host's epoch, made if it is new, with what is stored of it. */
  abstract openOutbox(host: number, epoch: string): Promise<OutboxProgress>;
  /** Numbers of the schemas that frames in the span have. */
  abstract schemas(span: Span): Promise<number[]>;
  /** How many frames are in the span. */
  abstract count(span: Span): Promise<number>;
  /** Visits the frames of one schema in the span in the order of their times. `places` is ascending and not empty. */
  abstract read(
    span: Span & { readonly schema: number; readonly places: readonly number[] },
    visit: FrameVisitor,
  ): Promise<void>;
  /** The newest frame of a host, or `null`. */
  abstract newest(host: number): Promise<StoredFrame | null>;
  /** Drops up to `limit` of a host's frames from before `before`; returns how many were dropped. */
  abstract dropBefore(host: number, before: number, limit: number): Promise<number>;
  /** Forgets what is stored of a host's outboxes, after its last frame was dropped. */
  abstract forget(host: number): Promise<void>;
}
