import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import { HubClient, type LiveSocket } from '../hub-client';
import { cpuTime, residentMemory } from '../process-usage';
import { JOIN_TOKEN, startHub, type Hub } from '../programs';
import { percentile, type Report } from '../report';

export const INGEST_DEFAULTS = {
  agents: 500,
  series: 80,
  seconds: 60,
  interval: 2,
  dashboards: 1,
} as const;

export type IngestOptions = { readonly [Name in keyof typeof INGEST_DEFAULTS]: number };

/** Agents that join at the same time. */
const JOINING = 20;
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
    await joinAll(hub, options, agents);
    const client = await HubClient.signIn(hub);
    const seen = new Latencies();
    sockets.push(...(await openDashboards(client, agents, { count: options.dashboards, seen })));

    const acked = new Latencies();
    const tally = { sent: 0, fresh: 0, refused: 0 };
    const beats = Math.round(options.seconds / options.interval);
    await sendBeats(agents, { ...options, beats: WARM_UP_BEATS }, { acked, tally });
    acked.clear();
    seen.clear();

    const cpuBefore = cpuTime(hub.pid);
    const own = process.cpuUsage();
    const startedAt = performance.now();
    const sentBefore = tally.sent;
    await sendBeats(agents, { ...options, beats }, { acked, tally });
    const elapsed = performance.now() - startedAt;
    const cpu = cpuTime(hub.pid) - cpuBefore;
    const ownUse = process.cpuUsage(own);
    const frames = tally.sent - sentBefore;
    const memory = residentMemory(hub.pid);

    const stored = await countStored(client, agents, tally.sent / agents.length);
    return {
      scenario: 'ingest',
      conditions: {
        agents: options.agents,
        series: options.series,
        interval: `${String(options.interval)} s`,
        over: `${String(options.seconds)} s`,
        dashboards: options.dashboards,
      },
      figures: [
        { name: 'frames sent', value: tally.sent, unit: '' },
        { name: 'frames lost', value: tally.sent - stored, unit: '', reach: '0' },
        { name: 'frames refused', value: tally.refused, unit: '', reach: '0' },
        { name: 'frames per second', value: (frames / elapsed) * 1000, unit: '/s' },
        { name: 'hub CPU, share of one core', value: (cpu / elapsed) * 100, unit: '%' },
        { name: 'hub CPU per frame', value: (cpu / frames) * 1000, unit: 'µs' },
        { name: 'hub memory (RSS)', value: memory / 1e6, unit: 'MB', reach: '<= 200 MB' },
        {
          name: 'generator CPU, share of one core',
          value: ((ownUse.user + ownUse.system) / 1000 / elapsed) * 100,
          unit: '%',
        },
        { name: 'emit to ack, p50', value: acked.at(0.5), unit: 'ms' },
        { name: 'emit to ack, p99', value: acked.at(0.99), unit: 'ms' },
        { name: 'emit to dashboard, p50', value: seen.at(0.5), unit: 'ms' },
        { name: 'emit to dashboard, p99', value: seen.at(0.99), unit: 'ms' },
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

class Latencies {
  private readonly values: number[] = [];

  add(milliseconds: number): void {
    this.values.push(milliseconds);
  }

  clear(): void {
    this.values.length = 0;
  }

  at(share: number): number {
    return percentile(this.values, share);
  }
}

async function joinAll(
  hub: Hub,
  { agents: count, series }: IngestOptions,
  agents: SimulatedAgent[],
): Promise<void> {
  for (let first = 0; first < count; first += JOINING) {
    const group = Array.from({ length: Math.min(JOINING, count - first) }, (_, offset) =>
      SimulatedAgent.join(
        { url: hub.url, joinToken: JOIN_TOKEN },
        { name: `bench-${String(first + offset).padStart(5, '0')}`, series },
      ),
    );
    agents.push(...(await Promise.all(group)));
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

/** Every agent sends once per interval, spread evenly over it as independent machines are. Resolves when all is acked. */
async function sendBeats(
  agents: readonly SimulatedAgent[],
  { beats, interval }: { beats: number; interval: number },
  { acked, tally }: { acked: Latencies; tally: { sent: number; fresh: number; refused: number } },
): Promise<void> {
  const spacing = (interval * 1000) / agents.length;
  const answers: Promise<void>[] = [];
  const start = performance.now();
  for (let turn = 0; turn < beats * agents.length; turn += 1) {
    const ahead = start + turn * spacing - performance.now();
    if (ahead >= 1) await delay(ahead);
    const agent = agents[turn % agents.length];
    if (agent === undefined) continue;
    const sentAt = performance.now();
    tally.sent += 1;
    answers.push(
      agent.sendFrame().then((result) => {
        acked.add(performance.now() - sentAt);
        if (result.ok) tally.fresh += result.fresh;
        else tally.refused += 1;
      }),
    );
  }
  await Promise.all(answers);
}

/** Asks the hub for every raw point of one metric of every host; no more than `atMost` each are expected. */
async function countStored(
  client: HubClient,
  agents: readonly SimulatedAgent[],
  atMost: number,
): Promise<number> {
  const to = Date.now() + 60_000;
  let count = 0;
  for (const { id } of agents) {
    const answer = await client.series(id, {
      metric: 'cpu.busy',
      from: String(to - 3_600_000),
      to: String(to),
      maxPoints: String(Math.max(5000, Math.ceil(atMost))),
    });
    count += answer.series[0]?.points.length ?? 0;
  }
  return count;
}

async function diskUse(hub: Hub): Promise<number> {
  const names = await readdir(hub.dataDir);
  return names.reduce((sum, name) => sum + statSync(join(hub.dataDir, name)).size, 0);
}
