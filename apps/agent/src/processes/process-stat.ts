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

const OPENING = 0x28;
const CLOSING = 0x29;
/** Fields behind the name that are read; the first is the third of the page in the manual. */
const FIELDS = 22;

/**
 * Reads a line of `/proc/PID/stat`. The name stands in parentheses and may hold anything, parentheses and line ends as well, but
 * nothing behind the last parenthesis can be of it.
 *
 * @returns `null` for what is not such a line
 */
export function parseProcessStat(bytes: Buffer, length: number): ProcessStat | null {
  const open = bytes.indexOf(OPENING);
  const close = bytes.lastIndexOf(CLOSING, length - 1);
  if (open === -1 || close <= open) return null;
  const fields = bytes.toString('latin1', close + 2, length).split(' ', FIELDS);
  const number = (field: number) => Number(fields[field - 3]);
  const stat = {
    name: bytes.toString('utf8', open + 1, close),
    state: STATES[fields[0] ?? ''] ?? 'other',
    ppid: number(4),
    cpu: number(14) + number(15),
    children: number(16) + number(17),
    threads: number(20),
    started: number(22),
    pages: number(24),
  };
  return Number.isSafeInteger(stat.started + stat.cpu + stat.children + stat.pages) ? stat : null;
}
