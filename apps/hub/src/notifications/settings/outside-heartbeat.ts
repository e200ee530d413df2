import type { HeartbeatHealth } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { LIMITS, type HubLimits } from '../../config/limits';
import { StorageProbe } from '../../health/storage-probe';
import { LOGGER, type Logger } from '../../logging/logger';
import { redactor } from '../channels/channel-secrets';
import { toFailure } from '../queue/dispatcher';
import { Sender } from '../sending/sender';
import { SettingsService, type HeartbeatPlan } from './settings.service';

/**
 * Calls an address outside at an interval, but only while storage takes writes and ingest gets its frames stored: whoever listens there
 * notices when the hub is gone or no longer does its work.
 */
@Injectable()
export class OutsideHeartbeat {
  private timer: NodeJS.Timeout | null = null;
  private beating: Promise<void> | null = null;
  private lastTriedAt = -Infinity;
  private lastSentAt: number | null = null;
  private problem: string | null = null;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(StorageProbe) private readonly probe: StorageProbe,
    @Inject(Sender) private readonly sender: Sender,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.beat(), this.limits.notifications.look);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.stopping.abort();
    await this.beating;
  }

  health(): HeartbeatHealth {
    return { lastSentAt: this.lastSentAt, problem: this.problem };
  }

  /** Calls the address when it is time. Never rejects. */
  private beat(): Promise<void> {
    this.beating ??= this.send()
      .catch((error: unknown) => this.note(toFailure(error).message))
      .finally(() => {
        this.beating = null;
      });
    return this.beating;
  }

  private async send(): Promise<void> {
    const plan = await this.settings.heartbeat();
    const now = this.now();
    if (plan === null) {
      this.note(null);
      return;
    }
    if (now - this.lastTriedAt < plan.interval * 1_000 && now >= this.lastTriedAt) return;
    this.lastTriedAt = now;
    const fault = await this.probe.test();
    if (fault === null) await this.call(plan);
    else this.note(`the hub is not healthy: ${fault}`);
  }

  private async call({ url }: HeartbeatPlan): Promise<void> {
    try {
      const request = {
        type: 'http',
        part: '',
        method: 'GET',
        url,
        headers: {},
        body: '',
      } as const;
      await this.sender.send(request, this.stopping.signal);
      this.lastSentAt = this.now();
      this.note(null);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.note(redactor({ url })(toFailure(error).message));
    }
  }

  /** Logs a problem once, and that it is over. */
  private note(problem: string | null): void {
    if (problem !== null && this.problem === null) {
      this.logger.warn({ problem }, 'the outside is not told that the hub lives');
    } else if (problem === null && this.problem !== null) {
      this.logger.info('the outside is told again that the hub lives');
    }
    this.problem = problem;
  }
}
