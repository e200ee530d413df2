import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Another program that watches a machine, running beside our agent under the same load. */
export interface Peer {
  readonly name: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** How one run of a peer is set up. */
interface Setup {
  /** Seconds. */
  readonly interval: number;
  readonly port: number;
  /** A folder of its own, removed at the end. */
  readonly folder: string;
}

/** What is needed to run a peer. */
interface Recipe {
  readonly name: string;
  /** Names its program may have; the first that is installed is taken. */
  readonly programs: readonly string[];
  /** The words of its command line. */
  words(setup: Setup): string[];
  /** Files it is to find in its folder, by name. */
  files?(setup: Setup): Readonly<Record<string, string>>;
  /** What is fetched at every interval; without, the program samples by itself. */
  readonly scrape?: string;
}

/** Each as it is packaged, at our interval, on loopback only, sending nothing anywhere. */
const RECIPES: readonly Recipe[] = [
  {
    name: 'node_exporter',
    programs: ['prometheus-node-exporter', 'node_exporter'],
    words: ({ port }) => [`--web.listen-address=127.0.0.1:${String(port)}`, '--log.level=error'],
    scrape: '/metrics',
  },
  {
    name: 'Netdata',
    programs: ['netdata'],
    words: ({ folder }) => ['-D', '-c', join(folder, 'netdata.conf')],
    files: (setup) => ({
      'netdata.conf': netdataConfiguration(setup),
      // It looks for this name in the folder of its configuration.
      '.opt-out-from-anonymous-statistics': '',
    }),
  },
  {
    name: 'Glances',
    programs: ['glances'],
    words: ({ interval }) => [
      ...['--quiet', '--disable-autodiscover', '--disable-check-update'],
      ...['--time', String(interval)],
    ],
  },
];

function netdataConfiguration({ interval, port, folder }: Setup): string {
  const directories = ['config', 'lib', 'cache', 'log', 'registry'];
  return `[global]
  run as user = ${userInfo().username}
[db]
  update every = ${String(interval)}
[directories]
${directories.map((name) => `  ${name} = ${folder}`).join('\n')}
[web]
  bind to = 127.0.0.1:${String(port)}
[statsd]
  enabled = no
[cloud]
  enabled = no
`;
}

/** Starts the peers that are installed; those that are not are left out. */
export async function startPeers(interval: number): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const recipe of RECIPES) {
    const [program] = recipe.programs.flatMap((name) => findProgram(name) ?? []);
    if (program !== undefined) peers.push(await startPeer(recipe, program, interval));
  }
  return peers;
}

async function startPeer(recipe: Recipe, program: string, interval: number): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'hostdeck-bench-peer-'));
  const port = await freePort();
  const setup: Setup = { interval, port, folder };
  for (const [name, text] of Object.entries(recipe.files?.(setup) ?? {})) {
    await writeFile(join(folder, name), text);
  }
  const child = spawn(program, recipe.words(setup), {
    stdio: 'ignore',
    cwd: folder,
    env: { ...process.env, DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1' },
  });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error(`${recipe.name} did not start`);
  const scraping = new AbortController();
  if (recipe.scrape !== undefined) {
    const url = `http://127.0.0.1:${String(port)}${recipe.scrape}`;
    void scrapeUntil(scraping.signal, url, interval);
  }
  return {
    name: recipe.name,
    pid: child.pid,
    async stop() {
      scraping.abort();
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function scrapeUntil(signal: AbortSignal, url: string, interval: number): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal });
      await response.arrayBuffer();
      await delay(interval * 1000, undefined, { signal });
    } catch {
      // Not up yet, or told to stop: in both cases it is looked again, if at all, in a moment.
      await delay(200);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const stubborn = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(stubborn);
}

function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
