import type { ProcessState } from '@hostdeck/contracts';

/** Clock ticks per second in what the kernel tells of processes (USER_HZ): 100 on every architecture Node runs on. */
export const TICKS_PER_SECOND = 100;

/** What `/proc/PID/stat` says (proc_pid_stat(5)), as far as it is watched. */
export interface ProcessStat {
  readonly name: string;
  readonly state: ProcessState;
  readonly ppid: number;
  /** Time on a processor since its start, in ticks: its own, in user mode and in the kernel. */
  readonly cpu: number;
  /** Time of those of its children that have ended and been waited for, and of their children, in ticks. */
  readonly children: number;
  readonly threads: number;
  /** When it was started, in ticks since boot. */
  readonly started: number;
  /** Resident memory, pages. */
  readonly pages: number;
}

const STATES: Readonly<Record<string, ProcessState>> = {
  R: 'running',
  S: 'sleeping',
  D: 'blocked',
  T: 'stopped',
  t: 'stopped',
  Z: 'zombie',
  I: 'idle',
};

/** Fields behind the name that are read; the first is the third of the page in the manual. */
const FIELDS = 22;
const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Reads a line of `/proc/PID/stat`. The name stands in parentheses and may hold anything, parentheses and line ends as well, but
 * nothing behind the last parenthesis can be of it.
 *
 * @returns `null` for what is not such a line
 */
export function parseProcessStat(bytes: Buffer, length: number): ProcessStat | null {
  // One byte, one character, so that places in the text are places in the bytes.
  const text = bytes.toString('latin1', 0, length);
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open === -1 || close <= open) return null;
  const fields = text.slice(close + 2).split(' ', FIELDS);
  const stat = {
    name: nameOf(text.slice(open + 1, close), bytes, open + 1),
    state: STATES[fields[0] ?? ''] ?? 'other',
    ppid: Number(fields[1]),
    cpu: Number(fields[11]) + Number(fields[12]),
    children: Number(fields[13]) + Number(fields[14]),
    threads: Number(fields[17]),
    started: Number(fields[19]),
    pages: Number(fields[21]),
  };
  return Number.isSafeInteger(stat.started + stat.cpu + stat.children + stat.pages) ? stat : null;
}

/** The name as it is meant, in UTF-8. @param start where its bytes begin */
function nameOf(latin: string, bytes: Buffer, start: number): string {
  return BEYOND_ASCII.test(latin) ? bytes.toString('utf8', start, start + latin.length) : latin;
}
