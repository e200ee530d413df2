import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AlertEngine } from './alerts/engine/alert-engine';
import { IncidentsService } from './alerts/incidents/incidents.service';
import { AgentsGateway, DEFAULT_PROOF_TIME, PROOF_TIME } from './agents/agents.gateway';
import { HubIdentity } from './agents/hub-identity';
import { isServedSecurely } from './auth/cookies';
import type { HubConfig } from './config/config';
import { DEFAULT_LIMITS, LIMITS, type HubLimits } from './config/limits';
import { PROGRAM_FOLDERS, type ProgramFolders } from './config/folders';
import { StartError } from './config/start-error';
import { CLOCK, CONFIG, type Clock } from './config/tokens';
import { Database } from './database/database';
import { HeartbeatService } from './events/heartbeat.service';
import { HostEventsService } from './events/host-events.service';
import { RecallService } from './history/recall.service';
import { HistoryStore } from './history/history-store';
import { MaintenanceService } from './history/maintenance.service';
import { GRACES } from './history/sqlite/journal-index';
import type { StepObserver } from './history/sqlite/sealer';
import { STEP_OBSERVER } from './history/sqlite/sqlite-history.store';
import { HostsService } from './hosts/hosts.service';
import { HubModule } from './hub.module';
import { IngestService } from './ingest/ingest.service';
import { LiveGateway } from './live/live.gateway';
import { LOGGER, NestLog, type Logger } from './logging/logger';
import { DeliveryService } from './notifications/queue/delivery.service';
import { SecretBox } from './notifications/secrets/secret-box';
import { resolveBySystem, type Resolver } from './notifications/sending/resolve';
import { RESOLVER } from './notifications/sending/sender';
import { OutsideHeartbeat } from './notifications/settings/outside-heartbeat';
import { serveDocs } from './openapi/docs';
import { AgentSettingsService } from './settings/agent-settings.service';
import { SetupService } from './setup/setup.service';
import { HubIoAdapter } from './sockets/hub-io-adapter';
import { requireOwnOrigin } from './web/own-origin';
import { securityHeaders } from './web/security-headers';
import { serveWeb } from './web/serve-web';
import { SETTING_PUBLIC_URL } from './web/settings';
import { readWebFiles } from './web/web-files';

/** What a hub needs besides its configuration. */
export interface HubOptions {
  readonly logger: Logger;
  readonly folders: ProgramFolders;
  readonly clock?: Clock;
  /** How long an agent has to prove who it is, ms. */
  readonly proofTime?: number;
  /** How much it takes at once and how long it waits, where that differs from the usual. */
  readonly limits?: Partial<HubLimits>;
  /** Called at every step of sealing and rolling up that a crash may fall between. */
  readonly observeStep?: StepObserver;
  /** Finds the addresses that notifications are sent to. */
  readonly resolver?: Resolver;
}

/** A hub that listens. */
export interface Hub {
  /** Where it listens. */
  readonly url: string;
  /** One-time code for making the first administrator; `null` when there is one. */
  readonly setupCode: string | null;
  /** The database that was there was broken and is set aside under this name; `null` when it was not. */
  readonly corruptFile: string | null;
  /** Stops taking frames, stores what it has, tells everybody, and closes. */
  close(): Promise<void>;
}

/** When the hub stops, what is being answered has this long, ms. */
const LAST_ANSWERS = 1_000;
/** Longest body of a request. */
const BODY_LIMIT = '100kb';

/**
 * Builds a hub and lets it listen.
 *
 * @throws {StartError} when it cannot start: the data folder, the port.
 */
