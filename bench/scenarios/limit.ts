import { performance } from 'node:perf_hooks';
import type { SimulatedAgent } from '@hostdeck/simulated-agent';
import { countStored, joinFleet, newTally, sendBeats, type Tally } from '../fleet';
import { HubClient } from '../hub-client';
import { MemoryWatch } from '../memory-watch';
import { cpuTime } from '../process-usage';
import { startHub, type Hub } from '../programs';
import { Latencies, type Figure, type Report } from '../report';

export const LIMIT_DEFAULTS = {
  step: 1_000,
  most: 10_000,
  series: 80,
  seconds: 20,
  interval: 2,
  lag: 1_000,
} as const;
export type LimitOptions = { readonly [Name in keyof typeof LIMIT_DEFAULTS]: number };

/** Share of the frames due that must have been sent in time. */
const IN_TIME = 0.98;

/** How one number of agents went. */
interface Round {
  readonly agents: number;
  readonly hub: number;
  readonly generator: number;
  readonly memory: number;
  readonly acked: Latencies;
  /** Why it is too many; `null` when it is not. */
  readonly trouble: string | null;
}

/** Raises the number of agents until acks are late, frames are refused or the generator cannot keep the pace. */
export async function measureLimit(options: LimitOptions): Promise<Report> {
  const hub = await startHub();
  const agents: SimulatedAgent[] = [];
  try {
    const tally = newTally();
    const rounds: Round[] = [];
    while (agents.length < options.most) {
      agents.push(...(await joinFleet(hub, { agents: options.step, series: options.series })));
      const round = await measureRound(hub, { agents, options, tally });
      rounds.push(round);
      if (round.trouble !== null) break;
    }
    const client = await HubClient.signIn(hub);
    const stored = await countStored(client, agents, tally.sent / options.step);
    const carried = rounds.findLast(({ trouble }) => trouble === null);
    return {
      scenario: 'limit',
      conditions: {
        series: options.series,
        interval: `${String(options.interval)} s`,
        'each number over': `${String(options.seconds)} s`,
        'ends because': rounds.at(-1)?.trouble ?? `${String(options.most)} were asked for at most`,
      },
      figures: [
        { name: 'agents carried', value: carried?.agents ?? 0, unit: '' },
        ...rounds.flatMap(figuresOf),
        { name: 'frames lost', value: tally.fresh - stored, unit: '', reach: '0' },
      ],
      correct: stored === tally.fresh,
    };
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

async function measureRound(
  hub: Hub,
  {
    agents,
    options,
    tally,
  }: { agents: readonly SimulatedAgent[]; options: LimitOptions; tally: Tally },
): Promise<Round> {
  const { seconds, interval, lag } = options;
  const acked = new Latencies();
  const refusedBefore = tally.refused;
  const memory = new MemoryWatch(hub.pid);
  const cpuBefore = cpuTime(hub.pid);
  const own = process.cpuUsage();
  const startedAt = performance.now();
  await sendBeats(agents, { beats: Math.round(seconds / interval), interval }, { acked, tally });
  const elapsed = performance.now() - startedAt;
  memory.stop();
  const use = process.cpuUsage(own);
  const late = acked.at(0.99);
  const share = (seconds * 1000) / elapsed;
  return {
    agents: agents.length,
    hub: (cpuTime(hub.pid) - cpuBefore) / elapsed,
    generator: (use.user + use.system) / 1000 / elapsed,
    memory: memory.most,
    acked,
    trouble:
      tally.refused > refusedBefore
        ? 'frames were refused'
        : late > lag
          ? `acks took ${late.toFixed(0)} ms`
          : share < IN_TIME
            ? `the generator sent ${(share * 100).toFixed(0)} % of what was due`
            : null,
  };
}

function figuresOf({ agents, hub, generator, memory, acked }: Round): Figure[] {
  const name = `${String(agents)} agents: `;
  return [
    { name: `${name}hub CPU, share of one core`, value: hub * 100, unit: '%' },
    { name: `${name}generator CPU, share of one core`, value: generator * 100, unit: '%' },
    { name: `${name}hub memory (RSS), most`, value: memory / 1e6, unit: 'MB' },
    { name: `${name}emit to ack, p99`, value: acked.at(0.99), unit: 'ms' },
  ];
}
