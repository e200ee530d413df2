import type { IncidentMessage, NotificationRoute } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { CLOCK, type Clock } from '../config/tokens';
import type { Tables } from '../database/tables';
import { DeliveryService } from './queue/delivery.service';
import { EnqueueRepository } from './queue/enqueue.repository';
import { channelsFor } from './routing/route';
import { RoutesRepository } from './routing/routes.repository';

/** Takes messages about incidents and queues them for the channels their routes choose. */
@Injectable()
export class Notifier {
  constructor(
    @Inject(RoutesRepository) private readonly routes: RoutesRepository,
    @Inject(EnqueueRepository) private readonly queue: EnqueueRepository,
    @Inject(DeliveryService) private readonly deliveries: DeliveryService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Queues messages as part of `transaction`: they are sent if it is committed, and not if it is rolled back. A key that was queued
   * before is passed over. A resolution goes to exactly the channels that were told of the incident, whatever the routes say by
   * then; everything else goes where the routes say at the moment it is sent.
   */
  async enqueue(messages: readonly IncidentMessage[], transaction: Kysely<Tables>): Promise<void> {
    if (messages.length === 0) return;
    const routes = await this.routes.all(transaction);
    for (const message of messages) await this.add(message, routes, transaction);
    this.deliveries.afterTransaction();
  }

  private async add(
    message: IncidentMessage,
    routes: readonly NotificationRoute[],
    transaction: Kysely<Tables>,
  ): Promise<void> {
    const now = this.now();
    if (!(await this.queue.addMessage(message, now, transaction))) return;
    const { incidentId } = message;
    const isOver = message.kind === 'resolved';
    const chosen = isOver
      ? await this.queue.takeTold(incidentId, transaction)
      : channelsFor(message, routes);
    const channels = await this.queue.usable(chosen, transaction);
    await this.queue.addDeliveries(message, { channels, now }, transaction);
    if (!isOver) await this.queue.rememberTold(incidentId, { channels, now }, transaction);
  }
}
