import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { LIMITS, type HubLimits } from '../config/limits';
import { HostEventsService } from '../events/host-events.service';
import { HostsRepository } from '../hosts/hosts.repository';
import { LOGGER, type Logger } from '../logging/logger';
import { Failures } from './failures';
import { HistoryStore } from './history-store';

/**
 * Keeps the history in shape in the background, in steps so small that ingest does not wait: seals, rolls up, drops what is too old
 * (events of hosts too) and everything of hosts that were removed.
 */
@Injectable()
export class MaintenanceService {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;
  private failing = false;

  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostsRepository) private readonly repository: HostsRepository,
    @Inject(HostEventsService) private readonly events: HostEventsService,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.run(), this.limits.maintenance);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  /** Does everything that is due now. Never fails: what could not be done is tried again at the next look. */
  run(): Promise<void> {
    this.running ??= this.work()
      .then(() => this.note(null))
      .catch((error: unknown) => this.note(error))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private async work(): Promise<void> {
    const failures = new Failures();
    await failures.attempt(() => this.allOf(() => this.store.maintain(this.now())), undefined);
    await failures.attempt(() => this.allOf(() => this.events.trim()), undefined);
    for (const key of await this.repository.removed()) {
      await failures.attempt(() => this.drop(key), undefined);
    }
    failures.throwFirst();
  }

  /** Drops everything of a host that was removed. */
  private async drop(key: number): Promise<void> {
    await this.allOf(() => this.store.dropHost(key));
    await this.allOf(() => this.events.dropHost(key));
    if (this.stopped) return;
    await this.store.forget(key);
    await this.repository.delete(key);
  }

  /** Takes small steps until there are no more, or the hub stops. */
  private async allOf(step: () => Promise<boolean>): Promise<void> {
    while (!this.stopped && (await step()));
  }

  /** Logs the first failure of a run of them, and the recovery. */
  private note(error: unknown): void {
    if (error !== null && !this.failing) {
      this.logger.warn({ err: error }, 'history cannot be kept in shape; trying again');
    } else if (error === null && this.failing) {
      this.logger.info('history is kept in shape again');
    }
    this.failing = error !== null;
  }
}
