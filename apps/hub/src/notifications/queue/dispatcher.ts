import { createHash } from 'node:crypto';
import type { DeliveryError } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { redactor } from '../channels/channel-secrets';
import type { Kind } from '../kinds/kind';
import type { Notice } from '../message/notice';
import { PushSubscriptionsRepository } from '../push/push-subscriptions.repository';
import { SecretError } from '../secrets/secret-box';
import { Sender } from '../sending/sender';
import type { Outgoing, Reply } from '../sending/outgoing';
import { SendFailure } from '../sending/send-failure';
import { SettingsService } from '../settings/settings.service';

/** What a push service answers for a browser that is gone (RFC 8030, section 7.3). */
const GONE = new Set([404, 410]);

/** A channel, ready to send. */
export interface Target {
  readonly kind: Kind;
  /** Fields that are no secrets. */
  readonly open: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, unknown>>;
}

interface Dispatch {
  /** Parts that were answered at an earlier attempt. */
  readonly done: readonly string[];
  /** Called with all answered parts after each of several. */
  readonly onProgress: (done: readonly string[]) => Promise<void>;
  /** Ends what is being sent. */
  readonly stop: AbortSignal;
}

/** What came of it. */
export interface Dispatched {
  /** The last answer; `null` when there was nothing left to send. */
  readonly reply: Reply | null;
  /** Some of several receivers refused it for good. */
  readonly error: DeliveryError | null;
}

/** A key that fits into a header. */
function headerKey(key: string): string {
  return /^[\x21-\x7e]{1,200}$/.test(key) ? key : createHash('sha256').update(key).digest('hex');
}

function withKey(outgoing: Outgoing, key: string): Outgoing {
  if (outgoing.type === 'mail') return outgoing;
  return { ...outgoing, headers: { 'idempotency-key': headerKey(key), ...outgoing.headers } };
}

/** Any error as one with a reason. */
export function toFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  if (error instanceof SecretError) {
    return new SendFailure(
      'secrets_unreadable',
      `${error.message}; give back the key, or enter the secrets again`,
      { cause: error },
    );
  }
  return new SendFailure('internal', 'the hub could not make the message', { cause: error });
}

/** Turns a notice into a channel's requests and sends them. */
@Injectable()
export class Dispatcher {
  constructor(
    @Inject(Sender) private readonly sender: Sender,
    @Inject(PushSubscriptionsRepository) private readonly browsers: PushSubscriptionsRepository,
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Sends a notice. Of several receivers all are tried; what some refuse for good is no failure as long as another takes it.
   *
   * @throws {SendFailure} when it must be tried again, or nobody takes it.
   */
  async dispatch(
    target: Target,
    notice: Notice,
    { done, onProgress, stop }: Dispatch,
  ): Promise<Dispatched> {
    const { kind, open, secret } = target;
    const requests = await kind.render(
      notice,
      { ...open, ...secret },
      {
        now: this.now(),
        subscriptions: () => this.browsers.all(),
        vapidKeys: () => this.settings.vapidKeys(),
      },
    );
    const answered = [...done];
    const failures: SendFailure[] = [];
    let reply: Reply | null = null;
    for (const outgoing of requests) {
      if (answered.includes(outgoing.part)) continue;
      try {
        reply = await this.send(kind, withKey(outgoing, notice.key), stop);
        answered.push(outgoing.part);
        if (requests.length > 1) await onProgress(answered);
      } catch (error) {
        if (!(error instanceof SendFailure)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    const failure = failures.find(({ isPermanent }) => !isPermanent);
    if (failure !== undefined) throw failure;
    if (first !== undefined && answered.length === 0) throw first;
    return { reply, error: first?.toError(redactor(secret)) ?? null };
  }

  /** A browser that is gone is forgotten, which is all there is to do about it. */
  private async send(kind: Kind, outgoing: Outgoing, stop: AbortSignal): Promise<Reply> {
    try {
      return await this.sender.send(outgoing, stop);
    } catch (error) {
      const isGone = error instanceof SendFailure && GONE.has(error.status ?? 0);
      if (kind.kind !== 'web_push' || !isGone) throw error;
      await this.browsers.forget(outgoing.part);
      return { status: error.status, text: 'the browser is gone' };
    }
  }
}
