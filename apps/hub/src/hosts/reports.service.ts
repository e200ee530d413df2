import type { AgentReport } from '@hostdeck/contracts';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { ReportEvents } from '../events/report-events';
import { LOGGER, type Logger } from '../logging/logger';
import type { Host } from './host';
import { HostsRepository } from './hosts.repository';
import { HostsService } from './hosts.service';

/** How often what agents say of themselves is written down, ms. */
const WRITE_EVERY = 5_000;

/** Writes down what agents say of how they are doing, and tells of what is worth remembering of it. */
@Injectable()
export class ReportsService implements OnModuleInit, OnModuleDestroy {
  private readonly finders = new Map<Host, ReportEvents>();
  private readonly unwritten = new Set<Host>();
  private timer: NodeJS.Timeout | null = null;
  private failing = false;

  constructor(
    @Inject(HostsRepository) private readonly repository: HostsRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    hosts.events.on('reported', (host, before) => this.take(host, before));
    hosts.events.on('removed', (host) => {
      this.finders.delete(host);
      this.unwritten.delete(host);
    });
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.write();
  }

  private take(host: Host, before: AgentReport | null): void {
    this.unwritten.add(host);
    if (host.report === null) return;
    const finder = this.finders.get(host) ?? new ReportEvents();
    this.finders.set(host, finder);
    for (const event of finder.between(before, host.report, this.now())) {
      this.hosts.note(host, event);
    }
  }

  /** Never rejects: what could not be written waits for the next time. */
  private async write(): Promise<void> {
    const hosts = [...this.unwritten];
    if (hosts.length === 0) return;
    this.unwritten.clear();
    const reports = new Map(
      hosts.flatMap(({ key, report }) => (report === null ? [] : [[key, report] as const])),
    );
    try {
      await this.repository.saveReports(reports);
      this.failing = false;
    } catch (error) {
      for (const host of hosts) this.unwritten.add(host);
      if (!this.failing) {
        this.logger.warn({ err: error }, 'what agents say of themselves cannot be written down');
      }
      this.failing = true;
    }
  }
}
