import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli/cli-error';
import { errorCode } from '../log/error-code';
import { isProcessAlive } from './process-alive';

/** Who holds a state directory. */
const HolderSchema = z.object({
  pid: z.number().int().positive(),
  /** When the process began, in the kernel's ticks since boot; `null` where that is unknown. Tells a process from a later one with its id. */
  startedAt: z.number().nullable(),
});
type Holder = z.infer<typeof HolderSchema>;

/** A state directory held by this process. */
export interface StateLock {
  /** Lets another process have it. */
  release(): void;
}

/**
 * Takes a state directory for this process, so that no two agents send under one identity. A lock left behind by a process that is
 * gone counts for nothing. Processes are told apart by their id, so that two containers that share the directory are not noticed.
 *
 * @throws CliError when another process has it
 * @throws errors of the system when the lock can not be written
 */
export function lockStateDir(stateDir: string): StateLock {
  const path = join(stateDir, 'agent.lock');
  const own = JSON.stringify({
    pid: process.pid,
    startedAt: startOf(process.pid),
  } satisfies Holder);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, own, { flag: 'wx', mode: 0o600 });
    while (!takeFree(temporary, path)) removeLeftover(path, stateDir);
  } finally {
    rmSync(temporary, { force: true });
  }
  return {
    release() {
      if (readLock(path) === own) unlinkSync(path);
    },
  };
}

/** Puts the lock in place, unless there is one: a link is made in one step. */
function takeFree(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock if nobody holds it. @throws CliError when somebody does */
function removeLeftover(path: string, stateDir: string): void {
  const text = readLock(path);
  // Released just now.
  if (text === null) return;
  const holder = HolderSchema.safeParse(parseJson(text)).data ?? null;
  if (holder !== null && isHeldBy(holder)) throw heldBy(holder, stateDir);
  const aside = `${path}.${randomBytes(6).toString('hex')}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    // Another starter was faster.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  // It may have been replaced by a live one between the two: that one goes back.
  if (readLock(aside) !== text) takeFree(aside, path);
  unlinkSync(aside);
}

function isHeldBy({ pid, startedAt }: Holder): boolean {
  if (!isProcessAlive(pid)) return false;
  const actual = startOf(pid);
  if (startedAt === null || actual === null) return pid !== process.pid;
  return actual === startedAt;
}

function heldBy({ pid }: Holder, stateDir: string): CliError {
  return new CliError(
    'failed',
    `another agent (process ${pid}) runs with the state directory ${stateDir}: stop it, or set HOSTDECK_STATE_DIR`,
  );
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Start of a process in ticks since boot: field 22 of /proc/PID/stat, proc(5); `null` where there is none. */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold spaces; field 3 is the first behind it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    // Another system than Linux, or the process is gone: then its id alone decides.
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half written in a crash: it holds nothing.
    return undefined;
  }
}
