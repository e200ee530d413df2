import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAbsent } from '../linux/proc-file';
import { errorCode } from '../../log/error-code';

/** Where programs are looked for. Not in `PATH`, which whoever starts the agent may have pointed anywhere. */
const FOLDERS: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/run/current-system/sw/bin',
  // NVIDIA's tool under WSL.
  '/usr/lib/wsl/lib',
];
/** How long it is believed where a program is, ms: it may be installed while the agent runs. */
const BELIEVED = 600_000;
/** Most a program may print, bytes. */
const MOST_OUTPUT = 4 * 1024 * 1024;
/** Group and others may write. */
const WRITABLE_BY_OTHERS = 0o022;

/** What a program printed, and its exit status: some have their verdict in it. */
export interface Output {
  readonly text: string;
  readonly status: number;
}

/** Thrown when a program could not be started, did not end in time, printed too much or was killed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * The few programs that the agent starts to read what the kernel does not tell: each is named in the code with all its words, found in
 * fixed folders and started without a shell. Nothing that comes from the hub or from a file ever decides what is started.
 */
export class Programs {
  readonly #folders: readonly string[];
  readonly #found = new Map<string, { readonly path: string | null; readonly at: number }>();

  constructor(folders: readonly string[] = FOLDERS) {
    this.#folders = folders;
  }

  /**
   * Path of a program, or `null` where it is not installed. One that others than root and this user could have put there is
   * not taken.
   *
   * @param now monotonic time, ms
   */
  find(name: string, now: number): string | null {
    const known = this.#found.get(name);
    if (known !== undefined && now - known.at < BELIEVED) return known.path;
    const path =
      this.#folders.map((folder) => join(folder, name)).find((path) => isSafeProgram(path)) ?? null;
    this.#found.set(name, { path, at: now });
    return path;
  }

  /**
   * Runs a program to its end; one that takes longer than `deadline` ms is killed.
   *
   * @throws ProgramError; a status other than 0 is no error
   */
  run(path: string, words: readonly string[], deadline: number): Promise<Output> {
    return new Promise((resolve, reject) => {
      const options = {
        timeout: deadline,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_OUTPUT,
        windowsHide: true,
        // Numbers and words as the code expects them, and nothing of the agent's own environment, such as its token.
        env: { LC_ALL: 'C', PATH: FOLDERS.join(':') },
      } as const;
      execFile(path, words, options, (cause, text) => {
        if (cause === null) resolve({ text, status: 0 });
        else if (typeof cause.code === 'number') resolve({ text, status: cause.code });
        else reject(new ProgramError(troubleOf(path, cause, deadline), { cause }));
      });
    });
  }
}

function troubleOf(path: string, cause: Error & { killed?: boolean }, deadline: number): string {
  if (errorCode(cause) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `${path} prints too much`;
  if (cause.killed === true) return `${path} did not end within ${deadline} ms`;
  return `${path} could not be run: ${errorCode(cause) ?? 'killed'}`;
}

function isSafeProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return [path, dirname(path)].every(isOurs);
  } catch (error) {
    if (isAbsent(error) || NOT_FOR_US.includes(errorCode(error))) return false;
    throw error;
  }
}

const NOT_FOR_US: readonly (string | null)[] = ['EACCES', 'ENOTDIR', 'ELOOP'];

function isOurs(path: string): boolean {
  const { uid, mode } = statSync(path);
  return (uid === 0 || uid === process.getuid?.()) && (mode & WRITABLE_BY_OTHERS) === 0;
}
