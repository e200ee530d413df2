import type { AgentReport, HostFacts } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { Database } from '../database/database';
import type { HostsTable } from '../database/tables';
import type { StoredHost } from './host';

/** What an agent said of itself at its last hello. */
export interface Greeting {
  readonly facts: HostFacts;
  /** Sampling interval of its own configuration, ms. */
  readonly interval: number;
  readonly clockOffset: number;
  /** Epoch of the agent's outbox. */
  readonly epoch: string;
}

/** Rows are written by this repository and by enrollment alone, so that their JSON is what we put there. */
function toStored(row: Selectable<HostsTable>, lastSeen: number | null): StoredHost {
  return {
    key: row.key,
    id: row.id,
    name: row.name,
    tags: JSON.parse(row.tags) as string[],
    publicKey: row.public_key,
    facts: row.facts === null ? null : (JSON.parse(row.facts) as HostFacts),
    interval: row.interval,
    clockOffset: row.clock_offset,
    epoch: row.epoch,
    createdAt: row.created_at,
    lastSeen,
    report: row.report === null ? null : (JSON.parse(row.report) as AgentReport),
  };
}

@Injectable()
export class HostsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every host that has not been removed, in the order they joined. */
  async all(): Promise<StoredHost[]> {
    const rows = await this.database.read
      .selectFrom('hosts')
      .leftJoin('outboxes', 'outboxes.host', 'hosts.key')
      .leftJoin('stored_ranges', 'stored_ranges.outbox', 'outboxes.id')
      .selectAll('hosts')
      .select(({ fn }) => fn.max('stored_ranges.received_at').as('last_seen'))
      .where('hosts.removed_at', 'is', null)
      .groupBy('hosts.key')
      .orderBy('hosts.key')
      .execute();
    return rows.map((row) => toStored(row, row.last_seen));
  }

  async saveGreeting(
    key: number,
    { facts, interval, clockOffset, epoch }: Greeting,
  ): Promise<void> {
    await this.database.runTogether(
      this.database.write
        .updateTable('hosts')
        .set({ facts: JSON.stringify(facts), interval, clock_offset: clockOffset, epoch })
        .where('key', '=', key),
    );
  }

  /** Keeps what agents say of how they are doing, by their hosts' keys. */
  async saveReports(reports: ReadonlyMap<number, AgentReport>): Promise<void> {
    await this.database.write.transaction().execute(async (transaction) => {
      for (const [key, report] of reports) {
        await transaction
          .updateTable('hosts')
          .set({ report: JSON.stringify(report) })
          .where('key', '=', key)
          .execute();
      }
    });
  }

  async rename(key: number, name: string, tags: readonly string[]): Promise<void> {
    await this.database.write
      .updateTable('hosts')
      .set({ name, tags: JSON.stringify(tags) })
      .where('key', '=', key)
      .execute();
  }

  async markRemoved(key: number, at: number): Promise<void> {
    await this.database.write
      .updateTable('hosts')
      .set({ removed_at: at })
      .where('key', '=', key)
      .execute();
  }

  /** Keys of removed hosts whose history is still to be dropped. */
  async removed(): Promise<number[]> {
    const rows = await this.database.read
      .selectFrom('hosts')
      .select('key')
      .where('removed_at', 'is not', null)
      .execute();
    return rows.map(({ key }) => key);
  }

  /** Forgets a removed host for good. */
  async delete(key: number): Promise<void> {
    await this.database.write.deleteFrom('hosts').where('key', '=', key).execute();
  }
}
