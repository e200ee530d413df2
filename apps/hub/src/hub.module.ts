import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Admission } from './agents/admission';
import { AgentAnswers } from './agents/agent-answers';
import { AgentReportsGateway } from './agents/agent-reports.gateway';
import { AgentSockets } from './agents/agent-sockets';
import { AgentsGateway } from './agents/agents.gateway';
import { FramesIntake } from './agents/frames-intake';
import { Greeter } from './agents/greeter';
import { ALERT_CONTROLLERS, ALERTS } from './alerts/alerts.providers';
import { AccessGuard } from './auth/access.guard';
import { AccountController } from './auth/account.controller';
import { ApiTokensRepository } from './auth/api-tokens.repository';
import { AuditController } from './auth/audit.controller';
import { AuditRepository } from './auth/audit.repository';
import { Audited } from './auth/audited';
import { AuthController } from './auth/auth.controller';
import { AuthService } from './auth/auth.service';
import { InvitesController } from './auth/invites.controller';
import { InvitesRepository } from './auth/invites.repository';
import { ShareLinksController } from './auth/share-links.controller';
import { ShareLinksRepository } from './auth/share-links.repository';
import { SessionsRepository } from './auth/sessions.repository';
import { TokensController } from './auth/tokens.controller';
import { UsersController } from './auth/users.controller';
import { UsersRepository } from './auth/users.repository';
import { UsersService } from './auth/users.service';
import { BoardsController } from './boards/boards.controller';
import { BoardsRepository } from './boards/boards.repository';
import { BoardsService } from './boards/boards.service';
import { AgentProgramController } from './enrollment/agent-program.controller';
import { EnrollmentController } from './enrollment/enrollment.controller';
import { EnrollmentRepository } from './enrollment/enrollment.repository';
import { EnrollmentService } from './enrollment/enrollment.service';
import { ExportController } from './export/export.controller';
import { ExportService } from './export/export.service';
import { ExportSlots } from './export/export-slots';
import { HeartbeatRepository } from './events/heartbeat.repository';
import { HeartbeatService } from './events/heartbeat.service';
import { HostEventsController } from './events/host-events.controller';
import { HostEventsRepository } from './events/host-events.repository';
import { HostEventsService } from './events/host-events.service';
import { HealthController } from './health/health.controller';
import { StorageProbe } from './health/storage-probe';
import { StorageStatus } from './health/storage-status';
import { HistoryController } from './history/history.controller';
import { HistoryStore } from './history/history-store';
import { RecallService } from './history/recall.service';
import { MaintenanceService } from './history/maintenance.service';
import { SeriesService } from './history/series.service';
import { SqliteHistoryStore } from './history/sqlite/sqlite-history.store';
import { HostsController } from './hosts/hosts.controller';
import { HostsRepository } from './hosts/hosts.repository';
import { HostsService } from './hosts/hosts.service';
import { ReportsService } from './hosts/reports.service';
import { IngestService } from './ingest/ingest.service';
import { FleetFeed } from './live/fleet-feed';
import { HostFeed } from './live/host-feed';
import { Presence } from './live/presence';
import { ProcessFeed } from './live/process-feed';
import { LiveGateway } from './live/live.gateway';
import { HubMetrics } from './metrics/hub-metrics';
import { MetricsController } from './metrics/metrics.controller';
import { ChannelSecrets } from './notifications/channels/channel-secrets';
import { ChannelsController } from './notifications/channels/channels.controller';
import { ChannelsRepository } from './notifications/channels/channels.repository';
import { ChannelsService } from './notifications/channels/channels.service';
import { TestMessage } from './notifications/channels/test-message';
import { Notifier } from './notifications/notifier';
import { PushController } from './notifications/push/push.controller';
import { PushSubscriptionsRepository } from './notifications/push/push-subscriptions.repository';
import { DeliveriesController } from './notifications/queue/deliveries.controller';
import { DeliveriesRepository } from './notifications/queue/deliveries.repository';
import { DeliveryLog } from './notifications/queue/delivery-log.repository';
import { DeliveryService } from './notifications/queue/delivery.service';
import { Dispatcher } from './notifications/queue/dispatcher';
import { EnqueueRepository } from './notifications/queue/enqueue.repository';
import { NotificationRoutesController } from './notifications/routing/routes.controller';
import { RoutesRepository } from './notifications/routing/routes.repository';
import { Sender } from './notifications/sending/sender';
import { OutsideHeartbeat } from './notifications/settings/outside-heartbeat';
import { NotificationSettingsController } from './notifications/settings/settings.controller';
import { SettingsRepository } from './notifications/settings/settings.repository';
import { SettingsService } from './notifications/settings/settings.service';
import { OpenApiController } from './openapi/openapi.controller';
import { FocusService } from './processes/focus.service';
import { ProcessTables } from './processes/process-tables.service';
import { ProcessesController } from './processes/processes.controller';
import { ProcessesService } from './processes/processes.service';
import { CulpritsController } from './processes/culprits.controller';
import { CulpritSource, CulpritsService } from './processes/culprits.service';
import { ProblemFilter } from './problems/problem.filter';
import { SchemasRepository } from './schemas/schemas.repository';
import { SchemasService } from './schemas/schemas.service';
import { AgentSettingsController } from './settings/agent-settings.controller';
import { AgentSettingsRepository } from './settings/agent-settings.repository';
import { AgentSettingsService } from './settings/agent-settings.service';
import { SetupController } from './setup/setup.controller';
import { SetupService } from './setup/setup.service';

