import type { HostEvent, HostStatus } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database';
import type { WithoutText } from './event-text';

/** An event of the host with that key. */
export interface RecordedEvent {
  readonly host: number;
  readonly event: WithoutText<HostEvent>;
}

/** Which events are asked for: those of a host from `from` (included) to `to` (not), after `after` in the order of the list. */
export interface EventQuestion {
  readonly host: number;
  readonly from: number;
  readonly to: number;
  /** Times before this are no concern of the host: it joined then. */
  readonly joinedAt: number;
  readonly after: Place;
  readonly limit: number;
}

/** An event's place in the list: the newest first, of one moment the one recorded last. */
export interface Place {
  readonly at: number;
  readonly id: number;
}

/** An event and its place. */
export interface PlacedEvent extends Place {
  readonly event: WithoutText<HostEvent>;
}

interface Row {
  readonly id: number;
  readonly at: number;
  readonly kind: HostEvent['kind'];
  readonly detail: string;
  readonly until: number | null;
}

/** A blind span begins after everything else of its moment. */
const AFTER_ALL = Number.MAX_SAFE_INTEGER;
/** Events inserted per statement. */
const STATEMENT_ROWS = 200;
/** Rows deleted per statement, so that ingest does not wait. */
const STEP_ROWS = 500;

/** Rows are written by this repository alone, so that their JSON is what we put there. */
function toEvent({ at, kind, detail, until }: Row): WithoutText<HostEvent> {
  const event = { at, kind, detail: JSON.parse(detail) as object };
  return (until === null ? event : { ...event, until }) as WithoutText<HostEvent>;
}

@Injectable()
export class HostEventsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Stores events, in one transaction. */
  async add(recorded: readonly RecordedEvent[]): Promise<void> {
    const rows = recorded.map(({ host, event: { at, kind, detail } }) => ({
      host,
      at,
      kind,
      detail: JSON.stringify(detail),
    }));
    await this.database.write.transaction().execute(async (transaction) => {
      for (let first = 0; first < rows.length; first += STATEMENT_ROWS) {
        await transaction
          .insertInto('host_events')
          .values(rows.slice(first, first + STATEMENT_ROWS))
          .execute();
      }
    });
  }

  /** Events of a host and the spans in which the hub was blind, the newest first. */
  async find(question: EventQuestion): Promise<PlacedEvent[]> {
    const { host, from, to, joinedAt, after, limit } = question;
    const { rows } = await sql<Row>`
      SELECT * FROM (
        SELECT id, at, kind, detail, NULL AS until FROM host_events
          WHERE host = ${host} AND at >= ${from} AND at < ${to}
        UNION ALL
        SELECT ${AFTER_ALL} AS id, start AS at, 'hub_blind' AS kind, '{}' AS detail, until FROM blind_spans
          WHERE start < ${to} AND until > ${Math.max(from, joinedAt)}
      )
      WHERE at < ${after.at} OR (at = ${after.at} AND id < ${after.id})
      ORDER BY at DESC, id DESC LIMIT ${limit}`.execute(this.database.read);
    return rows.map((row) => ({ at: row.at, id: row.id, event: toEvent(row) }));
  }

  /** The last recorded status of every host that has one, by the host's key. */
  async lastStatuses(): Promise<Map<number, HostStatus>> {
    const { rows } = await sql<{ host: number; status: HostStatus | null }>`
      SELECT key AS host, (
        SELECT detail ->> 'to' FROM host_events WHERE host = key AND kind = 'status'
          ORDER BY at DESC, id DESC LIMIT 1
      ) AS status FROM hosts`.execute(this.database.read);
    return new Map(
      rows.flatMap(({ host, status }) => (status === null ? [] : [[host, status] as const])),
    );
  }

  /** Deletes events before `before`. @returns whether there may be more */
  async dropBefore(before: number): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('host_events')
      .where('id', 'in', (query) =>
        query.selectFrom('host_events').select('id').where('at', '<', before).limit(STEP_ROWS),
      )
      .executeTakeFirst();
    return numDeletedRows === BigInt(STEP_ROWS);
  }

  /** Deletes the oldest events of a host beyond the newest `kept`. @returns whether there may be more */
  async dropBeyond(host: number, kept: number): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('host_events')
      .where('id', 'in', (query) =>
        query
          .selectFrom('host_events')
          .select('id')
          .where('host', '=', host)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(STEP_ROWS)
          .offset(kept),
      )
      .executeTakeFirst();
    return numDeletedRows === BigInt(STEP_ROWS);
  }
}
