import {
  NotificationSettingsChangeSchema,
  type NotificationSettings,
  type NotificationSettingsChange,
} from '@hostdeck/contracts';
import { Body, Controller, Inject } from '@nestjs/common';
import { Audited, type Actor } from '../../auth/audited';
import { CurrentActor } from '../../auth/request';
import { NOTIFICATION_ROUTES } from '../../openapi/notification-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { SecretError } from '../secrets/secret-box';
import { parseNetwork } from '../sending/networks';
import { OutsideHeartbeat } from './outside-heartbeat';
import { SettingsService } from './settings.service';

@Controller()
export class NotificationSettingsController {
  constructor(
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(OutsideHeartbeat) private readonly heartbeat: OutsideHeartbeat,
    @Inject(Audited) private readonly audited: Audited,
  ) {}

  @Route(NOTIFICATION_ROUTES.notificationSettings)
  async read(): Promise<NotificationSettings> {
    const settings = await this.settings.read();
    return {
      ...settings,
      heartbeat: { ...settings.heartbeat, health: this.heartbeat.health() },
    };
  }

  @Route(NOTIFICATION_ROUTES.changeNotificationSettings)
  async change(
    @Body(new ZodPipe(NotificationSettingsChangeSchema)) change: NotificationSettingsChange,
    @CurrentActor() actor: Actor,
  ): Promise<NotificationSettings> {
    requireNetworks(change.networks ?? []);
    await this.settings.change(change).catch((error: unknown) => {
      if (!(error instanceof SecretError)) throw error;
      throw new ProblemError('conflict', error.message, { cause: error });
    });
    const { networks, heartbeat } = await this.read();
    await this.audited.record(actor, 'notification_settings_changed', {
      changed: Object.keys(change).join(', '),
      networks: networks.join(', '),
      heartbeat: heartbeat.enabled ? `every ${heartbeat.interval} s` : 'off',
    });
    return this.read();
  }
}

function requireNetworks(networks: readonly string[]): void {
  const errors = networks.flatMap((text, index) =>
    parseNetwork(text) === null
      ? [{ path: `networks.${index}`, message: 'expected a network such as 10.0.0.0/8' }]
      : [],
  );
  const [first] = errors;
  if (first === undefined) return;
  throw new ProblemError('bad_request', `${first.path}: ${first.message}`, { errors });
}
