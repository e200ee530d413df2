import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { CARD_HISTORY_SPAN } from '../hosts/card-history';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { SchemasService } from '../schemas/schemas.service';
import { Failures } from './failures';
import { HistoryStore } from './history-store';

/** After a start: fills the cards with what the history knows, host by host, while the hub already listens. */
@Injectable()
export class RecallService {
  private stopped = false;
  private running: Promise<void> | null = null;

  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(SchemasService) private readonly schemas: SchemasService,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  start(): void {
    const startedAt = this.now();
    this.running = this.recallAll(startedAt).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'not all cards could be filled from the history');
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async recallAll(startedAt: number): Promise<void> {
    const failures = new Failures();
    for (const host of [...this.hosts.all()]) {
      if (this.stopped) return;
      await failures.attempt(() => this.recallHost(host, startedAt), undefined);
    }
    failures.throwFirst();
  }

  private async recallHost(host: Host, startedAt: number): Promise<void> {
    const newest = await this.store.newest(host.key);
    if (newest === null) return;
    const layout = await this.schemas.find(newest.schema);
    host.recallNewest({ at: newest.at, values: newest.values, layout });
    const to = startedAt + (host.clockOffset ?? 0);
    const span = { host: host.key, from: Math.max(0, to - CARD_HISTORY_SPAN), to };
    // The layout of the newest frame stands for all: what a card shows is nearly always there.
    const { card, keys } = layout;
    const places = [card.cpu, card.memory, card.receive, card.transmit]
      .concat(card.disks.map(({ place }) => place))
      .filter((place) => place !== -1);
    const asked = new Map(places.map((place) => [keys[place] ?? '', place]));
    const columns = await this.store.columns(span, (key) => asked.has(key));
    const frames = new Map<number, (number | null)[]>();
    for (const [key, { times, values }] of columns) {
      const place = asked.get(key) ?? 0;
      times.forEach((at, index) => {
        let frame = frames.get(at);
        if (frame === undefined) {
          frame = new Array<number | null>(keys.length).fill(null);
          frames.set(at, frame);
        }
        frame[place] = values[index] ?? null;
      });
    }
    for (const [at, values] of frames) host.recall({ at, values, layout }, startedAt);
  }
}
