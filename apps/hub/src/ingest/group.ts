import type { FramesResult } from '@hostdeck/contracts';
import type { StoredCulprits, StoredFrame } from '../history/history-store';
import type { Outbox } from './outbox';

/** Who waits for a commit. */
interface Waiter {
  readonly fresh: number;
  readonly answer: (result: FramesResult) => void;
}

/** What is committed together. */
export class Group {
  readonly frames: StoredFrame[] = [];
  readonly setAside: StoredFrame[] = [];
  readonly culprits: StoredCulprits[] = [];
  readonly added = new Map<Outbox, number[]>();
  readonly waiters: Waiter[] = [];
}
