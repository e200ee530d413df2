import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { SimulatedAgent } from '@hostdeck/simulated-agent';
import { countStored, joinFleet, sendBeats, newTally } from '../fleet';
import { HubClient, type LiveSocket } from '../hub-client';
import { MemoryWatch } from '../memory-watch';
import { cpuTime } from '../process-usage';
import { startHub, type Hub } from '../programs';
import { Latencies, type Report } from '../report';

export const INGEST_DEFAULTS = {
  agents: 500,
  series: 80,
  seconds: 60,
  interval: 2,
  dashboards: 1,
  culprits: 0,
} as const;

export type IngestOptions = { readonly [Name in keyof typeof INGEST_DEFAULTS]: number };

/** Hosts whose page is open in the measured dashboard. */
const WATCHED_HOSTS = 10;
/** Beats before measuring, so that caches and the JIT are warm. */
const WARM_UP_BEATS = 5;

/** N simulated agents over loopback: throughput, what it costs the hub, and how long a frame takes to be acked and to be seen. */
export async function measureIngest(options: IngestOptions): Promise<Report> {
  const hub = await startHub();
  const agents: SimulatedAgent[] = [];
  const sockets: LiveSocket[] = [];
  try {
    const interval = options.interval * 1_000;
    const withCulprits = options.culprits > 0;
    agents.push(...(await joinFleet(hub, { ...options, interval, withCulprits })));
    const client = await HubClient.signIn(hub);
    const seen = new Latencies();
    sockets.push(...(await openDashboards(client, agents, { count: options.dashboards, seen })));

    const acked = new Latencies();
    const tally = newTally();
    const beats = Math.round(options.seconds / options.interval);
    await sendBeats(agents, { ...options, beats: WARM_UP_BEATS }, { acked, tally });
    acked.clear();
    seen.clear();

    const memory = new MemoryWatch(hub.pid);
    const cpuBefore = cpuTime(hub.pid);
    const own = process.cpuUsage();
    const startedAt = performance.now();
    const sentBefore = tally.sent;
    await sendBeats(agents, { ...options, beats }, { acked, tally });
    const elapsed = performance.now() - startedAt;
    const cpu = cpuTime(hub.pid) - cpuBefore;
    const ownUse = process.cpuUsage(own);
    const frames = tally.sent - sentBefore;
    memory.stop();

    const stored = await countStored(client, agents, tally.sent / agents.length);
    return {
      scenario: 'ingest',
      conditions: {
        agents: options.agents,
        series: options.series,
        interval: `${String(options.interval)} s`,
        over: `${String(options.seconds)} s`,
        dashboards: options.dashboards,
        culprits: options.culprits > 0 ? 'every 10 s' : 'none',
      },
      figures: [
        { name: 'frames sent', value: tally.sent, unit: '' },
        { name: 'frames lost', value: tally.sent - stored, unit: '', reach: '0' },
        { name: 'frames refused', value: tally.refused, unit: '', reach: '0' },
        { name: 'frames per second', value: (frames / elapsed) * 1000, unit: '/s' },
        { name: 'hub CPU, share of one core', value: (cpu / elapsed) * 100, unit: '%' },
        { name: 'hub CPU per frame', value: (cpu / frames) * 1000, unit: 'µs' },
        {
          name: 'hub memory (RSS), most',
          value: memory.most / 1e6,
          unit: 'MB',
          reach: '<= 200 MB',
        },
        { name: 'growth in the second half', value: memory.growth / 1e6, unit: 'MB/min' },
        {
          name: 'generator CPU, share of one core',
          value: ((ownUse.user + ownUse.system) / 1000 / elapsed) * 100,
          unit: '%',
        },
        { name: 'emit to ack, p50', value: acked.at(0.5), unit: 'ms' },
        { name: 'emit to ack, p99', value: acked.at(0.99), unit: 'ms' },
        ...(options.dashboards === 0
          ? []
          : [
              { name: 'emit to dashboard, p50', value: seen.at(0.5), unit: 'ms' },
              { name: 'emit to dashboard, p99', value: seen.at(0.99), unit: 'ms' },
            ]),
        { name: 'database and log', value: (await diskUse(hub)) / 1e6, unit: 'MB' },
      ],
      correct: stored === tally.sent && tally.fresh === tally.sent && tally.refused === 0,
    };
  } finally {
    for (const socket of sockets) socket.disconnect();
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

async function openDashboards(
  client: HubClient,
  agents: readonly SimulatedAgent[],
  { count, seen }: { count: number; seen: Latencies },
): Promise<LiveSocket[]> {
  const sockets: LiveSocket[] = [];
  for (let index = 0; index < count; index += 1) {
    const socket = client.live();
    sockets.push(socket);
    const fleet = await socket.emitWithAck('watch', { room: 'fleet' });
    if (!fleet.ok) throw new Error(`watching the fleet was refused: ${fleet.message}`);
    if (index > 0) continue;
    socket.on('host', ({ frames }) => {
      const now = Date.now();
      for (const [time] of frames) seen.add(now - time);
    });
    for (const { id } of agents.slice(0, WATCHED_HOSTS)) {
      const host = await socket.emitWithAck('watch', { room: 'host', hostId: id });
      if (!host.ok) throw new Error(`watching a host was refused: ${host.message}`);
    }
  }
  return sockets;
}

async function diskUse(hub: Hub): Promise<number> {
  const names = await readdir(hub.dataDir);
  return names.reduce((sum, name) => sum + statSync(join(hub.dataDir, name)).size, 0);
}
