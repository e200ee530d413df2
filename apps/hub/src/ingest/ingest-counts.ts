/** What ingest has done since the start. */
export class IngestCounts {
  /** Frames stored, late ones and those set aside included. */
  stored = 0;
  /** Frames that had been stored before. */
  duplicate = 0;
  /** Frames from a backlog. */
  late = 0;
  /** Frames kept apart for being from the far future. */
  setAside = 0;
  /** Frames acked and not stored, for being older than raw frames are kept. */
  tooOld = 0;
  /** Frames that could not be taken when they came. */
  refused = 0;
  commits = 0;
  /** Time the commits took, ms. */
  commitTime = 0;
  /** Commits that failed. */
  storageErrors = 0;
}
