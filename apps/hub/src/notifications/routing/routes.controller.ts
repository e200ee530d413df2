import {
  IdSchema,
  NewNotificationRouteSchema,
  NotificationRouteChangeSchema,
  type List,
  type NotificationRoute,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import type { z } from 'zod';
import { Audited, type Actor } from '../../auth/audited';
import { CurrentActor } from '../../auth/request';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import { NOTIFICATION_ROUTES } from '../../openapi/notification-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { ChannelsRepository } from '../channels/channels.repository';
import { RoutesRepository } from './routes.repository';

/** Most routes there can be: every message is held against all of them. */
const MOST_ROUTES = 200;

@Controller()
export class NotificationRoutesController {
  constructor(
    @Inject(RoutesRepository) private readonly routes: RoutesRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(Audited) private readonly audited: Audited,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(NOTIFICATION_ROUTES.listNotificationRoutes)
  async list(): Promise<List<NotificationRoute>> {
    return { items: await this.routes.all() };
  }

  @Route(NOTIFICATION_ROUTES.createNotificationRoute)
  async create(
    @Body(new ZodPipe(NewNotificationRouteSchema))
    given: z.output<typeof NewNotificationRouteSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<NotificationRoute> {
    await this.requireChannels(given.channels);
    if ((await this.routes.all()).length >= MOST_ROUTES) {
      throw new ProblemError('conflict', `there are ${MOST_ROUTES} routes already`);
    }
    const id = newId();
    await this.routes.create({ id, ...given }, this.now());
    await this.audited.record(actor, 'notification_route_created', { id, name: given.name });
    return { id, isDefault: false, ...given };
  }

  @Route(NOTIFICATION_ROUTES.changeNotificationRoute)
  async change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(NotificationRouteChangeSchema))
    change: z.output<typeof NotificationRouteChangeSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<NotificationRoute> {
    const route = await this.find(id);
    if (route.isDefault && Object.keys(change).some((name) => name !== 'channels')) {
      throw new ProblemError('bad_request', 'the default route has channels only');
    }
    await this.requireChannels(change.channels ?? []);
    const changed: NotificationRoute = {
      ...route,
      name: change.name ?? route.name,
      severities: change.severities ?? route.severities,
      tags: change.tags ?? route.tags,
      times: change.times === undefined ? route.times : change.times,
      channels: change.channels ?? route.channels,
    };
    await this.routes.change(changed);
    await this.audited.record(actor, 'notification_route_changed', { id, name: changed.name });
    return changed;
  }

  @Route(NOTIFICATION_ROUTES.removeNotificationRoute)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const { isDefault, name } = await this.find(id);
    if (isDefault) throw new ProblemError('conflict', 'the default route cannot be removed');
    await this.routes.delete(id);
    await this.audited.record(actor, 'notification_route_removed', { id, name });
  }

  private async find(id: string): Promise<NotificationRoute> {
    const route = (await this.routes.all()).find((candidate) => candidate.id === id);
    if (route === undefined) throw new ProblemError('not_found', 'there is no such route');
    return route;
  }

  private async requireChannels(ids: readonly string[]): Promise<void> {
    const [missing] = await this.channels.missing(ids);
    if (missing === undefined) return;
    const message = `there is no channel ${missing}`;
    throw new ProblemError('bad_request', `channels: ${message}`, {
      errors: [{ path: 'channels', message }],
    });
  }
}
