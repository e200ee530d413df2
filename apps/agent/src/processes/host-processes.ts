import type { Culprit, ProcessIdentity, ProcessValues } from '@hostdeck/contracts';

/** A process as it was scanned. Both parts are the same objects from scan to scan until something in them changes. */
export interface ScannedProcess {
  readonly identity: ProcessIdentity;
  readonly values: ProcessValues;
}

/** All processes of the host at one moment, or those that use most when there are too many. */
export interface HostProcesses {
  /** On the host's clock, ms since the epoch. */
  readonly at: number;
  readonly total: number;
  /** Bytes. */
  readonly memoryTotal: number | null;
  readonly processes: readonly ScannedProcess[];
}

/** Scans processes again and again while somebody looks. */
export interface ProcessScanner {
  /** Scans. Rates are over the time since the scan before; the first has none. @throws errors of the system */
  scan(): Promise<HostProcesses>;
  /** Gives back what it remembers from scan to scan. */
  forget(): void;
}

/** Finds out, at all times, which processes use most. */
export interface CulpritSource {
  /** What is missing although what there is is right; `null` when nothing is. */
  readonly problem: string | null;
  /** The culprits since the time before. @param now monotonic time, ms @throws errors of the system */
  sample(now: number): Promise<readonly Culprit[]>;
}
