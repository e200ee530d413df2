import {
  MAX_HOST_FIRINGS,
  type HostFiring,
  type IncidentCulprit,
  type IncidentsQuery,
  type TimelineEntry,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Kysely, Selectable } from 'kysely';
import type { IncidentAlertsTable, IncidentsTable } from '../../database/alert-tables';
import { Database } from '../../database/database';
import type { Tables } from '../../database/tables';
import type { Incident, IncidentAlert, Progress } from './incident';
import type { Entry } from './round';

/** Rows written per statement, ids asked for at once, and incidents deleted at once. */
const STATEMENT_ROWS = 100;

/** Where a page of the list begins: after the incident that began then and has that id. */
export interface IncidentPlace {
  readonly openedAt: number;
  readonly id: string;
}

@Injectable()
export class IncidentsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those that are open, or were resolved since `since`. */
  async current(since: number): Promise<Incident[]> {
    const rows = await this.database.read
      .selectFrom('incidents')
      .selectAll()
      .where((where) =>
        where.or([where('resolved_at', 'is', null), where('resolved_at', '>=', since)]),
      )
      .orderBy('opened_at')
      .execute();
    return this.withAlerts(rows);
  }

  async find(id: string): Promise<Incident | null> {
    const rows = await this.database.read
      .selectFrom('incidents')
      .selectAll()
      .where('id', '=', id)
      .execute();
    return (await this.withAlerts(rows))[0] ?? null;
  }

  /** A page of incidents, the newest first. */
  async list(
    query: Pick<IncidentsQuery, 'state' | 'host' | 'severity'>,
    after: IncidentPlace | null,
    limit: number,
  ): Promise<Incident[]> {
    let rows = this.database.read
      .selectFrom('incidents')
      .selectAll()
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (query.state === 'open') rows = rows.where('resolved_at', 'is', null);
    if (query.state === 'resolved') rows = rows.where('resolved_at', 'is not', null);
    if (query.severity !== undefined) rows = rows.where('severity', '=', query.severity);
    const { host } = query;
    if (host !== undefined) {
      rows = rows.where('id', 'in', (where) =>
        where.selectFrom('incident_alerts').select('incident').where('host', '=', host),
      );
    }
    if (after !== null) {
      rows = rows.where((where) =>
        where.or([
          where('opened_at', '<', after.openedAt),
          where.and([where('opened_at', '=', after.openedAt), where('id', '<', after.id)]),
        ]),
      );
    }
    return this.withAlerts(await rows.execute());
  }

  /** When rules fired for a host in a span of time: the newest of them, ascending. */
  async firings(
    hostId: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<HostFiring[]> {
    const rows = await this.database.read
      .selectFrom('incident_alerts')
      .select(['incident', 'rule', 'severity', 'series', 'started_at', 'ended_at'])
      .where('host', '=', hostId)
      .where('started_at', '<=', to)
      .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', from)]))
      .orderBy('started_at', 'desc')
      .limit(MAX_HOST_FIRINGS)
      .execute();
    return rows.reverse().map((row) => ({
      incidentId: row.incident,
      ruleId: row.rule,
      severity: row.severity,
      series: row.series,
      from: row.started_at,
      to: row.ended_at,
    }));
  }

  /** The newest lines of a timeline, in the order they happened. */
  async timeline(id: string, limit: number): Promise<TimelineEntry[]> {
    const rows = await this.database.read
      .selectFrom('incident_entries')
      .select(['at', 'kind', 'text', 'person'])
      .where('incident', '=', id)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.reverse().map(({ at, kind, text, person }) => ({ at, kind, text, by: person }));
  }

  /** Writes incidents with all of their alerts, and new lines of their timelines. */
  async save(
    incidents: readonly Incident[],
    entries: readonly Entry[],
    to: Kysely<Tables>,
  ): Promise<void> {
    for (const incident of incidents) {
      const { id, ...row } = toRow(incident);
      await to
        .insertInto('incidents')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      await this.saveAlerts(incident, to);
    }
    for (let first = 0; first < entries.length; first += STATEMENT_ROWS) {
      const rows = entries.slice(first, first + STATEMENT_ROWS);
      await to
        .insertInto('incident_entries')
        .values(
          rows.map(({ incidentId, at, kind, text, by }) => ({
            incident: incidentId,
            at,
            kind,
            text,
            person: by,
          })),
        )
        .execute();
    }
  }

  /** Deletes some of the incidents that were resolved before `before`, with all that is known of them. @returns whether there may be more */
  async dropBefore(before: number): Promise<boolean> {
    const { numDeletedRows } = await this.database.write
      .deleteFrom('incidents')
      .where('id', 'in', (where) =>
        where
          .selectFrom('incidents')
          .select('id')
          .where('resolved_at', '<', before)
          .limit(STATEMENT_ROWS),
      )
      .executeTakeFirst();
    return numDeletedRows === BigInt(STATEMENT_ROWS);
  }

  /** Deletes the oldest lines of a timeline beyond the newest `kept`. */
  async shortenTimeline(id: string, kept: number): Promise<void> {
    const oldest = await this.database.read
      .selectFrom('incident_entries')
      .select('id')
      .where('incident', '=', id)
      .orderBy('id', 'desc')
      .limit(1)
      .offset(kept - 1)
      .executeTakeFirst();
    if (oldest === undefined) return;
    await this.database.write
      .deleteFrom('incident_entries')
      .where('incident', '=', id)
      .where('id', '<', oldest.id)
      .execute();
  }

  private async saveAlerts({ id, alerts }: Incident, to: Kysely<Tables>): Promise<void> {
    for (let first = 0; first < alerts.length; first += STATEMENT_ROWS) {
      await to
        .insertInto('incident_alerts')
        .values(alerts.slice(first, first + STATEMENT_ROWS).map((alert) => toAlertRow(id, alert)))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((excluded) => ({
            severity: excluded.ref('excluded.severity'),
            ended_at: excluded.ref('excluded.ended_at'),
          })),
        )
        .execute();
    }
  }

  private async withAlerts(rows: readonly Selectable<IncidentsTable>[]): Promise<Incident[]> {
    const alerts = new Map<string, IncidentAlert[]>();
    for (let first = 0; first < rows.length; first += STATEMENT_ROWS) {
      const ids = rows.slice(first, first + STATEMENT_ROWS).map(({ id }) => id);
      const found = await this.database.read
        .selectFrom('incident_alerts')
        .selectAll()
        .where('incident', 'in', ids)
        .orderBy('started_at')
        .execute();
      for (const row of found) {
        const own = alerts.get(row.incident) ?? [];
        own.push(toAlert(row));
        alerts.set(row.incident, own);
      }
    }
    return rows.map((row) => toIncident(row, alerts.get(row.id) ?? []));
  }
}

