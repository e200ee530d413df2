import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../../config/config';
import { LIMITS, type HubLimits } from '../../config/limits';
import { CLOCK, CONFIG, type Clock } from '../../config/tokens';
import { LOGGER, type Logger } from '../../logging/logger';
import { ChannelSecrets, redactor } from '../channels/channel-secrets';
import { ChannelsRepository, type KeptChannel } from '../channels/channels.repository';
import { KINDS } from '../kinds/kinds';
import { noticeOf } from '../message/notice';
import { backoff } from './backoff';
import { choose, type QueuedDelivery } from './choose';
import { DeliveriesRepository } from './deliveries.repository';
import { Dispatcher, toFailure, type Dispatched, type Target } from './dispatcher';
import { RateLimit } from './rate-limit';
import { SendFailure } from '../sending/send-failure';

/** Answers about what was sent, not about who sends it. */
const CONTENT_REFUSED = new Set([400, 413, 422]);
/** A digest on which the receiver fails so often is taken apart. */
const DIGEST_ATTEMPTS = 3;
/** A channel that fails is left alone for this long at most before something else is tried on it, ms. */
const LONGEST_PAUSE = 60_000;
/** When the hub stops, what is being sent has this long, ms. */
const LAST_ANSWERS = 1_500;
/** How long it is kept what has become of messages, ms, and how often it is looked for what is older. */
const RETENTION = 30 * 86_400_000;
const TRIM_EVERY = 600_000;

/**
 * Sends what is in the queue: one request at a time on every channel, all channels at once. What is begun is noted before, what came of
 * it after, so that a hub that ends in between sends again, with the same key.
 */
@Injectable()
export class DeliveryService {
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private looking: Promise<void> | null = null;
  private failing = false;
  private trimmedAt = -TRIM_EVERY;
  private readonly workers = new Map<string, Promise<void>>();
  private readonly rates = new Map<string, RateLimit>();
  private readonly stopping = new AbortController();

