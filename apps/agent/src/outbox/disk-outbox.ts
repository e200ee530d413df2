import type { SeqRange } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import { FrameMemory } from './frame-memory';
import type { Outbox, OutboxBatch, OutboxFrame } from './outbox';
import { SeqSet } from './seq-set';
import { Spool } from './spool';

/** Size of the spool unless said otherwise, bytes: a frame of 55 values takes about 300, so that it holds more than four days of one every 2 s. */
export const DEFAULT_SPOOL_BYTES = 64 * 1024 * 1024;
/** Size of the frames in memory while they can not be written, bytes. */
export const DEFAULT_MEMORY_BYTES = 8 * 1024 * 1024;
/** What is dropped at once when the spool is full, as a share of it. */
const SEGMENTS = 64;
/** Frames kept in memory although they are on disk: what is sent now need not be read. */
const RECENT_FRAMES = 64;
/** Wait before the disk is tried again, ms. */
const RETRY_AFTER = 5_000;
/** Least time between two syncs, ms; and between two looks whether the files are still there. */
const SYNC_INTERVAL = 5_000;
/** How frames were lost. */
const FULL = 'were dropped: the outbox is full';
const VANISHED = 'have vanished from the disk, or were damaged there';

export interface DiskOutboxOptions {
  readonly directory: string;
  /** Whose frames they are: those of another agent are not sent. */
  readonly agentId: string;
  readonly logger: Logger;
  readonly spoolBytes?: number;
  readonly memoryBytes?: number;
  /** Monotonic, ms. */
  readonly now?: () => number;
}

/**
 * An outbox on disk. Every frame is written when it is appended, so that a killed process loses at most the one it is
 * making. Frames the hub acks at once are never synced; when some wait, they are every 5 s, so that a power cut costs those of the last
 * 5 s that the hub has not got. While the disk is full or read-only, frames stay in memory, bounded; they are written when it
 * works again.
 */
export class DiskOutbox implements Outbox {
  readonly resumedAt: number;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #spoolBytes: number;
  readonly #memoryBytes: number;
  readonly #spool: Spool;
  /** Frames that are not on disk, and the newest that are. */
  readonly #memory = new FrameMemory();
  /** Seqs below {@link nextSeq} of no frame that is kept: stored by the hub, given up or lost. */
  readonly #gone = new SeqSet();
  #nextSeq: number;
  /** First seq that is not on disk. */
  #toWrite: number;
  /** First seq that was written after the last sync. */
  #toSync: number;
  #syncedAt: number;
  #retryAt = Number.NEGATIVE_INFINITY;
  #lost = 0;
  #problem: string | null = null;

  constructor(options: DiskOutboxOptions) {
    const { directory, agentId, logger, spoolBytes = DEFAULT_SPOOL_BYTES } = options;
    this.#logger = logger;
    this.#now = options.now ?? (() => performance.now());
    this.#spoolBytes = spoolBytes;
    this.#memoryBytes = options.memoryBytes ?? DEFAULT_MEMORY_BYTES;
    this.#spool = new Spool({ directory, agentId, segmentBytes: spoolBytes / SEGMENTS });
    const { nextSeq, problem, damaged } = this.#spool;
    this.resumedAt = nextSeq;
    this.#nextSeq = nextSeq;
    this.#toWrite = nextSeq;
    this.#toSync = nextSeq;
    this.#syncedAt = this.#now();
    let expected = 0;
    for (const [first, last] of this.#spool.extents) {
      this.#gone.add([expected, first - 1]);
      expected = last + 1;
    }
    this.#gone.add([expected, nextSeq - 1]);
    if (damaged > 0) this.#lose(damaged, 'were damaged on disk');
    if (problem !== null) this.#fail(problem);
  }

  get epoch(): string {
    return this.#spool.epoch;
  }

  get oldestSeq(): number | null {
    const oldest = this.#gone.nextMissing(0);
    return oldest < this.#nextSeq ? oldest : null;
  }

