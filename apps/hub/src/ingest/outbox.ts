import type { Host } from '../hosts/host';
import type { SeqRanges } from './seq-ranges';

/** One life of an agent's outbox, as the hub knows it. */
export class Outbox {
  /** Frames that wait for their commit. */
  readonly pending = new Set<number>();
  /** Greatest number seen, stored or not; -1 before the first. */
  newestSeen: number;

  constructor(
    readonly id: number,
    readonly host: Host,
    readonly epoch: string,
    /** Frames that are stored. */
    public stored: SeqRanges,
  ) {
    this.newestSeen = stored.newest;
  }
}
