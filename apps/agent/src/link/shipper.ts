import type { Failure, SeqRange, WireLimits } from '@hostdeck/contracts';
import type { Logger } from '../log/logger';
import type { Outbox, OutboxBatch } from '../outbox/outbox';
import type { FrameSchema } from '../sampler/sampler';
import type { HubConnection } from './hub-connection';
import { LinkError } from './link-error';
import { Pause } from './pause';
import { SchemaAnnouncer } from './schema-announcer';
import { fitBatch, jsonPerFrame, toWire } from './wire-frames';

/** Batches without an answer, one after the other, at which the connection is given up. */
const MAX_SILENCES = 3;
/** Longest waits when the hub refuses frames for now and does not say for how long, ms: fresh ones are tried at almost every tick. */
const LONGEST_PAUSE = 2_000;
const LONGEST_BACKLOG_PAUSE = 15_000;
/** Frames of the backlog sent per second at most: a day of one every 2 s comes in within a minute, and no hub is swamped. */
const BACKLOG_RATE = 1_000;

/** What became of frames, over all connections. */
export interface ShippingCounts {
  /** Frames the hub has stored. */
  stored: number;
  /** Frames given up because the hub refused them twice. */
  setAside: number;
  /** When the hub last acked, ms since the epoch; `null` before the first time. */
  lastAckAt: number | null;
}

export interface ShipperOptions {
  readonly connection: Pick<HubConnection, 'schema' | 'frames'>;
  readonly outbox: Outbox;
  readonly limits: WireLimits;
  readonly counts: ShippingCounts;
  readonly logger: Logger;
}

/** Frames of one kind on their way. */
interface Lane {
  /** To be sent, apart from those that were never sent of the fresh ones. */
  readonly waiting: SeqRange[];
  /** While it lasts none of them is sent. */
  readonly pause: Pause;
  inFlight: number;
}

/**
 * Brings frames to the hub over one connection. Fresh frames go at once; what was in the outbox before follows behind them at a
 * bounded rate, and leaves half of the places in flight to fresh ones. When the hub refuses old frames for now, only these wait. Frames stay in the outbox until the hub has stored them.
 */
export class Shipper {
  /** Never resolves; rejects when the connection is of no more use. */
  readonly failed: Promise<never>;
  readonly #options: ShipperOptions;
  /** First seq that was not there when the connection began and has not been sent. */
  #nextFresh: number;
  /** Fresh frames; while they pause, nothing is sent. */
  readonly #fresh: Lane;
  /** Frames from before the connection, and those that the hub has refused for now. */
  readonly #backlog: Lane;
  /** First seqs of batches that were refused once. */
  readonly #refused = new Set<number>();
  readonly #schemas: SchemaAnnouncer;
  #silences = 0;
  #stopped = false;
  #reject: (error: unknown) => void = ignore;
  #whenIdle: (() => void) | null = null;

  constructor(options: ShipperOptions) {
    this.#options = options;
    this.#schemas = new SchemaAnnouncer(options.connection, options.logger);
    const { oldestSeq, newestSeq, nextSeq } = options.outbox;
    this.#fresh = this.#lane(LONGEST_PAUSE);
    this.#backlog = this.#lane(LONGEST_BACKLOG_PAUSE);
    if (oldestSeq !== null && newestSeq !== null) {
      this.#backlog.waiting.push([oldestSeq, newestSeq]);
    }
    this.#nextFresh = nextSeq;
    this.failed = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // While the link is being stopped nobody waits for it any more.
    this.failed.catch(ignore);
  }

  /** Sends what can be sent; to be called at the start and whenever a frame was added to the outbox. */
  ship(): void {
    while (!this.#stopped && !this.#fresh.pause.isOn) {
      const { batchesInFlight } = this.#options.limits;
      if (this.#inFlight >= batchesInFlight) break;
      const fresh = this.#takeFresh() ?? this.#take(this.#fresh);
      if (fresh !== null) {
        void this.#send(fresh, this.#fresh);
        continue;
      }
      const { inFlight, pause } = this.#backlog;
      if (pause.isOn || inFlight >= Math.max(1, Math.floor(batchesInFlight / 2))) break;
      const old = this.#takeBacklog();
      if (old === null) break;
      void this.#send(old, this.#backlog);
    }
    if (this.#isIdle()) this.#whenIdle?.();
  }

  /** Resolves when nothing more is on its way. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  /** Sends nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#fresh.pause.cancel();
    this.#backlog.pause.cancel();
  }

  #lane(longestWait: number): Lane {
    return { waiting: [], pause: new Pause(longestWait, () => this.ship()), inFlight: 0 };
  }

  get #inFlight(): number {
    return this.#fresh.inFlight + this.#backlog.inFlight;
  }

  #isIdle(): boolean {
    const { pause } = this.#backlog;
    return this.#inFlight === 0 && (!pause.isOn || pause.isRefusal);
  }

  #fail(error: unknown): void {
    this.stop();
    this.#reject(error);
  }

  #takeFresh(): OutboxBatch | null {
    const { outbox } = this.#options;
    // So it is after each frame was sent, and after each ack.
    if (this.#nextFresh >= outbox.nextSeq) return null;
    const batch = outbox.read([this.#nextFresh, Number.MAX_SAFE_INTEGER], this.#limit);
    if (batch === null) return null;
    const fitting = fitBatch(batch, this.#options.limits.messageBytes);
    this.#nextFresh = lastSeq(fitting) + 1;
    return fitting;
  }

  /** The next batch of the backlog, behind which the others wait for their time; `null` when there is none. */
  #takeBacklog(): OutboxBatch | null {
    const batch = this.#take(this.#backlog);
    if (batch !== null) {
      this.#backlog.pause.atLeast((batch.frames.length / BACKLOG_RATE) * 1000);
    }
    return batch;
  }

  /** The next batch of those that wait in a lane, which then begin behind it. */
  #take({ waiting }: Lane): OutboxBatch | null {
    for (let range = waiting.shift(); range !== undefined; range = waiting.shift()) {
      const found = this.#options.outbox.read(range, this.#limit);
      // What is no longer there was dropped by the outbox.
      if (found === null) continue;
      const batch = fitBatch(found, this.#options.limits.messageBytes);
      const next = lastSeq(batch) + 1;
      if (next <= range[1]) waiting.unshift([next, range[1]]);
      return batch;
    }
    return null;
  }

  readonly #limit = ({ series }: FrameSchema): number => {
    const { framesPerBatch, messageBytes } = this.#options.limits;
    return Math.max(1, Math.min(framesPerBatch, Math.floor(messageBytes / jsonPerFrame(series))));
  };

