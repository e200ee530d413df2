import type { ProcessStat } from './process-stat';

/** Time of processors that a pass can tell whose it was, in ticks. */
export interface Explained {
  /** Of processes that are there. */
  own: number;
  /** Of processes that have ended, as their parents say. */
  ended: number;
  /** What was explained before of processes that have ended since: their parents have that time now, too. */
  gone: number;
}

/** What is needed of a pass to read a process in it. */
export interface Pass {
  /** Ticks since boot. */
  readonly at: number;
  readonly explained: Explained;
}

/** What is remembered of a process from pass to pass. */
export interface Known {
  readonly pid: number;
  stat: ProcessStat;
  /** When it was read, in ticks since boot. */
  readAt: number;
  /** Pass in which it was last seen to have used a processor, or began. */
  activeIn: number;
  /** Pass in which it was last read. */
  readIn: number;
  /** Pass in which it was last in the list of processes. */
  seenIn: number;
  /** Percent of one processor, as of the last reading. */
  cpu: number | null;
  /** Whether the settings let it be shown. */
  isShown: boolean;
}