export async function createHub(config: HubConfig, options: HubOptions): Promise<Hub> {
  const { logger } = options;
  const database = await Database.open(config.dataDir);
  const { corruptFile } = database;
  if (corruptFile !== null) {
    logger.error({ file: corruptFile }, 'the database was broken: set aside, a new one is begun');
  }
  try {
    const identity = HubIdentity.open(config.dataDir);
    const secretBox = SecretBox.open(config.dataDir, config.secretKey);
    const app = await build(config, options, { database, identity, secretBox });
    await app.get(HostEventsService).start();
    await app.get(AgentSettingsService).start();
    await app.get(AlertEngine).start();
    await app.get(HostsService).start();
    await app.get(HistoryStore).open((options.clock ?? Date.now)());
    await app.get(HeartbeatService).start();
    await app.get(IncidentsService).start();
    const setupCode = await app.get(SetupService).prepare();
    try {
      await listen(app, config);
    } catch (error) {
      app.get(HostsService).stop();
      app.get(LiveGateway).stop();
      await app.get(IncidentsService).stop();
      await app.get(HostEventsService).stop();
      await app.get(HeartbeatService).stop();
      await app.close();
      throw error;
    }
    app.get(RecallService).start();
    app.get(MaintenanceService).start();
    await app.get(DeliveryService).start();
    app.get(OutsideHeartbeat).start();
    return {
      url: urlOf(app, config),
      setupCode,
      corruptFile,
      close: () => close(app, database, logger),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What of the data folder is open. */
interface Opened {
  readonly database: Database;
  readonly identity: HubIdentity;
  readonly secretBox: SecretBox;
}

async function build(
  config: HubConfig,
  {
    logger,
    folders,
    clock = Date.now,
    proofTime = DEFAULT_PROOF_TIME,
    observeStep = () => undefined,
    limits: otherLimits = {},
    resolver = resolveBySystem,
  }: HubOptions,
  { database, identity, secretBox }: Opened,
): Promise<NestExpressApplication> {
  const limits: HubLimits = { ...DEFAULT_LIMITS, ...otherLimits };
  const outside = [
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: logger },
    { provide: CLOCK, useValue: clock },
    { provide: PROOF_TIME, useValue: proofTime },
    { provide: LIMITS, useValue: limits },
    { provide: GRACES, useValue: limits.graces },
    { provide: STEP_OBSERVER, useValue: observeStep },
    { provide: PROGRAM_FOLDERS, useValue: folders },
    { provide: Database, useValue: database },
    { provide: HubIdentity, useValue: identity },
    { provide: SecretBox, useValue: secretBox },
    { provide: RESOLVER, useValue: resolver },
  ];
  const nestOptions = Object.assign(new NestApplicationContextOptions(), {
    logger: new NestLog(logger),
    abortOnError: false,
    bodyParser: false,
    ...(config.tls === null ? {} : { httpsOptions: { ...config.tls } }),
  });
  const app = await NestFactory.create<NestExpressApplication>(
    HubModule.with(outside),
    nestOptions,
  );
  const files = readWebFiles(folders.web);
  if (files === null) logger.warn('the web app has not been built: run `npm run build`');
  app.disable('x-powered-by');
  app.set(SETTING_PUBLIC_URL, config.publicUrl);
  // Behind a proxy on this machine the address of the person is the one the proxy says; a public address tells there is one.
  if (config.publicUrl !== null) app.set('trust proxy', 'loopback');
  app.use(securityHeaders(isServedSecurely(config)));
  app.use(requireOwnOrigin(config.publicUrl));
  app.use(serveWeb(files));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useWebSocketAdapter(
    new HubIoAdapter({
      httpServer: app.getHttpServer(),
      publicUrl: config.publicUrl,
      logger,
      ping: limits.ping,
    }),
  );
  serveDocs(app);
  await app.init();
  return app;
}

async function listen(app: NestExpressApplication, { host, port }: HubConfig): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `HOSTDECK_PORT: port ${port} on ${host} is in use; stop what uses it, or choose another`,
        { cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `HOSTDECK_HOST, HOSTDECK_PORT: cannot listen on ${host}:${port} (${reason})`,
      {
        cause,
      },
    );
  }
}

function urlOf(app: NestExpressApplication, { host, tls }: HubConfig): string {
  // Listening on a port, not on a pipe: it has an address.
  const { port } = app.getHttpServer().address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`;
}

async function close(
  app: NestExpressApplication,
  database: Database,
  logger: Logger,
): Promise<void> {
  logger.info('stopping');
  app.get(HostsService).stop();
  app.get(LiveGateway).stop();
  await app.get(IngestService).close();
  app.get(AgentsGateway).sayGoodbye();
  await Promise.all([
    app.get(MaintenanceService).stop(),
    app.get(RecallService).stop(),
    app.get(OutsideHeartbeat).stop(),
    app.get(DeliveryService).stop(),
  ]);
  await app.get(IncidentsService).stop();
  await app.get(HostEventsService).stop();
  await app.get(HeartbeatService).stop();
  // A request that does not end must not keep the hub from ending.
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), LAST_ANSWERS);
  await app.close();
  clearTimeout(cut);
  await database.close();
}
