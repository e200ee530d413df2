import type { Frame } from '@hostdeck/contracts';
import type { SeriesLayout } from '../schemas/layout';
import type { Outbox } from './outbox';

/** Frames of one agent under one layout. */
export interface Batch {
  readonly outbox: Outbox;
  readonly layout: SeriesLayout;
  readonly frames: readonly Frame[];
  /** Newest number the agent had waiting when it connected: what is not newer may be old. */
  readonly backlogUpTo: number;
}

/** An outbox at a hello. */
export interface OpenedOutbox {
  readonly outbox: Outbox;
  /** Frames the agent no longer has and the hub never got, counted once. */
  readonly lost: number;
}
