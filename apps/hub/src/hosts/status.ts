import type { HostStatus } from '@hostdeck/contracts';

/** Intervals without data before a host is stale, and down; the shortest time before it is down, ms. */
const STALE_INTERVALS = 3;
const DOWN_INTERVALS = 5;
const DOWN_AFTER = 30_000;
/** After a start of the hub agents are still waiting before they try again: their hosts get that much longer, ms. */
const RETURN_TIME = 30_000;
/** How long an agent that said it restarts may stay away, ms. */
const RESTART_GRACE = 60_000;

/** What a host's status is judged by. Times are on the hub's clock. */
export interface StatusEvidence {
  /** Sampling interval, ms. */
  readonly interval: number;
  /** When the newest data arrived; `null` before the first. */
  readonly lastSeen: number | null;
  /** When frames from the backlog arrived last; `null` if none did. */
  readonly lastLate: number | null;
  /** When the agent said it restarts; `null` when it has not, or has sent data since. */
  readonly restartingSince: number | null;
  /** When the hub began to listen, or the host joined, whichever was later: no host is charged with time before. */
  readonly countedFrom: number;
}

/** Judges a host by the age of its data. */
export function judgeStatus(evidence: StatusEvidence, now: number): HostStatus {
  const { interval, lastSeen, lastLate, restartingSince, countedFrom } = evidence;
  const staleAfter = STALE_INTERVALS * interval;
  const hasReturned = lastSeen !== null && lastSeen >= countedFrom;
  if (hasReturned && now - lastSeen <= staleAfter) return 'live';
  if (lastLate !== null && now - lastLate <= staleAfter) return 'catching_up';
  if (restartingSince !== null && now - restartingSince <= RESTART_GRACE) return 'restarting';
  const age = now - Math.max(lastSeen ?? 0, countedFrom);
  const downAfter = Math.max(DOWN_AFTER, DOWN_INTERVALS * interval);
  return age > downAfter + (hasReturned ? 0 : RETURN_TIME) ? 'down' : 'stale';
}
