import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { HostSummary, List, SeriesAnswer } from '@hostdeck/contracts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const ADMIN = { username: 'admin', password: 'correct horse battery' } as const;
const JOIN_TOKEN = 'join-token-of-the-end-to-end-run';

/** The environment without what the person running the tests has set for their own hub and agent. */
export function cleanEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HOSTDECK_'));
  return { ...Object.fromEntries(inherited), ...own };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** What `hostdeck-agent status` tells of an agent that runs. */
interface AgentStatus {
  readonly writtenAt: number;
  readonly link: { readonly stored: number };
  readonly outbox: { readonly frames: number };
}

interface RunningHub {
  readonly process: ChildProcess;
  readonly url: string;
  readonly setUpCode: string | null;
}

/** A real hub, with a directory of its own and as many real agents as a test starts. */
export class System {
  private readonly agents: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly admin: boolean,
    private running: RunningHub,
  ) {}

  get url(): string {
    return this.running.url;
  }

  /** Where simulated agents join. */
  get hub(): { readonly url: string; readonly joinToken: string } {
    return { url: this.url, joinToken: JOIN_TOKEN };
  }

  /** Code of the set-up page; `null` when the administrator came from the environment. */
  get setUpCode(): string | null {
    return this.running.setUpCode;
  }

  /** Starts a hub on a free port and waits until it is ready. */
  static async start({ admin = true } = {}): Promise<System> {
    const folder = await mkdtemp(join(tmpdir(), 'hostdeck-e2e-'));
    return new System(folder, admin, await System.startHub(folder, { port: '0', admin }));
  }

  private static async startHub(
    folder: string,
    { port, admin }: { port: string; admin: boolean },
  ): Promise<RunningHub> {
    const hub = spawn(process.execPath, [join(ROOT, 'dist/apps/hub/main.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: cleanEnvironment({
        HOSTDECK_PORT: port,
        HOSTDECK_DATA_DIR: join(folder, 'hub'),
        HOSTDECK_JOIN_TOKEN: JOIN_TOKEN,
        HOSTDECK_LOG_LEVEL: 'warn',
        ...(admin
          ? { HOSTDECK_ADMIN_USERNAME: ADMIN.username, HOSTDECK_ADMIN_PASSWORD: ADMIN.password }
          : {}),
      }),
    });
    let setUpCode: string | null = null;
    for await (const line of createInterface({ input: hub.stdout })) {
      setUpCode = /^set-up code: (\S+)/.exec(line)?.[1] ?? setUpCode;
      const url = /^hostdeck-hub ready at (\S+)/.exec(line)?.[1];
      if (url === undefined) continue;
      hub.stdout.resume();
      return { process: hub, url, setUpCode };
    }
    throw new Error('the hub stopped before it was ready; its error is above');
  }

  /** Starts the real agent of this machine; it enrolls by itself. Its name differs from others by its tag only. */
  startAgent(name: string): ChildProcess {
    const agent = spawn(process.execPath, [join(ROOT, 'dist/apps/agent/main.js'), 'run'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: cleanEnvironment({
        HOSTDECK_HUB: this.url,
        HOSTDECK_TOKEN: JOIN_TOKEN,
        HOSTDECK_TAGS: name,
        HOSTDECK_STATE_DIR: join(this.folder, name),
        HOSTDECK_LOG_LEVEL: 'warn',
      }),
    });
    this.agents.push(agent);
    return agent;
  }

  /** Writes a file of custom metrics for the agent that was started with this name. */
  async writeCustomMetrics(name: string, file: string, text: string): Promise<void> {
    const folder = join(this.folder, name, 'textfile');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${file}.new`), text);
    await rename(join(folder, `${file}.new`), join(folder, file));
  }

  /** What the agent that was started with this name tells of itself. */
  async agentStatus(name: string): Promise<AgentStatus> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'dist/apps/agent/main.js'), 'status', '--json'],
      { env: cleanEnvironment({ HOSTDECK_STATE_DIR: join(this.folder, name) }) },
    );
    const { running } = JSON.parse(stdout) as { running: AgentStatus | null };
    if (running === null) throw new Error(`the agent ${name} does not run`);
    return running;
  }

  /** Kills the hub without a word, as a power cut would. */
  async killHub(): Promise<void> {
    await stop(this.running.process, 'SIGKILL');
  }

  /** Starts the hub again at the same address with the same data. */
  async restartHub(): Promise<void> {
    const { port } = new URL(this.url);
    this.running = await System.startHub(this.folder, { port, admin: this.admin });
  }

  /** Signs in and returns the cookie for REST calls. */
  async signIn(): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie === undefined) throw new Error(`sign-in answered ${String(response.status)}`);
    return cookie;
  }

  async hosts(cookie: string): Promise<readonly HostSummary[]> {
    const response = await fetch(`${this.url}/api/hosts`, { headers: { cookie } });
    return ((await response.json()) as List<HostSummary>).items;
  }

  async series(cookie: string, hostId: string, query: string): Promise<SeriesAnswer> {
    const response = await fetch(`${this.url}/api/hosts/${hostId}/series?${query}`, {
      headers: { cookie },
    });
    return (await response.json()) as SeriesAnswer;
  }

  /** Stops everything and removes its data. */
  async stop(): Promise<void> {
    await Promise.all(this.agents.map((agent) => stop(agent)));
    await stop(this.running.process);
    await rm(this.folder, { recursive: true, force: true });
  }
}
