import {
  DeliveriesQuerySchema,
  type DeliveriesQuery,
  type Delivery,
  type List,
} from '@hostdeck/contracts';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Audited, type Actor } from '../../auth/audited';
import { CurrentActor } from '../../auth/request';
import { CLOCK, type Clock } from '../../config/tokens';
import { toPage } from '../../lists/page';
import { NOTIFICATION_ROUTES } from '../../openapi/notification-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { DeliveryLog } from './delivery-log.repository';

const DeliveryIdSchema = z
  .string()
  .regex(/^\d{1,15}$/, 'there is no such delivery')
  .transform(Number);

@Controller()
export class DeliveriesController {
  constructor(
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(Audited) private readonly audited: Audited,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(NOTIFICATION_ROUTES.deliveries)
  async list(
    @Query(new ZodPipe(DeliveriesQuerySchema)) query: DeliveriesQuery,
  ): Promise<List<Delivery>> {
    const rows = await this.log.find({ ...query, limit: query.limit + 1 });
    return toPage(rows, query.limit, ({ id }) => String(id));
  }

  @Route(NOTIFICATION_ROUTES.retryDelivery)
  async retry(@Param('id') text: string, @CurrentActor() actor: Actor): Promise<void> {
    const id = DeliveryIdSchema.safeParse(text).data;
    if (id === undefined || !(await this.log.retry(id, this.now()))) {
      throw new ProblemError('not_found', 'there is no such delivery that has failed');
    }
    await this.audited.record(actor, 'delivery_retried', { id });
  }
}
