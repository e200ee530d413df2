import type { Channel, Delivery, IncidentMessage, NewChannel } from '@hostdeck/contracts';
import { NewChannelSchema } from '@hostdeck/contracts';
import { pino } from 'pino';
import { parseConfig } from '../../src/config/config';
import { DEFAULT_LIMITS } from '../../src/config/limits';
import { Database } from '../../src/database/database';
import { DEFAULT_ROUTE_ID } from '../../src/database/notification-steps';
import { ChannelSecrets } from '../../src/notifications/channels/channel-secrets';
import { ChannelsRepository } from '../../src/notifications/channels/channels.repository';
import { ChannelsService } from '../../src/notifications/channels/channels.service';
import { Notifier } from '../../src/notifications/notifier';
import { PushSubscriptionsRepository } from '../../src/notifications/push/push-subscriptions.repository';
import { DeliveriesRepository } from '../../src/notifications/queue/deliveries.repository';
import { DeliveryLog } from '../../src/notifications/queue/delivery-log.repository';
import { DeliveryService } from '../../src/notifications/queue/delivery.service';
import { Dispatcher } from '../../src/notifications/queue/dispatcher';
import { EnqueueRepository } from '../../src/notifications/queue/enqueue.repository';
import { RoutesRepository } from '../../src/notifications/routing/routes.repository';
import { SecretBox } from '../../src/notifications/secrets/secret-box';
import { resolveBySystem, type Resolver } from '../../src/notifications/sending/resolve';
import { Sender } from '../../src/notifications/sending/sender';
import { SettingsRepository } from '../../src/notifications/settings/settings.repository';
import { SettingsService } from '../../src/notifications/settings/settings.service';
import { eventually } from '../events';

interface NotifyingOptions {
  readonly now?: () => number;
  readonly resolver?: Resolver;
  /** Without them loopback is blocked, as usual. */
  readonly networks?: readonly string[];
  /** How long a receiver may take, ms. */
  readonly timeout?: number;
}

/** The part of a hub that notifies, over a database of its own. */
export class Notifying {
  private constructor(
    readonly database: Database,
    readonly channels: ChannelsService,
    readonly routes: RoutesRepository,
    readonly settings: SettingsService,
    readonly queue: DeliveryService,
    readonly deliveryLog: DeliveryLog,
    readonly notifier: Notifier,
    /** Lines of the log, as text. */
    readonly log: readonly string[],
  ) {}

  static async open(
    dataDir: string,
    {
      now = Date.now,
      resolver = resolveBySystem,
      networks = ['127.0.0.0/8'],
      timeout = 20_000,
    }: NotifyingOptions = {},
  ): Promise<Notifying> {
    const config = parseConfig({
      HOSTDECK_DATA_DIR: dataDir,
      HOSTDECK_PUBLIC_URL: 'https://hub.example.com',
    });
    const limits = { ...DEFAULT_LIMITS, notifications: { look: 10, timeout } };
    const database = await Database.open(dataDir);
    const box = SecretBox.open(dataDir, null);
    const settingsRepository = new SettingsRepository(database);
    const settings = new SettingsService(settingsRepository, box);
    await settings.change({ networks: [...networks] });
    const channelsRepository = new ChannelsRepository(database);
    const secrets = new ChannelSecrets(box);
    const routes = new RoutesRepository(database);
    const dispatcher = new Dispatcher(
      new Sender(settingsRepository, resolver, limits, now),
      new PushSubscriptionsRepository(database),
      settings,
      now,
    );
    const log: string[] = [];
    const queue = new DeliveryService(
      new DeliveriesRepository(database),
      channelsRepository,
      secrets,
      dispatcher,
      limits,
      config,
      pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
      now,
    );
    return new Notifying(
      database,
      new ChannelsService(channelsRepository, secrets, now),
      routes,
      settings,
      queue,
      new DeliveryLog(database),
      new Notifier(routes, new EnqueueRepository(), queue, now),
      log,
    );
  }

  /** Makes a channel that the default route leads to. */
  async channel(given: Omit<NewChannel, 'name'> & { name?: string }): Promise<Channel> {
    const channel = await this.channels.create(
      NewChannelSchema.parse({ name: given.kind, ...given }),
    );
    const route = (await this.routes.all()).find(({ id }) => id === DEFAULT_ROUTE_ID);
    if (route === undefined) throw new Error('no default route');
    await this.routes.change({ ...route, channels: [...route.channels, channel.id] });
    return channel;
  }

  /** Queues messages as the alert engine does. */
  async enqueue(...messages: IncidentMessage[]): Promise<void> {
    await this.database.write
      .transaction()
      .execute((transaction) => this.notifier.enqueue(messages, transaction));
  }

  /** Every delivery, the oldest first. */
  async deliveries(): Promise<Delivery[]> {
    return (await this.deliveryLog.find({ limit: 1_000 })).reverse();
  }

  /** Waits until every delivery is as wanted. */
  settled(wanted: (delivery: Delivery) => boolean): Promise<Delivery[]> {
    return eventually(
      () => this.deliveries(),
      (deliveries) => deliveries.length > 0 && deliveries.every(wanted),
    );
  }

  async close(): Promise<void> {
    await this.queue.stop();
    await this.database.close();
  }
}