  constructor(
    @Inject(DeliveriesRepository) private readonly deliveries: DeliveriesRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(ChannelSecrets) private readonly secrets: ChannelSecrets,
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async start(): Promise<void> {
    await this.deliveries.recover();
    this.timer = setInterval(() => void this.look(), this.limits.notifications.look);
  }

  /** Lets what is being sent end; what does not is left to the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    const cut = setTimeout(() => this.stopping.abort(), LAST_ANSWERS);
    await this.looking;
    await Promise.all(this.workers.values());
    clearTimeout(cut);
  }

  /** Called inside a transaction: looks at the queue as soon as that has ended. */
  afterTransaction(): void {
    if (this.timer === null) return;
    this.deliveries.settled().then(
      () => this.look(),
      // The next look will tell whether the database still has a problem.
      (error: unknown) => this.logger.debug({ err: error }, 'the queue was not looked at'),
    );
  }

  /** Begins to send what is due. Never rejects. */
  look(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.looking ??= this.begin()
      .then(() => this.note(null))
      .catch((error: unknown) => this.note(error))
      .finally(() => {
        this.looking = null;
      });
    return this.looking;
  }

  private async begin(): Promise<void> {
    for (const id of await this.deliveries.dueChannels(this.now())) {
      if (this.workers.has(id)) continue;
      const worker = this.work(id)
        .catch((error: unknown) => this.note(error))
        .finally(() => this.workers.delete(id));
      this.workers.set(id, worker);
    }
    if (performance.now() - this.trimmedAt < TRIM_EVERY) return;
    if (await this.deliveries.dropEndedBefore(this.now() - RETENTION)) return;
    this.trimmedAt = performance.now();
  }

  /** Sends what a channel has, until nothing is due. */
  private async work(id: string): Promise<void> {
    while (!this.stopped) {
      const channel = await this.channels.find(id);
      const now = this.now();
      if (channel === null || !channel.enabled || channel.pausedUntil > now) return;
      const queue = await this.deliveries.queueOf(id);
      const late = queue.filter(({ expiresAt }) => expiresAt <= now);
      if (late.length > 0) {
        await this.giveUp(late, now);
        continue;
      }
      const { digests } = KINDS[channel.kind];
      const chosen = choose(queue, { pace: channel.pace, digests, now });
      if (chosen.length === 0 || !this.rateOf(id).take(channel.pace.perMinute, now)) return;
      await this.deliver(channel, chosen);
    }
  }

  private async deliver(channel: KeptChannel, chosen: readonly QueuedDelivery[]): Promise<void> {
    const ids = chosen.map(({ id }) => id);
    const digest = chosen.length === 1 ? null : (chosen[0]?.batch ?? digestKey(chosen));
    await this.deliveries.begin(ids, digest ?? chosen[0]?.batch ?? null);
    let sent: Dispatched;
    try {
      sent = await this.send(channel, chosen, digest);
    } catch (error) {
      // Ended by us: whether it arrived is not known, and the next start sends it again.
      if (this.stopping.signal.aborted) return;
      await this.noteFailure(channel, chosen, toFailure(error));
      return;
    }
    const now = this.now();
    await this.deliveries.end(ids, { state: 'delivered', error: sent.error, nextAt: null, now });
    await this.channels.noteSuccess(channel.id, now);
  }

  private async send(
    channel: KeptChannel,
    chosen: readonly QueuedDelivery[],
    digest: string | null,
  ): Promise<Dispatched> {
    const [first, ...others] = await this.deliveries.messages(chosen.map(({ message }) => message));
    if (first === undefined) throw new Error('a delivery without its message');
    const notice = noticeOf(digest ?? first.key, [first, ...others], this.config.publicUrl);
    const ids = chosen.map(({ id }) => id);
    return this.dispatcher.dispatch(this.targetOf(channel), notice, {
      done: chosen[0]?.done ?? [],
      onProgress: (done) => this.deliveries.progress(ids, done),
      stop: this.stopping.signal,
    });
  }

  private targetOf(channel: KeptChannel): Target {
    return {
      kind: KINDS[channel.kind],
      open: channel.config,
      secret: this.secrets.open(channel.secrets, channel.id),
    };
  }

  private async noteFailure(
    channel: KeptChannel,
    chosen: readonly QueuedDelivery[],
    failure: SendFailure,
  ): Promise<void> {
    const now = this.now();
    const ids = chosen.map(({ id }) => id);
    const error = failure.toError(this.redactorOf(channel, failure));
    const about = { channel: channel.id, kind: channel.kind, ...error };
    const attempt = (chosen[0]?.attempts ?? 0) + 1;
    if (chosen.length > 1 && isDigestsFault(failure, attempt)) {
      this.logger.info(about, 'a digest was refused; sending its messages one by one');
      await this.deliveries.takeApart(ids, error, now);
      await this.channels.noteFailure(channel.id, { error, pausedUntil: 0, now });
      return;
    }
    if (failure.isPermanent) {
      this.logger.warn(about, 'a message was refused for good');
      await this.deliveries.end(ids, { state: 'failed', error, nextAt: null, now });
      await this.channels.noteFailure(channel.id, { error, pausedUntil: 0, now });
      return;
    }
    this.logger.info(about, 'a message could not be delivered; trying again');
    const asked = failure.retryAfter ?? 0;
    const nextAt = now + Math.max(asked, backoff(attempt));
    await this.deliveries.end(ids, { state: 'waiting', error, nextAt, now });
    const pause = Math.max(asked, Math.min(backoff(channel.failures + 1), LONGEST_PAUSE));
    await this.channels.noteFailure(channel.id, { error, pausedUntil: now + pause, now });
  }

  private redactorOf(channel: KeptChannel, failure: SendFailure): (text: string) => string {
    if (failure.reason === 'secrets_unreadable') return (text) => text;
    return redactor(this.secrets.open(channel.secrets, channel.id));
  }

  private giveUp(late: readonly QueuedDelivery[], now: number): Promise<void> {
    const failure = new SendFailure('expired', 'it could not be delivered for a day');
    const error = failure.toError((text) => text);
    const ids = late.map(({ id }) => id);
    return this.deliveries.end(ids, { state: 'failed', error, nextAt: null, now });
  }

  private rateOf(id: string): RateLimit {
    const known = this.rates.get(id);
    if (known !== undefined) return known;
    const rate = new RateLimit();
    this.rates.set(id, rate);
    return rate;
  }

  /** Logs the first failure of a run of them, and the recovery. */
  private note(error: unknown): void {
    if (error !== null && !this.failing) {
      this.logger.error({ err: error }, 'the queue of notifications cannot be worked on');
    } else if (error === null && this.failing) {
      this.logger.info('the queue of notifications is worked on again');
    }
    this.failing = error !== null;
  }
}

/** Whether one of a digest's messages, or their number, may be what the receiver does not take: then each is tried alone. */
function isDigestsFault({ reason, status }: SendFailure, attempt: number): boolean {
  if (reason === 'rejected') return status !== null && CONTENT_REFUSED.has(status);
  return reason === 'receiver_fault' && attempt >= DIGEST_ATTEMPTS;
}

/** The same messages make the same digest. */
function digestKey(chosen: readonly QueuedDelivery[]): string {
  const keys = chosen.map(({ message }) => message).join('\n');
  return `digest-${createHash('sha256').update(keys).digest('hex').slice(0, 32)}`;
}
