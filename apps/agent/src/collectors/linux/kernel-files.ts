import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent, isRefused, ProcFile, ReadBuffer } from './proc-file';

/** Where the kernel's files are: `/proc` and `/sys`, or recorded ones. */
export interface KernelRoots {
  readonly proc: string;
  readonly sys: string;
}

/** The kernel's files. Each of `/proc` is opened once, however many collectors read it. */
export class KernelFiles {
  readonly #open = new Map<string, ProcFile>();
  readonly #buffer = new ReadBuffer();

  constructor(readonly roots: KernelRoots) {}

  /** The file at `path` below `/proc`. */
  proc(path: string): ProcFile {
    let file = this.#open.get(path);
    if (file === undefined) {
      file = new ProcFile(join(this.roots.proc, path), this.#buffer);
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

  /** Names in a folder below `/sys`, the tenth behind the ninth; none where there is no such folder. */
  listSys(...parts: string[]): string[] {
    return listFolder(this.sysPath(...parts));
  }

  /** Content of a small file below `/sys`, trimmed; `null` when there is none. */
  readSys(...parts: string[]): string | null {
    return readSmall(this.sysPath(...parts));
  }

  /** Content of a small file below `/proc`, trimmed; `null` when there is none. */
  readProc(...parts: string[]): string | null {
    return readSmall(join(this.roots.proc, ...parts));
  }

  /** What a link below `/proc` points at, or `null` where there is none or it is not for us to see. */
  readProcLink(...parts: string[]): string | null {
    try {
      return readlinkSync(join(this.roots.proc, ...parts));
    } catch (error) {
      if (isAbsent(error) || isRefused(error)) return null;
      throw error;
    }
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
  }
}

/** Names in a folder, the tenth behind the ninth; none where there is no such folder or it is not for us to read. */
export function listFolder(path: string): string[] {
  try {
    // Comparing as people of a language do would load its rules, some 6 MB, to stay.
    return readdirSync(path).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  } catch (error) {
    if (isAbsent(error) || isRefused(error)) return [];
    throw error;
  }
}

function readSmall(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (isAbsent(error) || isRefused(error)) return null;
    throw error;
  }
}
