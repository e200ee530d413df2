import {
  AcknowledgementSchema,
  AlertsQuerySchema,
  IdSchema,
  IncidentsQuerySchema,
  MAX_INCIDENT_ALERTS,
  MAX_TIMELINE,
  NewNoteSchema,
  type Alert,
  type AlertsQuery,
  type Incident as IncidentView,
  type IncidentsQuery,
  type IncidentSummary,
  type List,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { AuditRepository } from '../../auth/audit.repository';
import type { Identity } from '../../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../../auth/request';
import { CLOCK, type Clock } from '../../config/tokens';
import { toPage } from '../../lists/page';
import { ALERT_ROUTES } from '../../openapi/alert-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { firingOf, type Incident } from './incident';
import { IncidentsRepository, type IncidentPlace } from './incidents.repository';
import { IncidentsService } from './incidents.service';
import { byUrgency, toAlertView, toSummary } from './views';

@Controller()
export class IncidentsController {
  constructor(
    @Inject(IncidentsService) private readonly incidents: IncidentsService,
    @Inject(IncidentsRepository) private readonly repository: IncidentsRepository,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ALERT_ROUTES.listAlerts)
  alerts(@Query(new ZodPipe(AlertsQuerySchema)) query: AlertsQuery): List<Alert> {
    const { host, severity, limit, cursor } = query;
    const all = this.incidents
      .open()
      .flatMap(({ id, alerts }) => firingOf(alerts).map((alert) => toAlertView(alert, id)))
      .filter(
        (alert) =>
          (host === undefined || alert.host.id === host) &&
          (severity === undefined || alert.severity === severity),
      )
      .sort(byUrgency);
    const after = cursor === undefined ? -1 : all.findIndex(({ id }) => id === cursor);
    return toPage(all.slice(after + 1, after + 2 + limit), limit, ({ id }) => id);
  }

  @Route(ALERT_ROUTES.listIncidents)
  async list(
    @Query(new ZodPipe(IncidentsQuerySchema)) query: IncidentsQuery,
  ): Promise<List<IncidentSummary>> {
    const { limit, cursor } = query;
    const after = cursor === undefined ? null : readCursor(cursor);
    const page = toPage(
      await this.repository.list(query, after, limit + 1),
      limit,
      ({ openedAt, id }) => `${openedAt}.${id}`,
    );
    const now = this.now();
    const items = page.items.map((incident) => toSummary(this.current(incident), now));
    return { ...page, items };
  }

  @Route(ALERT_ROUTES.getIncident)
  async get(@Param('id', new ZodPipe(IdSchema)) id: string): Promise<IncidentView> {
    return this.detail(await this.incidents.get(id));
  }

  @Route(ALERT_ROUTES.acknowledge)
  async acknowledge(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(AcknowledgementSchema))
    { acknowledged }: z.output<typeof AcknowledgementSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<IncidentView> {
    const incident = await this.incidents.acknowledge(id, user.username, acknowledged);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: acknowledged ? 'incident_acknowledged' : 'incident_unacknowledged',
      detail: { id, title: incident.title },
    });
    return this.detail(incident);
  }

  @Route(ALERT_ROUTES.addNote)
  async addNote(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(NewNoteSchema)) { text }: z.output<typeof NewNoteSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<IncidentView> {
    await this.incidents.addNote(id, user.username, text);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'incident_noted',
      detail: { id },
    });
    return this.detail(await this.incidents.get(id));
  }

  /** The incident as it is known in memory, where it is: that says what is silenced now. */
  private current(incident: Incident): Incident {
    return this.incidents.open().find(({ id }) => id === incident.id) ?? incident;
  }

  private async detail(incident: Incident): Promise<IncidentView> {
    const { id } = incident;
    return {
      ...toSummary(incident, this.now()),
      alertList: incident.alerts.slice(-MAX_INCIDENT_ALERTS).map((alert) => toAlertView(alert, id)),
      timeline: await this.repository.timeline(id, MAX_TIMELINE),
      culprits: [...incident.culprits],
    };
  }
}

function readCursor(cursor: string): IncidentPlace {
  const match = /^(\d{1,16})\.([0-9a-f]{32})$/.exec(cursor);
  const [, openedAt, id] = match ?? [];
  if (openedAt !== undefined && id !== undefined) return { openedAt: Number(openedAt), id };
  const errors = [{ path: 'cursor', message: 'not a cursor of this list' }];
  throw new ProblemError('bad_request', 'cursor: not a cursor of this list', { errors });
}
