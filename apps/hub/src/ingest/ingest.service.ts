import { failure, type Failure, type Frame, type FramesResult } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { HistoryStore, type StoredFrame } from '../history/history-store';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import type { SeriesLayout } from '../schemas/layout';
import { Outbox } from './outbox';
import { SeqRanges } from './seq-ranges';

/** Frames that arrive within this time are committed together, ms. */
const GATHER = 250;
/** Frames that may wait for a commit; beyond that agents are asked to come back. About 40 s of 1,000 hosts. */
const MOST_WAITING = 20_000;
/** A frame further ahead of the hub's clock than this is set aside, ms. */
const FAR_FUTURE = 2 * 3_600_000;
/** Runs of frames with gaps between them that one outbox may have. */
const MOST_RANGES = 1_000;
/** How long an agent waits before it sends again what could not be stored, ms. */
const STORAGE_RETRY = 2_000;

/** Frames of one agent under one layout. */
export interface Batch {
  readonly outbox: Outbox;
  readonly layout: SeriesLayout;
  readonly frames: readonly Frame[];
  /** Newest number the agent had waiting when it connected: what is not newer may be old. */
  readonly backlogUpTo: number;
}

interface Waiter {
  readonly fresh: number;
  readonly resolve: (result: FramesResult) => void;
}

/** What is committed together. */
class Group {
  readonly frames: StoredFrame[] = [];
  readonly setAside: StoredFrame[] = [];
  readonly added = new Map<Outbox, number[]>();
  readonly waiters: Waiter[] = [];
}

/**
 * Takes frames in: every one is stored once however often it is sent, is seen live at once when it is new, and is acked
 * only after its commit.
 */
@Injectable()
export class IngestService {
  private group = new Group();
  private timer: NodeJS.Timeout | null = null;
  private committing: Promise<void> | null = null;
  private waiting = 0;
  private closed = false;
  private readonly outboxes = new Map<Host, Outbox>();
  /** What went wrong at the last commit, or `null`. */
  storageError: string | null = null;
  /** Frames set aside since the start. */
  setAsideCount = 0;

  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * The outbox of a host's epoch.
   *
   * @param oldestSeq the oldest frame the agent still has: gaps before it stay gaps
   */
  async openOutbox(host: Host, epoch: string, oldestSeq: number | null): Promise<Outbox> {
    // An epoch that comes back is read from the store, where all of it must be by then.
    if (this.outboxes.get(host)?.epoch !== epoch) await this.settled();
    const stored = await this.store.openOutbox(host.key, epoch);
    const current = this.outboxes.get(host);
    const outbox =
      current?.epoch === epoch
        ? current
        : new Outbox(stored.outbox, host, epoch, new SeqRanges(stored.ranges));
    this.outboxes.set(host, outbox);
    if (oldestSeq !== null) outbox.stored.closeBelow(oldestSeq);
    return outbox;
  }

  /** Forgets a host that was removed. */
  forget(host: Host): void {
    this.outboxes.delete(host);
  }

  /** Takes a batch whose values line up with its layout. Resolves when all of its frames are stored, or could not be. */
  async submit(batch: Batch): Promise<FramesResult> {
    const { outbox, frames } = batch;
    // Sent again before the commit of the first time: what becomes of that one decides.
    while (outbox.pending.size > 0 && frames.some(([seq]) => outbox.pending.has(seq))) {
      await this.settled();
    }
    const refusal = this.refusal(batch);
    if (refusal !== null) return refusal;
    const fresh = this.take(batch);
    if (fresh === 0) return { ok: true, fresh };
    const { group } = this;
    this.timer ??= setTimeout(() => this.commitSoon(), GATHER);
    return new Promise((resolve) => {
      group.waiters.push({ fresh, resolve });
    });
  }

  /** Stops taking frames, and commits those that wait. */
  async close(): Promise<void> {
    this.closed = true;
    await this.settled();
  }

