import { existsSync, mkdirSync, truncateSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SeqRange } from '@hostdeck/contracts';
import { errorCode } from '../log/error-code';
import { errorText } from '../log/error-text';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import { createEpoch, readEpoch, writeEpoch } from './epoch-file';
import { endOf, rangeOf, type Extent } from './extent';
import { FileReader } from './file-reader';
import { KnownSchemas } from './known-schemas';
import type { OutboxFrame } from './outbox';
import { firstOf, segmentName, segmentNames } from './segment-names';
import { SegmentWriter } from './segment-writer';
import { StoredSegment } from './stored-segment';

/** Size at which a segment is replaced that the hub has whole, bytes: most frames never reach the disk itself. */
const SPENT_BYTES = 64 * 1024;

export interface SpoolOptions {
  readonly directory: string;
  readonly agentId: string;
  /** Size from which on a new segment is begun, bytes. */
  readonly segmentBytes: number;
}

/** A segment that is not written any more. */
interface ClosedSegment extends Extent {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Segment files in a directory, of frames that follow one another. The last one stays even when the hub has all of it: it
 * says where to count on.
 */
export class Spool {
  /** Seq of the frame behind the last that was found at the start. */
  readonly nextSeq: number;
  /** Frames that were found, or at least one of them where that can not be told, to be damaged at the start. */
  readonly damaged: number;
  /** Why the directory could not be read at the start; `null` when it could. */
  readonly problem: string | null;
  readonly #options: SpoolOptions;
  readonly #schemas = new KnownSchemas();
  readonly #reader = new FileReader();
  #epoch: string;
  /** Whether the directory is there with the epoch in it. */
  #isEstablished: boolean;
  /** Ascending. */
  #closed: ClosedSegment[] = [];
  #writer: SegmentWriter | null = null;
  /** Of the frame last appended. */
  #schema: FrameSchema | null = null;
  /** The segment last read from, as long as it was then. */
  #read: { readonly path: string; readonly bytes: number; readonly stored: StoredSegment } | null =
    null;

  constructor(options: SpoolOptions) {
    this.#options = options;
    let epoch: string | null = null;
    let damaged = 0;
    let problem: string | null = null;
    try {
      epoch = readEpoch(options.directory, options.agentId);
      if (epoch !== null) damaged = this.#scan();
    } catch (error) {
      this.#closed = [];
      epoch = null;
      problem = errorText(error);
    }
    this.#isEstablished = epoch !== null;
    this.#epoch = epoch ?? createEpoch();
    this.damaged = damaged;
    this.problem = problem;
    const last = this.#closed.at(-1);
    this.nextSeq = last === undefined ? 0 : endOf(last);
  }

  /** Name under which the frames are numbered. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Size of all segments, bytes. */
  get bytes(): number {
    return this.#closed.reduce((sum, { bytes }) => sum + bytes, this.#writer?.bytes ?? 0);
  }

  /** Ranges of the frames on disk, ascending. */
  get extents(): SeqRange[] {
    return this.#segments()
      .filter(({ length }) => length > 0)
      .map(rangeOf);
  }

