import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** This file is bundled into dist/bench; the programs lie beside it. */
const APPS = fileURLToPath(new URL('../apps/', import.meta.url));

export const ADMIN = { username: 'bench', password: 'bench-password-of-this-run' } as const;
export const JOIN_TOKEN = 'join-token-of-the-bench-run';

/** A program under measurement. */
export interface Program {
  readonly pid: number;
  stop(): Promise<void>;
}

/** A hub with a data directory of its own that is removed with it. */
export interface Hub extends Program {
  readonly url: string;
  readonly dataDir: string;
  /** Kills it without a word, as a power cut would; its data stays. */
  kill(): Promise<void>;
}

function programOf(child: ChildProcess, name: string): Program {
  if (child.pid === undefined) throw new Error(`the ${name} did not start`);
  return {
    pid: child.pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The environment without what the person running the bench has set for their own hub and agent. */
function cleanEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HOSTDECK_'));
  return { ...Object.fromEntries(inherited), ...own };
}

/** What a hub is started with beyond the usual. */
export interface HubSettings {
  /** Where an earlier hub kept its data; without: a folder of its own. */
  readonly dataDir?: string;
  readonly port?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a hub, on a free port unless said otherwise, and waits until it is ready. */
export async function startHub(settings: HubSettings = {}): Promise<Hub> {
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'hostdeck-bench-')));
  // As `npm start` and the image run it.
  const words = ['--max-semi-space-size=8', '--heap-growing-percent=30', join(APPS, 'hub/main.js')];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnvironment({
      HOSTDECK_PORT: settings.port ?? '0',
      HOSTDECK_DATA_DIR: dataDir,
      HOSTDECK_ADMIN_USERNAME: ADMIN.username,
      HOSTDECK_ADMIN_PASSWORD: ADMIN.password,
      HOSTDECK_JOIN_TOKEN: JOIN_TOKEN,
      HOSTDECK_LOG_LEVEL: 'error',
      ...settings.environment,
    }),
  });
  const program = programOf(child, 'hub');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^hostdeck-hub ready at (\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      ...program,
      url,
      dataDir,
      async kill() {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      },
      async stop() {
        await program.stop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  }
  throw new Error('the hub stopped before it was ready; its error is above');
}

/** Starts a real agent of this machine against a hub. */
export async function startAgent(hub: Hub, interval: number): Promise<Program> {
  const stateDir = await mkdtemp(join(tmpdir(), 'hostdeck-bench-agent-'));
  const child = spawn(process.execPath, [join(APPS, 'agent/main.js'), 'run'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: cleanEnvironment({
      HOSTDECK_HUB: hub.url,
      HOSTDECK_TOKEN: JOIN_TOKEN,
      HOSTDECK_STATE_DIR: stateDir,
      HOSTDECK_INTERVAL: String(interval),
      HOSTDECK_LOG_LEVEL: 'warn',
    }),
  });
  const program = programOf(child, 'agent');
  return {
    ...program,
    async stop() {
      await program.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