const AUTH: Provider[] = [
  UsersRepository,
  InvitesRepository,
  ShareLinksRepository,
  UsersService,
  SessionsRepository,
  ApiTokensRepository,
  AuditRepository,
  Audited,
  AuthService,
  SetupService,
  { provide: APP_GUARD, useClass: AccessGuard },
  { provide: APP_FILTER, useClass: ProblemFilter },
];

const HOSTS: Provider[] = [
  HostsRepository,
  HostsService,
  ReportsService,
  AgentSettingsRepository,
  AgentSettingsService,
  EnrollmentRepository,
  EnrollmentService,
  SchemasRepository,
  SchemasService,
];

const HISTORY: Provider[] = [
  { provide: HistoryStore, useClass: SqliteHistoryStore },
  SeriesService,
  ExportService,
  ExportSlots,
  MaintenanceService,
  RecallService,
  IngestService,
  StorageProbe,
  StorageStatus,
];

const EVENTS: Provider[] = [
  HostEventsRepository,
  HostEventsService,
  HeartbeatRepository,
  HeartbeatService,
];

const BOARDS: Provider[] = [BoardsRepository, BoardsService];

const PROCESSES: Provider[] = [
  FocusService,
  ProcessTables,
  ProcessesService,
  CulpritsService,
  { provide: CulpritSource, useExisting: CulpritsService },
];

const LIVE: Provider[] = [
  Admission,
  Greeter,
  AgentAnswers,
  AgentSockets,
  FramesIntake,
  AgentsGateway,
  AgentReportsGateway,
  FleetFeed,
  HostFeed,
  Presence,
  ProcessFeed,
  LiveGateway,
  HubMetrics,
];

const NOTIFICATIONS: Provider[] = [
  SettingsRepository,
  SettingsService,
  ChannelsRepository,
  ChannelSecrets,
  ChannelsService,
  TestMessage,
  RoutesRepository,
  PushSubscriptionsRepository,
  Sender,
  Dispatcher,
  DeliveriesRepository,
  DeliveryService,
  DeliveryLog,
  EnqueueRepository,
  Notifier,
  OutsideHeartbeat,
];

/** Everything of the hub, given what it needs from outside. */
@Module({})
export class HubModule {
  /** @param outside configuration, database, log, clock and the like */
  static with(outside: Provider[]): DynamicModule {
    return {
      module: HubModule,
      controllers: [
        HealthController,
        AuthController,
        SetupController,
        AccountController,
        AuditController,
        UsersController,
        InvitesController,
        ShareLinksController,
        TokensController,
        HostsController,
        HistoryController,
        HostEventsController,
        ProcessesController,
        BoardsController,
        CulpritsController,
        AgentSettingsController,
        ...ALERT_CONTROLLERS,
        MetricsController,
        ExportController,
        EnrollmentController,
        AgentProgramController,
        ChannelsController,
        NotificationRoutesController,
        DeliveriesController,
        NotificationSettingsController,
        PushController,
        OpenApiController,
      ],
      providers: [
        ...outside,
        ...AUTH,
        ...HOSTS,
        ...HISTORY,
        ...EVENTS,
        ...PROCESSES,
        ...BOARDS,
        ...ALERTS,
        ...LIVE,
        ...NOTIFICATIONS,
      ],
    };
  }
}
