import {
  IdSchema,
  NewPushSubscriptionSchema,
  type List,
  type PushKey,
  type PushSubscriptionInfo,
  type TestAnswer,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import type { z } from 'zod';
import type { Identity } from '../../auth/auth.service';
import { CurrentIdentity } from '../../auth/request';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import { NOTIFICATION_ROUTES } from '../../openapi/notification-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { TestMessage } from '../channels/test-message';
import { webPush } from '../kinds/web-push';
import { SettingsService } from '../settings/settings.service';
import { isPushKey } from './push-message';
import { PushSubscriptionsRepository } from './push-subscriptions.repository';

/** Most browsers one user can have messages sent to. */
const MOST_BROWSERS = 20;

/** Browsers of whoever is signed in; scripts have none. */
@Controller()
export class PushController {
  constructor(
    @Inject(PushSubscriptionsRepository) private readonly browsers: PushSubscriptionsRepository,
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(TestMessage) private readonly testMessage: TestMessage,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(NOTIFICATION_ROUTES.pushKey)
  async key(): Promise<PushKey> {
    const { publicKey } = await this.settings.vapidKeys();
    return { publicKey };
  }

  @Route(NOTIFICATION_ROUTES.listPushSubscriptions)
  async list(@CurrentIdentity() { user }: Identity): Promise<List<PushSubscriptionInfo>> {
    return { items: await this.browsers.ofUser(user.id) };
  }

  @Route(NOTIFICATION_ROUTES.createPushSubscription)
  async create(
    @Body(new ZodPipe(NewPushSubscriptionSchema))
    { endpoint, keys, browser }: z.output<typeof NewPushSubscriptionSchema>,
    @CurrentIdentity() { user, session }: Identity,
  ): Promise<PushSubscriptionInfo> {
    if (session === null) {
      throw new ProblemError('conflict', 'only somebody who is signed in has a browser');
    }
    if (!isPushKey(keys.p256dh)) {
      // With it in the list nothing could be sent to anybody.
      const errors = [{ path: 'keys.p256dh', message: 'not a point of the curve P-256' }];
      throw new ProblemError('bad_request', 'keys.p256dh: not a point of the curve P-256', {
        errors,
      });
    }
    if ((await this.browsers.ofUser(user.id)).length >= MOST_BROWSERS) {
      throw new ProblemError('conflict', `you have ${MOST_BROWSERS} browsers already: remove one`);
    }
    const id = newId();
    const now = this.now();
    await this.browsers.add({ id, endpoint, ...keys }, { userId: user.id, browser, now });
    return { id, browser, createdAt: now };
  }

  @Route(NOTIFICATION_ROUTES.testPushSubscription)
  async test(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
  ): Promise<TestAnswer> {
    const own = await this.browsers.ofUser(user.id);
    if (!own.some((browser) => browser.id === id)) {
      throw new ProblemError('not_found', 'you have no such browser');
    }
    const all = await this.browsers.all();
    const others = all.map((browser) => browser.id).filter((one) => one !== id);
    return this.testMessage.send({ kind: webPush, open: {}, secret: {} }, others);
  }

  @Route(NOTIFICATION_ROUTES.removePushSubscription)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
  ): Promise<void> {
    if (!(await this.browsers.delete(id, user.id))) {
      throw new ProblemError('not_found', 'you have no such browser');
    }
  }
}