  get newestSeq(): number | null {
    const newest = this.#gone.previousMissing(this.#nextSeq - 1);
    return newest >= 0 ? newest : null;
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  get length(): number {
    return this.#nextSeq - this.#gone.count;
  }

  get bytes(): number {
    if (this.length === 0) return 0;
    const onDisk = this.#spool.waitingBytes((range) => this.#gone.countIn(range));
    return Math.round(onDisk) + (this.#toWrite < this.#nextSeq ? this.#memory.bytes : 0);
  }

  get lost(): number {
    return this.#lost;
  }

  get problem(): string | null {
    return this.#problem;
  }

  append(frame: SampledFrame): OutboxFrame {
    const kept = { ...frame, seq: this.#nextSeq };
    this.#nextSeq += 1;
    this.#memory.add(kept);
    this.#lookAfter();
    this.#write();
    this.#bound();
    return kept;
  }

  read([first, last]: SeqRange, limit: (schema: FrameSchema) => number): OutboxBatch | null {
    const end = Math.min(last, this.#nextSeq - 1);
    const frames: OutboxFrame[] = [];
    let schema: FrameSchema | null = null;
    for (
      let seq = this.#gone.nextMissing(first);
      seq <= end;
      seq = this.#gone.nextMissing(seq + 1)
    ) {
      let frame: OutboxFrame | null;
      try {
        frame = this.#memory.get(seq) ?? this.#readBack(seq);
      } catch (error) {
        // It may be there the next time: the frames stay.
        this.#logger.repeated(
          'outbox read',
          'error',
          `the outbox could not be read: ${errorText(error)}`,
        );
        break;
      }
      if (frame === null) {
        this.#drop([seq, seq], VANISHED);
        continue;
      }
      schema ??= frame.schema;
      if (frame.schema !== schema || frames.length >= limit(schema)) break;
      frames.push(frame);
    }
    return schema === null || frames.length === 0 ? null : { schema, frames };
  }

  remove([first, last]: SeqRange): void {
    const end = Math.min(last, this.#nextSeq - 1);
    if (end < first) return;
    this.#gone.add([first, end]);
    this.#memory.deleteRange(first, end);
    this.#spool.release((range) => this.#isGone(range));
  }

  renew(): void {
    try {
      this.#spool.changeEpoch();
    } catch (error) {
      this.#fail(errorText(error));
    }
  }

  async close(): Promise<void> {
    try {
      if (this.length > 0) await this.#spool.sync();
    } catch (error) {
      this.#logger.warn(`the outbox could not be synced: ${errorText(error)}`);
    }
    await this.#spool.close();
  }

  #isGone([first, last]: SeqRange): boolean {
    return this.#gone.nextMissing(first) > last;
  }

  #readBack(seq: number): OutboxFrame | null {
    const frame = this.#spool.frame(seq);
    return frame === null ? null : { ...frame, seq };
  }

  /** Writes what is not on disk. */
  #write(): void {
    if (this.#problem !== null && this.#now() < this.#retryAt) return;
    try {
      for (; this.#toWrite < this.#nextSeq; this.#toWrite += 1) {
        const frame = this.#memory.get(this.#toWrite);
        if (frame !== undefined) this.#spool.append(frame);
      }
    } catch (error) {
      this.#fail(errorText(error));
      return;
    }
    if (this.#problem === null) return;
    this.#problem = null;
    this.#logger.info('the outbox is on disk again');
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#retryAt = this.#now() + RETRY_AFTER;
    this.#logger.repeated('outbox', 'error', `frames are kept in memory only: ${problem}`);
  }

  /** Drops the oldest frames while there are too many. */
  #bound(): void {
    const memory = this.#memory;
    for (let oldest = memory.oldestSeq; oldest !== null; oldest = memory.oldestSeq) {
      const isOnDisk = oldest < this.#toWrite;
      const isTooMuch = isOnDisk ? memory.length > RECENT_FRAMES : memory.bytes > this.#memoryBytes;
      if (!isTooMuch || oldest === this.#nextSeq - 1) break;
      if (isOnDisk) memory.delete(oldest);
      else this.#drop([oldest, oldest], FULL);
    }
    while (this.#spool.bytes > this.#spoolBytes) {
      const dropped = this.#spool.dropOldest();
      if (dropped === null) break;
      this.#drop(dropped, FULL);
    }
  }

  #drop([first, last]: SeqRange, how: string): void {
    const known = this.#gone.count;
    this.#gone.add([first, last]);
    this.#memory.deleteRange(first, last);
    if (this.#gone.count > known) this.#lose(this.#gone.count - known, how);
  }

  #lose(frames: number, how: string): void {
    this.#lost += frames;
    this.#logger.repeated(
      `lost ${how}`,
      'error',
      `frames ${how}; ${this.#lost} were lost since the start of the agent`,
    );
  }

  /** From time to time: a sync, if frames wait for the hub, and a look whether the files are still there. */
  #lookAfter(): void {
    if (this.#now() - this.#syncedAt < SYNC_INTERVAL) return;
    this.#syncedAt = this.#now();
    for (const range of this.#spool.missing()) this.#drop(range, VANISHED);
    if (this.#gone.nextMissing(this.#toSync) >= this.#toWrite) return;
    this.#toSync = this.#toWrite;
    this.#spool.sync().catch((error: unknown) => {
      this.#logger.repeated(
        'outbox sync',
        'warn',
        `the outbox could not be synced: ${errorText(error)}`,
      );
    });
  }
}
