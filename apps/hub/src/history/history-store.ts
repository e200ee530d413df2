import type { Culprit, SeqRange } from '@hostdeck/contracts';
import type { Bucket } from './rollup';

/** One frame as it is kept. `host` is the host's key, `schema` the number of its layout. */
export interface StoredFrame {
  readonly host: number;
  /** Time in the frame. */
  readonly at: number;
  readonly schema: number;
  readonly values: readonly (number | null)[];
}

/** The processes that used most at one moment. */
export interface CulpritSample {
  /** Time in the frame they came in. */
  readonly at: number;
  readonly culprits: readonly Culprit[];
}

/** A sample of culprits as it is kept, under the host's key. */
export interface StoredCulprits extends CulpritSample {
  readonly host: number;
}

/** Which frames of an outbox are stored once the frames beside it are. */
export interface OutboxProgress {
  readonly outbox: number;
  readonly ranges: readonly SeqRange[];
}

/** An outbox as the store knows it. */
export interface StoredOutbox extends OutboxProgress {
  /** Frames below this number that are not stored have been counted as lost, or were never in it; `null`: not known yet. */
  readonly countedBelow: number | null;
}

/** What is stored at once: all of it or nothing. */
export interface Append {
  readonly frames: readonly StoredFrame[];
  /** Frames from so far in the future that their time cannot be right: kept, but apart. */
  readonly setAside: readonly StoredFrame[];
  /** What came in the frames beside their values. */
  readonly culprits: readonly StoredCulprits[];
  readonly progress: readonly OutboxProgress[];
  readonly receivedAt: number;
}

/** Frames of one host, `from` included, `to` not. */
export interface Span {
  readonly host: number;
  readonly from: number;
  readonly to: number;
}

/** One series as it was sent, ascending in time: the frames in which it existed; `null` is unknown. */
export interface Column {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A stretch of time that is best read at once. */
export interface Piece {
  /** Where it ends: not included, and on a whole step. */
  readonly end: number;
  /** Length of the buckets to read it in, ms; 0: as columns, every frame is still there. */
  readonly step: number;
}

/** Whether a series is asked for, by its key. Said of every series there is, so that it also tells which there are. */
export type Wanted = (key: string) => boolean;

/** Keeps frames. One engine per folder; knows nothing of sockets. */
export abstract class HistoryStore {
  /** Finds out what a former run has left to do. Before everything else. */
  abstract open(now: number): Promise<void>;
  /** Stores frames, and what is stored of each outbox, in one transaction. */
  abstract append(append: Append): Promise<void>;
  /** The outbox of a host's epoch, made if it is new, with what is stored of it. */
  abstract openOutbox(host: number, epoch: string): Promise<StoredOutbox>;
  /** Notes that the frames missing below `seq` have been counted as lost. */
  abstract countBelow(outbox: number, seq: number): Promise<void>;
  /** About how many raw frames are in the span; never fewer than there are. */
  abstract count(span: Span): Promise<number>;
  /** The finest step there is for a span that begins at `from`, ms; 0 when every frame is still there. */
  abstract finestStep(from: number, now: number): number;
  /**
   * The stretch from `at` on that lies together in storage, and the finest step it can be read in, not under `leastStep` (0, or one of
   * the readable steps: windows are whole numbers of these). Read piece
   * by piece, a span of any length takes little memory and nothing is decoded twice.
   */
  abstract pieceAt(at: number, now: number, leastStep: number): Piece;
  /** The wanted series of the raw frames in the span, by key. */
  abstract columns(span: Span, wanted: Wanted): Promise<Map<string, Column>>;
  /**
   * The wanted series in buckets of `step` ms aligned to the epoch, by key and start, for the whole steps that the span touches.
   * Buckets are in whole steps of the metric's resolution.
   */
  abstract buckets(
    span: Span,
    step: number,
    wanted: Wanted,
  ): Promise<Map<string, Map<number, Bucket>>>;
  /** The samples of culprits in the span, ascending in time. A span is best read in pieces of an hour or so: all of it is in memory. */
  abstract culprits(span: Span): Promise<CulpritSample[]>;
  /** Nothing is kept of a host's culprits before this time; `null` when nothing is at all. */
  abstract oldestCulprits(host: number): Promise<number | null>;
  /** The newest frame of a host, or `null`. */
  abstract newest(host: number): Promise<StoredFrame | null>;
  /** Does a small part of what is due: seal, roll up, drop what is too old. @returns whether there may be more */
  abstract maintain(now: number): Promise<boolean>;
  /** Drops a small part of what is stored of a host. @returns whether there may be more */
  abstract dropHost(host: number): Promise<boolean>;
  /** Forgets what is stored of a host's outboxes, after its last frame was dropped. */
  abstract forget(host: number): Promise<void>;
}
