import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import { CLOCK, type Clock } from '../config/tokens';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { HeartbeatRepository } from './heartbeat.repository';

/** How long it is known when the hub was blind, ms. */
const RETENTION = 730 * 86_400_000;

/** Keeps a sign of life in the database, so that the next start knows since when nobody was watched. */
@Injectable()
export class HeartbeatService {
  private timer: NodeJS.Timeout | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(
    @Inject(HeartbeatRepository) private readonly repository: HeartbeatRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LIMITS) private readonly limits: HubLimits,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Records the time since the last sign of life as blind, and begins to give signs. */
  async start(): Promise<void> {
    const last = await this.repository.lastSign();
    const now = this.now();
    if (last !== null && last < now) await this.addBlind(last, now);
    await this.repository.beat(now);
    this.hosts.events.on('absent', (from, until) => {
      this.addBlind(from, until).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'it could not be recorded that the hub stood still');
      });
    });
    this.timer = setInterval(() => void this.beat(), this.limits.heartbeat);
  }

  /** Gives a last sign. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.beat();
  }

  private addBlind(start: number, until: number): Promise<void> {
    return this.repository.addBlind(start, until, until - RETENTION);
  }

  /** Never rejects: without a sign the blind span begins earlier, which is as true as is known. */
  private beat(): Promise<void> {
    const at = this.now();
    this.last = this.last.then(() =>
      this.repository.beat(at).catch((error: unknown) => {
        this.logger.debug({ err: error }, 'no sign of life could be written');
      }),
    );
    return this.last;
  }
}