  /** Size of the frames on disk that `countGone` does not count, bytes; estimated, as if all of a segment had one size. */
  waitingBytes(countGone: (range: SeqRange) => number): number {
    return this.#segments().reduce((sum, { first, length, bytes }) => {
      if (length === 0) return sum;
      return sum + bytes * (1 - countGone(rangeOf({ first, length })) / length);
    }, 0);
  }

  /** Appends a frame, newer than all before. @throws errors of the system; the frame is not on disk then */
  append(frame: OutboxFrame): void {
    const current = this.#writer;
    const isFull = current !== null && current.bytes >= this.#options.segmentBytes;
    // What is complete and waits for the hub is worth a sync.
    if (isFull) void current.sync().catch(ignore);
    const writer =
      current === null || isFull || endOf(current) !== frame.seq ? this.#begin(frame.seq) : current;
    if (frame.schema !== this.#schema) {
      this.#schema = frame.schema;
      this.#schemas.add(frame.schema);
    }
    try {
      writer.append(frame);
    } catch (error) {
      // Whether it can be written again shows with the next one.
      this.#retire();
      throw error;
    }
  }

  /** A frame; `null` when it is not there any more. @throws errors of the system that may pass */
  frame(seq: number): SampledFrame | null {
    const segment = this.#segments().find((one) => seq >= one.first && seq < endOf(one));
    if (segment === undefined) return null;
    const { path, first, bytes } = segment;
    try {
      if (this.#read?.path !== path || this.#read.bytes !== bytes) {
        this.#read = { path, bytes, stored: this.#readSegment(path, first) };
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
    return this.#read.stored.frame(seq);
  }

  /** Removes the segments of which `isGone` says that no frame is needed any more. */
  release(isGone: (range: SeqRange) => boolean): void {
    // So it is after nearly every ack: there is only what is written to, and it is small.
    if (this.#closed.length === 0 && (this.#writer?.bytes ?? 0) < SPENT_BYTES) return;
    const isSpent = (segment: Extent) => segment.length === 0 || isGone(rangeOf(segment));
    const writer = this.#writer;
    if (writer !== null && writer.bytes >= SPENT_BYTES && isSpent(writer)) {
      try {
        this.#begin(endOf(writer));
      } catch {
        // It stays the last; whether anything can be written shows with the next frame.
      }
    }
    const last = this.#segments().at(-1);
    this.#closed = this.#closed.filter((segment) => {
      if (segment === last || !isSpent(segment)) return true;
      this.#remove(segment.path);
      return false;
    });
  }

  /** Removes the oldest segment unless it is the one written to. @returns the frames that were in it, or `null` */
  dropOldest(): SeqRange | null {
    const oldest = this.#closed.shift();
    if (oldest === undefined) return null;
    this.#remove(oldest.path);
    return rangeOf(oldest);
  }

  /**
   * Looks whether somebody has removed the segment that is written to; a new one is begun with the next frame then.
   *
   * @returns the frames that have gone with their files
   */
  missing(): SeqRange[] {
    if (this.#writer?.isRemoved !== true) return [];
    this.#retire();
    this.#isEstablished = false;
    const gone = this.#closed.filter(({ path }) => !existsSync(path));
    this.#closed = this.#closed.filter((segment) => !gone.includes(segment));
    return gone.map(rangeOf);
  }

  /** Goes on under another name. @throws errors of the system; the new name is not on disk then */
  changeEpoch(): void {
    this.#epoch = createEpoch();
    this.#isEstablished = false;
    this.#establish();
  }

  /**
   * Brings what was appended to the disk itself. The usual filesystems (ext4, XFS, Btrfs) keep the name of a new file with it.
   *
   * @throws errors of the system
   */
  async sync(): Promise<void> {
    await this.#writer?.sync();
  }

  /** Closes the file. */
  async close(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.close();
  }

  /** Reads a segment; the one read before can not be used any more. @throws errors of the system */
  #readSegment(path: string, first: number): StoredSegment {
    this.#read = null;
    return new StoredSegment(this.#reader.read(path), first, this.#schemas);
  }

  #segments(): (ClosedSegment | SegmentWriter)[] {
    return this.#writer === null ? this.#closed : [...this.#closed, this.#writer];
  }

  /** Looks at every segment and cuts what is not whole. @returns the frames that were lost, as far as that can be told */
  #scan(): number {
    const { directory } = this.#options;
    let damaged = 0;
    /** Seq from which on a damaged segment has none, until the next one says how many are missing. */
    let missingFrom: number | null = null;
    for (const name of segmentNames(directory)) {
      const path = join(directory, name);
      const { first, length, end, size } = this.#readSegment(path, firstOf(name));
      const before = this.#closed.at(-1);
      // A copy, or a file that somebody has renamed.
      if (before !== undefined && first < endOf(before)) continue;
      if (missingFrom !== null) damaged += first - missingFrom;
      missingFrom = end < size ? first + length : null;
      if (end < size) cut(path, end);
      this.#closed.push({ path, first, length, bytes: end });
    }
    if (missingFrom !== null) damaged += 1;
    return damaged;
  }

  /** Begins a segment. @throws errors of the system; nothing has changed then */
  #begin(first: number): SegmentWriter {
    const { directory } = this.#options;
    if (!this.#isEstablished) this.#establish();
    const path = join(directory, segmentName(first));
    const writer = new SegmentWriter(path, first);
    this.#retire();
    // One without frames has the same name as the next.
    this.#closed = this.#closed.filter((segment) => segment.path !== path);
    this.#writer = writer;
    return writer;
  }

  /** Ends the segment that is written to. */
  #retire(): void {
    const writer = this.#writer;
    if (writer === null) return;
    const { path, first, length, bytes } = writer;
    this.#writer = null;
    if (length > 0) this.#closed.push({ path, first, length, bytes });
    else this.#remove(path);
    void writer.close();
  }

  /** Makes the directory this outbox's own: without segments of others, and with its epoch. */
  #establish(): void {
    const { directory, agentId } = this.#options;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const own = new Set(this.#segments().map(({ path }) => path));
    for (const name of segmentNames(directory)) {
      if (!own.has(join(directory, name))) unlinkSync(join(directory, name));
    }
    writeEpoch(directory, this.#epoch, agentId);
    this.#isEstablished = true;
  }

  #remove(path: string): void {
    if (this.#read?.path === path) this.#read = null;
    try {
      unlinkSync(path);
    } catch {
      // Removed already, or not to be removed: at the next start the hub says again that it has these frames.
    }
  }
}

function cut(path: string, end: number): void {
  try {
    truncateSync(path, end);
  } catch {
    // It is read up to there anyway.
  }
}

function ignore(): undefined {
  return undefined;
}
