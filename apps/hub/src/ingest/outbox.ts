import type { Host } from '../hosts/host';
import type { SeqRanges } from './seq-ranges';

/** One life of an agent's outbox, as the hub knows it. */
export class Outbox {
  /** Frames that wait for their commit. */
  readonly pending = new Set<number>();
  /** Greatest number seen, stored or not; -1 before the first. */
  newestSeen: number;

  /** Frames the agent had at its last hello, by their first and last number; `null` when it had none. */
  announced: { readonly from: number; readonly to: number } | null = null;

  constructor(
    readonly id: number,
    readonly host: Host,
    readonly epoch: string,
    /** Frames that are stored. */
    readonly stored: SeqRanges,
  ) {
    this.newestSeen = stored.newest;
  }

  /** How many of the announced frames are not stored yet. */
  get backlog(): number {
    return this.announced === null
      ? 0
      : this.stored.missing(this.announced.from, this.announced.to + 1);
  }

  /** How many frames from `from` (included) to `to` (not) have not arrived. */
  missing(from: number, to: number): number {
    let missing = this.stored.missing(from, to);
    for (const seq of this.pending) if (seq >= from && seq < to) missing -= 1;
    return missing;
  }
}
