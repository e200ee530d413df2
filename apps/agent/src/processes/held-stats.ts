import type { OpenStat, ProcessFiles } from './process-files';
import type { ProcessStat } from './process-stat';

/** Most files held open at a time. */
const MOST = 64;

interface Held {
  readonly file: OpenStat;
  isUsed: boolean;
}

/**
 * Keeps `/proc/PID/stat` open of processes that are read again and again: one system call instead of three, and no path to be looked up.
 * A file of a process that has ended tells nothing any more, also when another one has got its pid.
 */
export class HeldStats {
  readonly #files: ProcessFiles;
  readonly #held = new Map<number, Held>();

  constructor(files: ProcessFiles) {
    this.#files = files;
  }

  /** What the file says now; `null` when the process is gone, or not to be seen. @throws errors of the system */
  read(pid: number): ProcessStat | null {
    const held = this.#held.get(pid);
    if (held !== undefined) {
      const stat = held.file.read();
      if (stat !== null) {
        held.isUsed = true;
        return stat;
      }
      this.#close(pid, held);
    }
    if (this.#held.size >= MOST) return this.#files.stat(pid);
    const file = this.#files.openStat(pid);
    if (file === null) return null;
    this.#held.set(pid, { file, isUsed: true });
    return file.read();
  }

  /** Gives back those that were not read since the call before. */
  release(): void {
    this.#held.forEach((held, pid) => {
      if (held.isUsed) held.isUsed = false;
      else this.#close(pid, held);
    });
  }

  #close(pid: number, { file }: Held): void {
    this.#held.delete(pid);
    file.close();
  }
}
