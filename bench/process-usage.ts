import { readFileSync } from 'node:fs';

/** Clock ticks per second in /proc: fixed at 100 for programs on Linux (sysconf(_SC_CLK_TCK), proc(5)). */
const TICKS_PER_SECOND = 100;

/** CPU time a process has used since it began, ms, from /proc/PID/stat (fields 14 and 15, proc(5)). */
export function cpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // The name in parentheses may hold spaces; what follows the last parenthesis does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Resident memory of a process now, bytes. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
