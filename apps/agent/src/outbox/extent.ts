import type { SeqRange } from '@hostdeck/contracts';

/** Frames that follow one another. */
export interface Extent {
  /** Seq of the first. */
  readonly first: number;
  /** How many; 0 when there is none yet. */
  readonly length: number;
}

/** Seq of the frame behind the last. */
export function endOf({ first, length }: Extent): number {
  return first + length;
}

/** First and last seq; not to be asked of an extent without frames. */
export function rangeOf(extent: Extent): SeqRange {
  return [extent.first, endOf(extent) - 1];
}
