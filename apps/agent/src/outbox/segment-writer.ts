import {
  close,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { errorText } from '../log/error-text';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import { encodeRecord } from './record';
import { frameText, headerText, seriesText } from './stored-segment';

const closeFile = promisify(close);
const syncFile = promisify(fdatasync);

/** Writes the newest segment: one `write` per frame, so that what was appended outlives the process at once. */
export class SegmentWriter {
  readonly path: string;
  /** Seq of the first frame. */
  readonly first: number;
  readonly #file: number;
  #schema: FrameSchema | null = null;
  #length = 0;
  #bytes = 0;
  /** Work under way on the file, one after the other. */
  #underWay: Promise<void> = Promise.resolve();

  /** @throws errors of the system; nothing is left behind then */
  constructor(path: string, first: number) {
    this.path = path;
    this.first = first;
    this.#file = openSync(path, 'w', 0o600);
    try {
      this.#write(encodeRecord(headerText(first)));
    } catch (error) {
      unlinkSync(path);
      void this.close();
      throw error;
    }
  }

  /** Frames in it. */
  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the file has been removed from its directory. */
  get isRemoved(): boolean {
    return fstatSync(this.#file).nlink === 0;
  }

  /** Appends a frame, whose seq is the next. @throws errors of the system; the segment is as it was then */
  append(frame: SampledFrame): void {
    const record = encodeRecord(frameText(frame));
    this.#write(
      frame.schema === this.#schema
        ? record
        : Buffer.concat([encodeRecord(seriesText(frame.schema)), record]),
    );
    this.#schema = frame.schema;
    this.#length += 1;
  }

  /** Brings what was appended to the disk itself, where it outlives a power cut. */
  async sync(): Promise<void> {
    const work = this.#underWay.then(() => syncFile(this.#file));
    this.#underWay = work.catch(ignore);
    await work;
  }

  /** Closes the file when the work under way on it has ended. */
  async close(): Promise<void> {
    const work = this.#underWay.then(() => closeFile(this.#file));
    this.#underWay = work.catch(ignore);
    await this.#underWay;
  }

  #write(bytes: Buffer): void {
    let written = 0;
    let problem: unknown = null;
    try {
      written = writeSync(this.#file, bytes, 0, bytes.length, this.#bytes);
    } catch (error) {
      problem = error;
    }
    if (written === bytes.length) {
      this.#bytes += written;
      return;
    }
    try {
      ftruncateSync(this.#file, this.#bytes);
    } catch (error) {
      // The half record is cut when the segment is read.
      problem ??= error;
    }
    const cause = problem ?? new Error('no space left on device');
    throw new Error(`${this.path} could not be written: ${errorText(cause)}`, { cause });
  }
}

function ignore(): undefined {
  return undefined;
}
