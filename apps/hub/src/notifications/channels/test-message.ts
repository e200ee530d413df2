import { toDisplayText, type IncidentMessage, type TestAnswer } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../../config/config';
import { CLOCK, CONFIG, type Clock } from '../../config/tokens';
import { newId } from '../../auth/secrets';
import { noticeOf } from '../message/notice';
import { Dispatcher, toFailure, type Target } from '../queue/dispatcher';
import { redactor } from './channel-secrets';

/** How much of an answer is shown, characters. */
const SHOWN = 500;

/** Sends test messages past the queue. */
@Injectable()
export class TestMessage {
  constructor(
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Sends a message that says it is a test, and its resolution where alerts are kept open.
   *
   * @param except parts of the channel that are not to get it
   * @returns what the receiver answered
   */
  async send(target: Target, except: readonly string[] = []): Promise<TestAnswer> {
    const { signal } = new AbortController();
    const begun = performance.now();
    const took = () => Math.round(performance.now() - begun);
    const redact = redactor(target.secret);
    try {
      const kinds = target.kind.digests
        ? (['problem'] as const)
        : (['problem', 'resolved'] as const);
      const incident = `test-${newId()}`;
      let answer: { status: number | null; text: string } | null = null;
      for (const kind of kinds) {
        const message = this.message(incident, kind);
        const notice = noticeOf(message.key, [message], this.config.publicUrl);
        const dispatch = { done: except, onProgress: () => Promise.resolve(), stop: signal };
        const { reply, error } = await this.dispatcher.dispatch(target, notice, dispatch);
        // Where others count as served, a refusal is no failure of the whole.
        if (reply === null && error !== null) return { ok: false, error, took: took() };
        answer = reply;
      }
      const text = redact(answer?.text ?? '').trim();
      return {
        ok: true,
        status: answer?.status ?? null,
        answer: toDisplayText(text.slice(0, SHOWN)),
        took: took(),
      };
    } catch (error) {
      return { ok: false, error: toFailure(error).toError(redact), took: took() };
    }
  }

  private message(incidentId: string, kind: 'problem' | 'resolved'): IncidentMessage {
    const now = this.now();
    return {
      key: `${incidentId}:${kind}`,
      incidentId,
      kind,
      severity: 'info',
      title: 'Test of this channel',
      text: 'Somebody pressed "test" in Hostdeck. Nothing is wrong.',
      hosts: [],
      tags: [],
      rules: [],
      facts: [{ label: 'Sent', value: new Date(now).toISOString() }],
      startedAt: now,
      sentAt: now,
      resolvedAt: kind === 'resolved' ? now : null,
      path: '/alerts',
    };
  }
}
