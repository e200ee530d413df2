import type { CulpritRow, CulpritsAnswer, CulpritsQuery } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { HistoryStore, type CulpritSample } from '../history/history-store';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { CulpritTally } from './culprit-tally';

/** A sample further from the moment asked for says nothing of it, ms. */
const NEAR = 15_000;
/** What is read at once, ms; nothing that is kept is further ahead of the hub's clock. */
const PIECE = 3 * 3_600_000;
/** Without `from` or without `to`, the span is this long, ms. */
const DEFAULT_SPAN = 3_600_000;
/** Culprits of a moment, where nobody says how many. */
const OF_A_MOMENT = 20;

/** Who used most on a host at some moment. */
export abstract class CulpritSource {
  /**
   * The processes that used most at the moment nearest to `time`, those with most CPU first; none when nothing within 15 s is known.
   *
   * @param time on the host's clock, ms since the epoch
   */
  abstract at(hostId: string, time: number): Promise<readonly CulpritRow[]>;
}

/** Answers who used most: at a moment, or over a span. */
@Injectable()
export class CulpritsService extends CulpritSource {
  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostsService) private readonly hosts: HostsService,
  ) {
    super();
  }

  async at(hostId: string, time: number): Promise<readonly CulpritRow[]> {
    const host = this.hosts.find(hostId);
    if (host === null) return [];
    return (await this.moment(host, time, 'cpu')).top(OF_A_MOMENT);
  }

  /** @param now on the hub's clock: where a span without an end ends */
  async read(host: Host, query: CulpritsQuery, now: number): Promise<CulpritsAnswer> {
    const tally = await this.tally(host, query, now);
    const { samples, from, to } = tally;
    return { from, to, samples, items: tally.top(query.limit) };
  }

  private async tally(host: Host, query: CulpritsQuery, now: number): Promise<CulpritTally> {
    if (query.at !== undefined) return this.moment(host, query.at, query.by);
    const asked = query.to ?? Math.max(now + (host.clockOffset ?? 0), (query.from ?? 0) + 1);
    const end = Math.min(asked, now + PIECE);
    const tally = new CulpritTally(query.by);
    // Before that nothing is kept, whatever is asked for.
    const oldest = await this.store.oldestCulprits(host.key);
    if (oldest === null) return tally;
    let from = Math.max(query.from ?? end - DEFAULT_SPAN, oldest);
    while (from < end) {
      const to = Math.min(end, from + PIECE);
      for (const sample of await this.store.culprits({ host: host.key, from, to })) {
        tally.add(sample);
      }
      from = to;
    }
    return tally;
  }

  private async moment(
    { key }: Host,
    time: number,
    by: CulpritsQuery['by'],
  ): Promise<CulpritTally> {
    const span = { host: key, from: Math.max(0, time - NEAR), to: time + NEAR + 1 };
    let nearest: CulpritSample | null = null;
    for (const sample of await this.store.culprits(span)) {
      const isNearer = nearest === null || Math.abs(sample.at - time) < Math.abs(nearest.at - time);
      if (isNearer) nearest = sample;
    }
    const tally = new CulpritTally(by);
    if (nearest !== null) tally.add(nearest);
    return tally;
  }
}
