/** How history is kept: raw frames first, then coarser and coarser points. A table, not branches. */

/** Length of the window whose raw frames are sealed into one chunk, ms. */
export const RAW_WINDOW = 600_000;

/** One resolution of rollups. */
export interface Tier {
  /** Length of one bucket, ms. */
  readonly step: number;
  /** Length of the window whose buckets form one block, ms; a whole number of the finer tier's windows. */
  readonly window: number;
  /** How long blocks are kept, ms. */
  readonly retention: number;
}

/** How long each resolution is kept, ms. */
export interface Retention {
  readonly raw: number;
  readonly minute: number;
  readonly tenMinutes: number;
  readonly hour: number;
  /** The processes that used most at each moment. */
  readonly culprits: number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

export const DEFAULT_RETENTION: Retention = {
  raw: DAY,
  minute: 14 * DAY,
  tenMinutes: 90 * DAY,
  hour: 730 * DAY,
  culprits: 7 * DAY,
};

/** The tiers from fine to coarse. */
export function tiersOf(retention: Retention): readonly [Tier, ...Tier[]] {
  return [
    { step: MINUTE, window: HOUR, retention: retention.minute },
    { step: 10 * MINUTE, window: 12 * HOUR, retention: retention.tenMinutes },
    { step: HOUR, window: 96 * HOUR, retention: retention.hour },
  ];
}
