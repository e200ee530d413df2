import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../../config/limits';
import { CLOCK, type Clock } from '../../config/tokens';
import { SettingsRepository } from '../settings/settings.repository';
import { sendHttp } from './http-sender';
import { AddressPolicy } from './networks';
import type { Outgoing, Reply } from './outgoing';
import { lookupOf, permittedAddresses, type Resolver } from './resolve';
import { timedOut } from './send-failure';
import { sendMail } from './smtp-sender';

/** Injection token of the {@link Resolver}. */
export const RESOLVER = Symbol('resolver');

/** Sends requests and mails out of the hub: the one way on which an address given by somebody is connected to. */
@Injectable()
export class Sender {
  constructor(
    @Inject(SettingsRepository) private readonly settings: SettingsRepository,
    @Inject(RESOLVER) private readonly resolver: Resolver,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Sends one request or mail.
   *
   * @param stop ends it early
   * @throws {SendFailure} whatever goes wrong.
   */
  async send(outgoing: Outgoing, stop?: AbortSignal): Promise<Reply> {
    const { timeout } = this.limits.notifications;
    const late = AbortSignal.timeout(timeout);
    const signal = stop === undefined ? late : AbortSignal.any([late, stop]);
    const policy = new AddressPolicy((await this.settings.read()).networks);
    const host = outgoing.type === 'http' ? new URL(outgoing.url).hostname : outgoing.server.host;
    const addresses = await unless(signal, host, permittedAddresses(host, policy, this.resolver));
    return outgoing.type === 'http'
      ? sendHttp(outgoing, { lookup: lookupOf(addresses), signal, now: this.now() })
      : sendMail(outgoing, { addresses, signal, timeout });
  }
}

/** What comes of `work`, unless the signal comes first: asking for a name cannot be called off. */
function unless<Result>(signal: AbortSignal, host: string, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(timedOut(host));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
