import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { numberAfter } from '../collectors/linux/fields';
import { errorCode } from '../log/error-code';
import { parseProcessStat, type ProcessStat } from './process-stat';

/** Longest piece of a command line that is looked at, bytes: four times what is kept of it. */
const COMMAND_BYTES = 4 * 1024;
const BUFFER_BYTES = 2 * COMMAND_BYTES;

/** What the system says when a process is gone, before or while its file is read. */
const GONE: readonly (string | null)[] = ['ENOENT', 'ESRCH'];
/** What it says when its file is not ours to read. */
const DENIED: readonly (string | null)[] = ['EACCES', 'EPERM'];

/** A command line as the process has it. */
export interface RawCommand {
  /** The words, which may hold anything. */
  readonly words: readonly string[];
  /** Whether it is longer than what was read, so that the last word is not whole. */
  readonly isCut: boolean;
}

/** Bytes a process has had read from and written to disks since its start. */
export interface ProcessTransfer {
  readonly read: number | null;
  readonly write: number | null;
}

/** A `/proc/PID/stat` that is held open. */
export interface OpenStat {
  /** What it says now; `null` when the process is gone. @throws errors of the system */
  read(): ProcessStat | null;
  close(): void;
}

/**
 * The files of processes below `/proc`, read synchronously into one buffer: the kernel makes them in memory, and 10 µs for opening,
 * reading and closing one are a tenth of a trip through the thread pool.
 */
export class ProcessFiles {
  readonly #root: string;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  /** Whether the size of `fd` is the number of open files, as since Linux 6.2; `null` before it was tried. */
  #sizesAreCounts: boolean | null = null;

  /** @param root `/proc`, or a tree like it */
  constructor(root: string) {
    this.#root = root;
  }

  /** Ids of all processes this user can see. @throws errors of the system */
  pids(): number[] {
    const pids: number[] = [];
    // Without an iterator, which makes an object for each of what may be thousands.
    readdirSync(this.#root).forEach((name) => {
      const pid = Number(name);
      if (pid > 0) pids.push(pid);
    });
    return pids;
  }

  /** Whether the processes of others are kept from this user (`hidepid`): then the first one is, too. */
  get isRestricted(): boolean {
    return this.#read('1/stat') === null;
  }

  /** What changes all the time; `null` when the process is gone, or not to be seen. */
  stat(pid: number): ProcessStat | null {
    const length = this.#read(`${pid}/stat`);
    return length === null ? null : parseProcessStat(this.#buffer, length);
  }

  /** Opens what {@link stat} reads, to be closed by the caller; `null` as there. */
  openStat(pid: number): OpenStat | null {
    const file = this.#open(`${pid}/stat`);
    if (file === null) return null;
    return {
      read: () => {
        const length = this.#readOpen(file);
        return length === null ? null : parseProcessStat(this.#buffer, length);
      },
      close: () => closeSync(file),
    };
  }

  /**
   * Its command line; `null` when there is none, as of a kernel thread, or it can not be read.
   *
   * @param most longest piece of it that is looked at, bytes
   */
  command(pid: number, most = COMMAND_BYTES): RawCommand | null {
    const length = this.#read(`${pid}/cmdline`);
    if (length === null || length === 0) return null;
    const isCut = length >= most;
    const text = this.#buffer.toString('utf8', 0, Math.min(length, most));
    const words = text.split('\0');
    // The last word ends with a zero, too. A program that has overwritten its command line leaves many.
    while (words.at(-1) === '') words.pop();
    return words.length === 0 ? null : { words, isCut };
  }

  /** What it has read and written; `null` when this user may not know. */
  transfer(pid: number): ProcessTransfer | null {
    const length = this.#read(`${pid}/io`);
    if (length === null) return null;
    const text = this.#buffer.toString('latin1', 0, length);
    return { read: numberAfter(text, 'read_bytes: '), write: numberAfter(text, 'write_bytes: ') };
  }

  /** Files it has open; `null` when this user may not know. */
  openFiles(pid: number): number | null {
    const path = this.#path(`${pid}/fd`);
    try {
      this.#sizesAreCounts ??= this.#hasCountsForSizes();
      if (this.#sizesAreCounts) return statSync(path).size;
      return readdirSync(path).length;
    } catch (error) {
      if (isGone(error) || isDenied(error)) return null;
      throw error;
    }
  }

  /** Id of the user it runs as; `null` when it is gone. */
  owner(pid: number): number | null {
    return statSync(this.#path(String(pid)), { throwIfNoEntry: false })?.uid ?? null;
  }

  #hasCountsForSizes(): boolean {
    const own = this.#path('self/fd');
    const { size } = statSync(own);
    // Listing them opens one more.
    return size > 0 && Math.abs(readdirSync(own).length - size) <= 1;
  }

  /** Reads a file into the buffer. @returns its length as far as it fits; `null` when it is gone or not ours to read */
  #read(path: string): number | null {
    const file = this.#open(path);
    if (file === null) return null;
    try {
      return this.#readOpen(file);
    } finally {
      closeSync(file);
    }
  }

  /** @returns `null` when it is gone or not ours to read */
  #open(path: string): number | null {
    try {
      return openSync(this.#path(path), 'r');
    } catch (error) {
      if (isGone(error) || isDenied(error)) return null;
      throw error;
    }
  }

  #readOpen(file: number): number | null {
    try {
      return readSync(file, this.#buffer, 0, BUFFER_BYTES, 0);
    } catch (error) {
      if (isGone(error) || isDenied(error)) return null;
      throw error;
    }
  }

  #path(path: string): string {
    return `${this.#root}/${path}`;
  }
}

function isGone(error: unknown): boolean {
  return GONE.includes(errorCode(error));
}

function isDenied(error: unknown): boolean {
  return DENIED.includes(errorCode(error));
}
