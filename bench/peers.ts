import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Another program that watches a machine, running beside our agent under the same load. */
export interface Peer {
  readonly name: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What is needed to run a peer. */
interface Recipe {
  readonly name: string;
  /** Names its program may have; the first that is installed is taken. */
  readonly programs: readonly string[];
  words(options: { interval: number; port: number; folder: string }): string[];
  /** What is fetched at every interval; without, the program samples by itself. */
  readonly scrape?: string;
}

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
    words: ({ interval, port, folder }) => [
      ...['-D', '-i', '127.0.0.1', '-p', String(port)],
      ...['-W', 'set', 'global', 'update every', String(interval)],
      ...['-W', 'set', 'directories', 'lib', folder],
      ...['-W', 'set', 'directories', 'cache', folder],
      ...['-W', 'set', 'directories', 'log', folder],
    ],
  },
  {
    name: 'Glances',
    programs: ['glances'],
    words: ({ interval }) => ['--quiet', '--disable-autodiscover', '--time', String(interval)],
  },
];

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
  const words = recipe.words({ interval, port, folder });
  const child = spawn(program, words, { stdio: 'ignore', cwd: folder });
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
