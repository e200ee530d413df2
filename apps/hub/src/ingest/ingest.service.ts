import {
  failure,
  type Failure,
  type Frame,
  type FramesResult,
  type Hello,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../config/config';
import { LIMITS, type HubLimits } from '../config/limits';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import { HistoryStore } from '../history/history-store';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { TokenBucket } from '../pacing/token-bucket';
import type { Batch, OpenedOutbox } from './batch';
import { Group } from './group';
import { IngestCounts } from './ingest-counts';
import { Outbox } from './outbox';
import { SeqRanges } from './seq-ranges';
import { TooOldFrames } from './too-old';

/** Frames that arrive within this time are committed together, ms. */
const GATHER = 250;
/** A frame further ahead of the hub's clock than this is set aside, ms. */
const FAR_FUTURE = 2 * 3_600_000;
/** Runs of frames with gaps between them that one outbox may have. */
const MOST_RANGES = 1_000;
/** How long an agent waits before it sends again what could not be stored, ms. */
const STORAGE_RETRY = 2_000;

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
  readonly counts = new IngestCounts();
  private readonly backlog: TokenBucket;
  private readonly mostWaiting: HubLimits['waiting'];
  private readonly tooOld: TooOldFrames;

  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(LIMITS) limits: HubLimits,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.backlog = new TokenBucket(limits.backlog);
    this.mostWaiting = limits.waiting;
    hosts.events.on('removed', (host) => this.forget(host));
    this.tooOld = new TooOldFrames((host, detail) => {
      this.logger.warn(
        { host: host.id, name: host.name, ...detail },
        'frames older than raw frames are kept were not stored',
      );
      this.hosts.note(host, { at: this.now(), kind: 'too_old', detail });
    });
  }

  /** The outbox of a host that says hello: gaps before the oldest frame it still has stay gaps, the others are its backlog. */
  async openOutbox(
    host: Host,
    { epoch, oldestSeq, newestSeq }: Pick<Hello, 'epoch' | 'oldestSeq' | 'newestSeq'>,
  ): Promise<OpenedOutbox> {
    // An epoch that comes back is read from the store, where all of it must be by then.
    if (this.outboxes.get(host)?.epoch !== epoch) await this.settled();
    const stored = await this.store.openOutbox(host.key, epoch);
    const current = this.outboxes.get(host);
    const outbox =
      current?.epoch === epoch
        ? current
        : new Outbox(stored.outbox, host, epoch, new SeqRanges(stored.ranges));
    this.outboxes.set(host, outbox);
    outbox.announced =
      oldestSeq === null || newestSeq === null ? null : { from: oldestSeq, to: newestSeq };
    this.hosts.noteBacklog(host, outbox.backlog);
    if (oldestSeq === null) return { outbox, lost: 0 };
    // An epoch need not begin at 0: what was before the first frame known of it is not lost.
    const from = stored.countedBelow ?? outbox.stored.oldest ?? oldestSeq;
    const lost = outbox.missing(from, oldestSeq);
    if (lost > 0 || stored.countedBelow === null) {
      await this.store.countBelow(outbox.id, oldestSeq);
    }
    outbox.stored.closeBelow(oldestSeq);
    return { outbox, lost };
  }

  /**
   * Takes a batch whose values line up with its layout.
   *
   * @param answer called once: when all of its frames are stored, or could not be
   */
  submit(batch: Batch, answer: (result: FramesResult) => void): void {
    const { pending } = batch.outbox;
    // Sent again before the commit of the first time: what becomes of that one decides.
    if (pending.size > 0 && batch.frames.some(([seq]) => pending.has(seq))) {
      this.settled()
        .then(() => this.submit(batch, answer))
        .catch((error: unknown) => {
          this.logger.error({ err: error }, 'frames that were sent again could not be taken');
          answer(failure('busy', 'the hub failed; try again'));
        });
      return;
    }
    const refusal = this.refusal(batch);
    if (refusal !== null) {
      this.counts.refused += batch.frames.length;
      answer(refusal);
      return;
    }
    const fresh = this.take(batch);
    if (fresh === 0) {
      answer({ ok: true, fresh });
      return;
    }
    this.group.waiters.push({ fresh, answer });
    this.timer ??= setTimeout(() => this.commitSoon(), GATHER);
  }

  /** Stops taking frames, and commits those that wait. */
  async close(): Promise<void> {
    this.closed = true;
    await this.settled();
    this.tooOld.flush();
  }

  private forget(host: Host): void {
    this.outboxes.delete(host);
    this.tooOld.forget(host);
  }

  private refusal(batch: Batch): Failure | null {
    const { outbox, frames, layout } = batch;
    if (this.closed) return failure('busy', 'the hub is stopping');
    const [first] = frames;
    const isOld = first !== undefined && this.isLate(batch, first, this.now());
    if (this.waiting > (isOld ? this.mostWaiting.old : this.mostWaiting.all)) {
      return { ...failure('busy', 'too many frames wait for storage'), retryAfter: STORAGE_RETRY };
    }
    if (outbox.stored.count > MOST_RANGES) {
      return failure('too_large', `more than ${MOST_RANGES} gaps between the frames of this epoch`);
    }
    if (!isOld) return null;
    const retryAfter = this.backlog.take(frames.length * Math.max(1, layout.keys.length));
    return retryAfter === null
      ? null
      : { ...failure('busy', 'many old frames come at once: send newer ones first'), retryAfter };
  }

  /** Puts the frames that are new into the group, and shows those that were just sampled. */
  private take(batch: Batch): number {
    const { outbox, layout, frames } = batch;
    const { host } = outbox;
    const now = this.now();
    const oldest = now + (host.clockOffset ?? 0) - this.config.retention.raw;
    let added = this.group.added.get(outbox);
    let fresh = 0;
    for (const sent of frames) {
      const [seq, at, values, culprits] = sent;
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
        this.counts.setAside += 1;
      } else if (at < oldest) {
        // Acked all the same: it could only be refused again and again.
        this.tooOld.add(host, at);
        this.counts.tooOld += 1;
      } else {
        this.group.frames.push(frame);
        if (culprits !== undefined) this.group.culprits.push({ host: host.key, at, culprits });
      }
      const late = this.isLate(batch, sent, now);
      outbox.newestSeen = Math.max(outbox.newestSeen, seq);
      if (late) {
        this.counts.late += 1;
        this.hosts.receiveLate(host, { at, values, layout });
      } else this.hosts.receive(host, { at, values, layout });
    }
    this.waiting += fresh;
    this.counts.duplicate += frames.length - fresh;
    return fresh;
  }

  /** Whether a frame comes from a backlog, and is not what the host is now. */
  private isLate({ outbox, backlogUpTo }: Batch, [seq, at]: Frame, now: number): boolean {
    if (seq <= outbox.newestSeen) return true;
    return seq <= backlogUpTo && this.isOld(outbox.host, at, now);
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
    const began = performance.now();
    const error = await this.store
      .append({
        frames: group.frames,
        setAside: group.setAside,
        culprits: group.culprits,
        progress: Array.from(group.added, ([outbox, seqs]) => ({
          outbox: outbox.id,
          ranges: outbox.stored.with(seqs),
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
      if (error !== null) continue;
      for (const seq of seqs) outbox.stored.add(seq);
      this.hosts.noteBacklog(outbox.host, outbox.backlog);
    }
    this.count(group, error === null, performance.now() - began);
    this.noteStorage(error);
    for (const { fresh, answer } of group.waiters) answer(this.resultOf(fresh));
  }

  private count({ added }: Group, isStored: boolean, took: number): void {
    const { counts } = this;
    if (!isStored) {
      counts.storageErrors += 1;
      return;
    }
    counts.commits += 1;
    counts.commitTime += took;
    for (const seqs of added.values()) counts.stored += seqs.length;
  }

  private resultOf(fresh: number): FramesResult {
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
