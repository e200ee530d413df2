import { closeSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../../log/error-code';

const INITIAL_BUFFER = 16 * 1024;
/**
 * A first reading shorter than this is the whole: the kernel fills a page of 4 KiB and stops early only before a line that does not fit
 * into the rest, and none is half a page long unless it stands alone (the kernel's Documentation/filesystems/seq_file.rst).
 */
const SURELY_WHOLE = 2 * 1024;
/** How long it is believed that the kernel has no such file, ms. */
const ABSENCE_BELIEVED = 60_000;

/** What files are read into, one after the other. Shared by many: it stays in the processor's caches then. */
export class ReadBuffer {
  #bytes = Buffer.allocUnsafeSlow(INITIAL_BUFFER);

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Makes it larger, with what it holds. */
  grow(): Buffer {
    const larger = Buffer.allocUnsafeSlow(this.#bytes.length * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
    return larger;
  }
}

/**
 * A file of `/proc` or `/sys` that is read again and again. It stays open and is read synchronously: the kernel makes the
 * content in memory, and a trip through the thread pool costs ten times the reading.
 */
export class ProcFile {
  #descriptor: number | null = null;
  readonly #buffer: ReadBuffer;
  #text = '';
  #readAt: number | null = null;
  #absentSince: number | null = null;

  /** @param buffer what it is read into, and others may be as well */
  constructor(
    readonly path: string,
    buffer: ReadBuffer,
  ) {
    this.#buffer = buffer;
  }

  /**
   * The content at monotonic time `now`; two collectors that ask in the same tick share one reading.
   *
   * @throws what the file system says, such as ENOENT
   */
  read(now: number): string {
    if (this.#readAt === now) return this.#text;
    this.#readAt = null;
    try {
      this.#descriptor ??= openSync(this.path, 'r');
      this.#text = this.#readAll(this.#descriptor);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#readAt = now;
    return this.#text;
  }

  /** As {@link read}; `null` where this kernel has no such file, which is not looked for at every reading. */
  readOptional(now: number): string | null {
    if (this.#absentSince !== null && now - this.#absentSince < ABSENCE_BELIEVED) return null;
    try {
      const text = this.read(now);
      this.#absentSince = null;
      return text;
    } catch (error) {
      if (!isAbsent(error)) throw error;
      this.#absentSince = now;
      return null;
    }
  }

  close(): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  // The kernel hands out what is a list in pieces of a page, so a short read is not yet the end.
  #readAll(descriptor: number): string {
    let length = 0;
    let { bytes } = this.#buffer;
    for (;;) {
      if (length === bytes.length) bytes = this.#buffer.grow();
      const read = readSync(descriptor, bytes, length, bytes.length - length, length);
      length += read;
      if (read === 0 || length < SURELY_WHOLE) return bytes.toString('utf8', 0, length);
    }
  }
}

/** What the system says of a file that the kernel does not have or that just went, or of a thing it does not support. */
const ABSENT: readonly (string | null)[] = [
  'ENOENT',
  'EOPNOTSUPP',
  'ENODEV',
  'ESRCH',
  'EINVAL',
  'ENOTDIR',
];

/** Whether an error says that the kernel does not have the file or does not support what it is about. */
export function isAbsent(error: unknown): boolean {
  return ABSENT.includes(errorCode(error));
}

const REFUSED: readonly (string | null)[] = ['EACCES', 'EPERM'];

/** Whether an error says that the file is not for this user to read. */
export function isRefused(error: unknown): boolean {
  return REFUSED.includes(errorCode(error));
}
