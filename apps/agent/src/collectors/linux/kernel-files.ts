import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent, ProcFile } from './proc-file';

/** Where the kernel's files are: `/proc` and `/sys`, or recorded ones. */
export interface KernelRoots {
  readonly proc: string;
  readonly sys: string;
}

/** The kernel's files. Each of `/proc` is opened once, however many collectors read it. */
export class KernelFiles {
  readonly #open = new Map<string, ProcFile>();

  constructor(readonly roots: KernelRoots) {}

  /** The file at `path` below `/proc`. */
  proc(path: string): ProcFile {
    let file = this.#open.get(path);
    if (file === undefined) {
      file = new ProcFile(join(this.roots.proc, path));
      this.#open.set(path, file);
    }
    return file;
  }

  /** Path of a file below `/sys`. */
  sysPath(...parts: string[]): string {
    return join(this.roots.sys, ...parts);
  }

  /** Whether there is such a file below `/sys`. */
  hasSys(...parts: string[]): boolean {
    return existsSync(this.sysPath(...parts));
  }

  /** Content of a small file below `/sys`, trimmed; `null` when there is none. */
  readSys(...parts: string[]): string | null {
    try {
      return readFileSync(this.sysPath(...parts), 'utf8').trim();
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
  }
}