  private refusal({ outbox }: Batch): Failure | null {
    if (this.closed) return failure('busy', 'the hub is stopping');
    if (this.waiting > MOST_WAITING) {
      return { ...failure('busy', 'too many frames wait for storage'), retryAfter: STORAGE_RETRY };
    }
    if (outbox.stored.count > MOST_RANGES) {
      return failure('too_large', `more than ${MOST_RANGES} gaps between the frames of this epoch`);
    }
    return null;
  }

  /** Puts the frames that are new into the group, and shows those that were just sampled. */
  private take({ outbox, layout, frames, backlogUpTo }: Batch): number {
    const { host } = outbox;
    const now = this.now();
    let added = this.group.added.get(outbox);
    let fresh = 0;
    for (const [seq, at, values] of frames) {
      if (outbox.stored.has(seq) || outbox.pending.has(seq)) continue;
      fresh += 1;
      outbox.pending.add(seq);
      if (added === undefined) {
        added = [];
        this.group.added.set(outbox, added);
      }
      added.push(seq);
      const frame = { host: host.key, at, schema: layout.number, values };
      if (at - now > FAR_FUTURE) {
        this.group.setAside.push(frame);
        this.setAsideCount += 1;
      } else this.group.frames.push(frame);
      const late = seq <= outbox.newestSeen || (seq <= backlogUpTo && this.isOld(host, at, now));
      outbox.newestSeen = Math.max(outbox.newestSeen, seq);
      if (late) this.hosts.receiveLate(host, { at, values, layout });
      else this.hosts.receive(host, { at, values, layout });
    }
    this.waiting += fresh;
    return fresh;
  }

  private isOld(host: Host, at: number, now: number): boolean {
    return now - (at - (host.clockOffset ?? 0)) > 3 * host.interval;
  }

  /** Resolves when everything taken so far has been committed, or could not be. */
  private async settled(): Promise<void> {
    if (this.committing !== null) await this.committing;
    await this.commit();
  }

  private commitSoon(): void {
    this.timer = null;
    void this.commit();
  }

  /** Commits the group, after the one before it. Never rejects: its waiters are told. */
  private commit(): Promise<void> {
    this.committing ??= this.commitGroup().finally(() => {
      this.committing = null;
      if (this.group.waiters.length > 0) this.timer ??= setTimeout(() => this.commitSoon(), GATHER);
    });
    return this.committing;
  }

  private async commitGroup(): Promise<void> {
    const { group } = this;
    if (group.waiters.length === 0) return;
    this.group = new Group();
    const next = [...group.added].map(([outbox, seqs]) => {
      const ranges = outbox.stored.clone();
      for (const seq of seqs) ranges.add(seq);
      return { outbox, ranges };
    });
    const error = await this.store
      .append({
        frames: group.frames,
        setAside: group.setAside,
        progress: next.map(({ outbox, ranges }) => ({
          outbox: outbox.id,
          ranges: ranges.toArray(),
        })),
        receivedAt: this.now(),
      })
      .then(
        () => null,
        (cause: unknown) => cause ?? new Error('unknown'),
      );
    for (const [outbox, seqs] of group.added) {
      for (const seq of seqs) outbox.pending.delete(seq);
      this.waiting -= seqs.length;
    }
    if (error === null) {
      for (const { outbox, ranges } of next) outbox.stored = ranges;
    }
    this.noteStorage(error);
    for (const { fresh, resolve } of group.waiters) resolve(this.answer(fresh));
  }

  private answer(fresh: number): FramesResult {
    if (this.storageError === null) return { ok: true, fresh };
    return {
      ...failure('storage', 'the hub could not store the frames; send them again'),
      retryAfter: STORAGE_RETRY,
    };
  }

  /** Logs the first failure of a run of them, and the recovery. */
  private noteStorage(error: unknown): void {
    const before = this.storageError;
    this.storageError =
      error === null ? null : error instanceof Error ? error.message : 'unknown error';
    if (before === null && error !== null) {
      this.logger.error({ err: error }, 'frames cannot be stored; agents keep them meanwhile');
    } else if (before !== null && error === null) {
      this.logger.info('frames are stored again');
    }
  }
}