/** Rows are written by this repository alone, so that their JSON is what we put there. */
function toIncident(row: Selectable<IncidentsTable>, alerts: IncidentAlert[]): Incident {
  const { acknowledged_at: at, acknowledged_by: by } = row;
  return {
    id: row.id,
    title: row.title,
    severity: row.severity,
    scope: row.scope,
    groupKey: row.group_key,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
    acknowledged: at === null ? null : { at, by: by ?? '' },
    progress: JSON.parse(row.progress) as Progress,
    culprits: JSON.parse(row.culprits) as IncidentCulprit[],
    alerts,
  };
}

function toRow(incident: Incident): IncidentsTable {
  return {
    id: incident.id,
    title: incident.title,
    severity: incident.severity,
    scope: incident.scope,
    group_key: incident.groupKey,
    opened_at: incident.openedAt,
    resolved_at: incident.resolvedAt,
    acknowledged_at: incident.acknowledged?.at ?? null,
    acknowledged_by: incident.acknowledged?.by ?? null,
    progress: JSON.stringify(incident.progress),
    culprits: JSON.stringify(incident.culprits),
  };
}

function toAlert(row: Selectable<IncidentAlertsTable>): IncidentAlert {
  return {
    id: row.id,
    ruleId: row.rule,
    ruleName: row.rule_name,
    hostId: row.host,
    hostName: row.host_name,
    series: row.series,
    kind: row.kind,
    severity: row.severity,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    value: row.value,
    text: row.text,
    plan: JSON.parse(row.plan) as IncidentAlert['plan'],
    quiet: null,
  };
}

function toAlertRow(incident: string, alert: IncidentAlert): IncidentAlertsTable {
  return {
    id: alert.id,
    incident,
    rule: alert.ruleId,
    rule_name: alert.ruleName,
    host: alert.hostId,
    host_name: alert.hostName,
    series: alert.series,
    kind: alert.kind,
    severity: alert.severity,
    started_at: alert.startedAt,
    ended_at: alert.endedAt,
    value: alert.value,
    text: alert.text,
    plan: JSON.stringify(alert.plan),
  };
}