  async #send(batch: OutboxBatch, lane: Lane): Promise<void> {
    lane.inFlight += 1;
    try {
      const refusal = await this.#deliver(batch);
      this.#silences = 0;
      if (refusal === null) this.#stored(batch, lane);
      else this.#refusedBy(refusal, batch, lane);
    } catch (error) {
      lane.waiting.unshift(rangeOf(batch));
      if (!(error instanceof LinkError) || error.trouble !== 'silent') this.#fail(error);
      else if ((this.#silences += 1) >= MAX_SILENCES) this.#fail(error);
    } finally {
      lane.inFlight -= 1;
    }
    this.ship();
  }

  /** Sends a batch, behind its schema. @returns the refusal of either, or `null` when the frames are stored. */
  async #deliver({ schema, frames }: OutboxBatch): Promise<Failure | null> {
    const { connection, outbox } = this.#options;
    const announced = await this.#schemas.announce(schema);
    if (!announced.ok) return announced;
    const result = await connection.frames({
      epoch: outbox.epoch,
      schema: announced.number,
      frames: frames.map((frame) => toWire(frame, announced)),
    });
    return result.ok ? null : result;
  }

  #stored(batch: OutboxBatch, lane: Lane): void {
    const { outbox, counts } = this.#options;
    outbox.remove(rangeOf(batch));
    counts.stored += batch.frames.length;
    counts.lastAckAt = Date.now();
    lane.pause.accepted();
  }

  #refusedBy(refusal: Failure, batch: OutboxBatch, lane: Lane): void {
    const range = rangeOf(batch);
    const { logger } = this.#options;
    logger.repeated(
      `refused ${refusal.code}`,
      'warn',
      `the hub refused frames ${range[0]} to ${range[1]}: ${refusal.message} (${refusal.code})`,
    );
    switch (refusal.code) {
      case 'unknown_schema':
        this.#schemas.forget(batch.schema);
        this.#retryOnce(batch, lane);
        break;
      case 'too_large':
        this.#split(batch, lane);
        break;
      case 'storage':
      case 'busy':
        // By the time they are sent again, newer ones matter more.
        this.#backlog.waiting.unshift(range);
        lane.pause.refused(refusal.retryAfter);
        break;
      case 'malformed':
      case 'unknown_metric':
      case 'wrong_length':
        this.#retryOnce(batch, lane);
        break;
      case 'wrong_epoch':
      case 'out_of_order':
      case 'unauthorized':
      case 'forbidden':
      case 'unsupported_protocol':
      case 'not_found':
        lane.waiting.unshift(range);
        this.#fail(LinkError.refused('frames', refusal));
        break;
    }
  }

  #split(batch: OutboxBatch, lane: Lane): void {
    const middle = batch.frames[Math.floor(batch.frames.length / 2)];
    const [first, last] = rangeOf(batch);
    if (middle === undefined || middle.seq === first) {
      this.#setAside(batch);
      return;
    }
    lane.waiting.unshift([first, middle.seq - 1], [middle.seq, last]);
  }

  #retryOnce(batch: OutboxBatch, lane: Lane): void {
    const range = rangeOf(batch);
    if (this.#refused.delete(range[0])) {
      this.#setAside(batch);
      return;
    }
    this.#refused.add(range[0]);
    lane.waiting.unshift(range);
  }

  #setAside(batch: OutboxBatch): void {
    const { outbox, counts, logger } = this.#options;
    const range = rangeOf(batch);
    outbox.remove(range);
    counts.setAside += batch.frames.length;
    logger.repeated(
      'set aside',
      'error',
      `frames ${range[0]} to ${range[1]} are given up: the hub will not take them`,
    );
  }
}

function ignore(): undefined {
  return undefined;
}

function lastSeq({ frames }: OutboxBatch): number {
  return frames.at(-1)?.seq ?? 0;
}

function rangeOf(batch: OutboxBatch): SeqRange {
  return [batch.frames[0]?.seq ?? 0, lastSeq(batch)];
}
