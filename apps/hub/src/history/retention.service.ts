import { Inject, Injectable } from '@nestjs/common';
import type { HubConfig } from '../config/config';
import { CLOCK, CONFIG, type Clock } from '../config/tokens';
import { HostsRepository } from '../hosts/hosts.repository';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { HistoryStore } from './history-store';

/** How often every host's old frames are looked for, ms. */
const SWEEP_EVERY = 60_000;
/** Frames dropped in one step: a few ms of the writer's time, so that ingest does not wait. */
const STEP_FRAMES = 500;

/** Drops what is too old, and everything of hosts that were removed, in small steps in the background. */
@Injectable()
export class RetentionService {
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> | null = null;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: HubConfig,
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(HostsRepository) private readonly repository: HostsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_EVERY);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.sweeping;
  }

  /** Drops everything that is due now. Never fails: what could not be dropped is tried again at the next sweep. */
  sweep(): Promise<void> {
    this.sweeping ??= this.dropAll()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'old frames could not be dropped; trying again later');
      })
      .finally(() => {
        this.sweeping = null;
      });
    return this.sweeping;
  }

  private async dropAll(): Promise<void> {
    const before = this.now() - this.config.retentionRaw;
    for (const { key } of [...this.hosts.all()]) await this.dropHost(key, before);
    for (const key of await this.repository.removed()) {
      await this.dropHost(key, Number.MAX_SAFE_INTEGER);
      if (this.stopped) return;
      await this.store.forget(key);
      await this.repository.delete(key);
    }
  }

  private async dropHost(key: number, before: number): Promise<void> {
    while (!this.stopped) {
      if ((await this.store.dropBefore(key, before, STEP_FRAMES)) < STEP_FRAMES) return;
    }
  }
}
