import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in /proc: fixed at 100 for programs on Linux (sysconf(_SC_CLK_TCK), proc(5)). */
const TICKS_PER_SECOND = 100;

/**
 * CPU time that a process and everything it started has used, ms: of those that live exactly (`/proc/PID/task/TID/schedstat`, in
 * nanoseconds), of children that have ended in ticks of 10 ms (`/proc/PID/stat`, fields 16 and 17, proc(5)).
 */
export function treeCpuTime(pid: number): number {
  return treeOf(pid).reduce((sum, one) => sum + ownTime(one) + endedTime(one), 0);
}

/** Resident memory of a process and everything it started now, bytes. */
export function treeMemory(pid: number): number {
  return treeOf(pid).reduce((sum, one) => {
    const status = read(`/proc/${String(one)}/status`) ?? '';
    return sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  }, 0);
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statFields(Number(name)) : null;
    if (fields === null) continue;
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function ownTime(pid: number): number {
  const folder = `/proc/${String(pid)}/task`;
  let nanoseconds = 0;
  for (const thread of list(folder)) {
    nanoseconds += Number(read(`${folder}/${thread}/schedstat`)?.split(' ')[0] ?? 0);
  }
  return nanoseconds / 1e6;
}

function endedTime(pid: number): number {
  const fields = statFields(pid);
  return ((Number(fields?.[13] ?? 0) + Number(fields?.[14] ?? 0)) * 1000) / TICKS_PER_SECOND;
}

/** The fields of `/proc/PID/stat` behind the name, which may hold anything; `null` when the process is gone. */
function statFields(pid: number): string[] | null {
  const stat = read(`/proc/${String(pid)}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Processes end at any time. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
  );
}
