import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createHub, type Hub, type HubOptions } from '../src/app';
import { parseConfig, type HubConfig } from '../src/config/config';

/** Who the first administrator of every test hub is. */
export const ADMIN = { username: 'admin', password: 'correct horse battery' };
/** A join token every test hub takes. */
export const JOIN_TOKEN = 'join-token-of-the-tests';

/** One line of the log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly code?: string;
}

/** A real hub on a free port, with a database of its own. */
export interface TestHub {
  readonly url: string;
  readonly setupCode: string | null;
  readonly dataDir: string;
  readonly log: readonly LogLine[];
  /** Stops it, and starts another on the same data; `whileOff` is called in between. */
  restart(whileOff?: () => void | Promise<void>): Promise<TestHub>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

interface TestHubOptions extends Partial<Omit<HubOptions, 'logger'>> {
  readonly environment?: Readonly<Record<string, string>>;
  /** Without: as after a first start, nobody is an administrator. */
  readonly withAdmin?: boolean;
}

/** A folder that is removed with the hub. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'hostdeck-hub-'));
}

async function start(
  dataDir: string,
  { environment = {}, withAdmin = true, ...options }: TestHubOptions,
): Promise<TestHub> {
  const log: LogLine[] = [];
  const config: HubConfig = parseConfig({
    HOSTDECK_PORT: '0',
    HOSTDECK_DATA_DIR: dataDir,
    HOSTDECK_JOIN_TOKEN: JOIN_TOKEN,
    ...(withAdmin
      ? { HOSTDECK_ADMIN_USERNAME: ADMIN.username, HOSTDECK_ADMIN_PASSWORD: ADMIN.password }
      : {}),
    ...environment,
  });
  const logger = pino(
    { level: 'debug', base: null },
    { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
  );
  const missing = join(dataDir, 'not-built');
  const hub: Hub = await createHub(config, {
    logger,
    folders: { web: missing, agent: missing },
    ...options,
  });
  return {
    url: hub.url,
    setupCode: hub.setupCode,
    dataDir,
    log,
    async restart(whileOff = () => undefined) {
      await hub.close();
      await whileOff();
      return start(dataDir, { environment, withAdmin, ...options });
    },
    async close() {
      await hub.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function startHub(options: TestHubOptions = {}): Promise<TestHub> {
  return start(await temporaryFolder(), options);
}
