import { setTimeout as delay } from 'node:timers/promises';
import { growthOf, type Look } from '../growth';
import { HubClient } from '../hub-client';
import { startIdleProcesses } from '../idle-processes';
import { startPeers, type Peer } from '../peers';
import { treeCpuTime, treeMemory } from '../process-tree';
import { startAgent, startHub } from '../programs';
import type { Figure, Report } from '../report';

export const AGENT_DEFAULTS = { seconds: 60, interval: 2, processes: 1_000 } as const;

/** Time for the agent to enroll, connect and warm up before it is measured, and to get used to more processes, ms. */
const WARM_UP = 15_000;

/** Minutes at which the memory of a long run is told, and how much sooner the look may be, ms: the last is the end of the run. */
const MOMENTS: readonly number[] = [5, 15, 30, 60];
const SLACK = 2_000;

/** What a program used over a stretch of time. */
interface Usage {
  /** Ms. */
  readonly cpu: number;
  /** Once a second. */
  readonly memory: readonly Look[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly agent: Usage;
  readonly peers: readonly { readonly name: string; readonly usage: Usage }[];
}

/**
 * What a real agent of this machine costs while it samples, sends and is acked: CPU per sample and memory, beside the peers that are
 * installed, in the same seconds; then, if asked for, with that many more processes on the machine.
 */
export async function measureAgent(options: {
  readonly seconds: number;
  readonly interval: number;
  readonly processes: number;
}): Promise<Report> {
  const { seconds, interval, processes } = options;
  const hub = await startHub();
  const agent = await startAgent(hub, interval);
  const peers = await startPeers(interval);
  try {
    await delay(WARM_UP);
    const client = await HubClient.signIn(hub);
    const [host] = await client.hosts();
    if (host === undefined) throw new Error('the agent did not join the hub');
    await client.keepInterval(host.id);
    const measured = await measure(agent.pid, peers, seconds);
    const crowded = processes > 0 ? await amongMany(agent.pid, options) : null;
    // Frames of the last moments may still be on their way.
    await delay(1000);
    const samples = await countSamples(client, host.id, measured);
    const expected = Math.floor((measured.to - measured.from) / (interval * 1000));
    const perSample = measured.agent.cpu / samples;
    const growth: Figure[] = [];
    if (crowded !== null) {
      const perCrowded = crowded.agent.cpu / (await countSamples(client, host.id, crowded));
      growth.push(
        {
          name: `CPU per sample, ${String(processes)} processes more`,
          value: perCrowded,
          unit: 'ms',
        },
        { name: 'growth', value: (perCrowded / perSample - 1) * 100, unit: '%', reach: '< 20 %' },
      );
    }
    return {
      scenario: 'agent',
      conditions: {
        interval: `${String(interval)} s`,
        over: `${String(seconds)} s`,
        series: seriesCount(host.latest),
        peers: peers.length === 0 ? 'none installed' : peers.map(({ name }) => name).join(' '),
      },
      figures: [
        { name: 'samples', value: samples, unit: '' },
        { name: 'CPU per sample', value: perSample, unit: 'ms', reach: '<= 2.5 ms' },
        {
          name: 'CPU share of one core',
          value: (measured.agent.cpu / (measured.to - measured.from)) * 100,
          unit: '%',
        },
        ...memoryFigures('memory (RSS)', measured.agent),
        ...measured.peers.flatMap((peer) => peerFigures(peer, measured, interval)),
        ...growth,
      ],
      correct: samples >= expected - 1,
    };
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
    await agent.stop();
    await hub.stop();
  }
}

async function amongMany(
  agent: number,
  { processes, seconds }: { readonly processes: number; readonly seconds: number },
): Promise<Stretch> {
  const idle = await startIdleProcesses(processes);
  try {
    await delay(WARM_UP);
    return await measure(agent, [], seconds);
  } finally {
    await idle.stop();
  }
}

async function measure(agent: number, peers: readonly Peer[], seconds: number): Promise<Stretch> {
  const pids = [agent, ...peers.map(({ pid }) => pid)];
  const memory = pids.map((): Look[] => []);
  const from = Date.now();
  const before = pids.map(treeCpuTime);
  // On a busy machine looking takes a while too: the time decides, not how often it was looked.
  while (Date.now() < from + seconds * 1000) {
    await delay(1000);
    const at = performance.now();
    pids.forEach((pid, index) => memory[index]?.push({ at, bytes: treeMemory(pid) }));
  }
  const used = pids.map((pid, index) => treeCpuTime(pid) - (before[index] ?? 0));
  const usageOf = (index: number): Usage => ({
    cpu: used[index] ?? Number.NaN,
    memory: memory[index] ?? [],
  });
  return {
    from,
    to: Date.now(),
    agent: usageOf(0),
    peers: peers.map(({ name }, index) => ({ name, usage: usageOf(index + 1) })),
  };
}

async function countSamples(
  client: HubClient,
  host: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  const answer = await client.series(host, {
    metric: 'cpu.busy',
    from: String(from),
    to: String(to),
    maxPoints: '5000',
  });
  return answer.series[0]?.points.length ?? 0;
}

function memoryFigures(name: string, { memory }: Usage): Figure[] {
  const mean = memory.reduce((sum, { bytes }) => sum + bytes, 0) / memory.length;
  const begun = memory[0]?.at ?? 0;
  const after = MOMENTS.flatMap((minutes): Figure[] => {
    const look = memory.find(({ at }) => at - begun >= minutes * 60_000 - SLACK);
    if (look === undefined) return [];
    return [{ name: `${name}, minute ${String(minutes)}`, value: look.bytes / 1e6, unit: 'MB' }];
  });
  const second = memory.slice(Math.floor(memory.length / 2));
  return [
    { name: `${name}, mean`, value: mean / 1e6, unit: 'MB' },
    { name: `${name}, most`, value: mostOf(memory) / 1e6, unit: 'MB', reach: '<= 60 MB' },
    ...after,
    // A short run says nothing of it.
    ...(after.length === 0
      ? []
      : [
          {
            name: `${name}, growth in the second half`,
            value: (growthOf(second) * 60) / 1e3,
            unit: 'kB/h',
            reach: 'flat',
          },
        ]),
  ];
}

function mostOf(memory: readonly Look[]): number {
  return Math.max(...memory.map(({ bytes }) => bytes));
}

/** A peer's cost for every interval, and how many times our own that is. */
function peerFigures(
  { name, usage }: Stretch['peers'][number],
  { from, to, agent }: Stretch,
  interval: number,
): Figure[] {
  const intervals = (to - from) / (interval * 1000);
  return [
    { name: `${name}, CPU per interval`, value: usage.cpu / intervals, unit: 'ms' },
    { name: `${name}, memory, most`, value: mostOf(usage.memory) / 1e6, unit: 'MB' },
    { name: `${name} to ours, CPU`, value: usage.cpu / agent.cpu, unit: 'times' },
  ];
}

function seriesCount(latest: Readonly<Record<string, unknown>>): number {
  return Object.values(latest).reduce<number>(
    (sum, value) =>
      sum + (typeof value === 'object' && value !== null ? Object.keys(value).length : 1),
    0,
  );
}
