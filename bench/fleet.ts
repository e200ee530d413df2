/** A fleet of simulated agents: joining, sending in step, counting what arrived. */
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatedAgent, type SimulatedHost } from '@hostdeck/simulated-agent';
import type { HubClient } from './hub-client';
import { JOIN_TOKEN, type Hub } from './programs';
import type { Latencies } from './report';

/** Agents that join at the same time. */
const JOINING = 20;

/** What became of the frames sent. */
export interface Tally {
  sent: number;
  fresh: number;
  refused: number;
  /** Frames whose ack did not come because the connection ended. */
  unanswered: number;
}

export function newTally(): Tally {
  return { sent: 0, fresh: 0, refused: 0, unanswered: 0 };
}

/** Lets that many simulated agents join. */
export async function joinFleet(
  hub: Hub,
  { agents: count, ...host }: { readonly agents: number } & Omit<SimulatedHost, 'name'>,
): Promise<SimulatedAgent[]> {
  const agents: SimulatedAgent[] = [];
  for (let first = 0; first < count; first += JOINING) {
    const group = Array.from({ length: Math.min(JOINING, count - first) }, (_, offset) =>
      SimulatedAgent.join(
        { url: hub.url, joinToken: JOIN_TOKEN },
        { ...host, name: `bench-${String(first + offset).padStart(5, '0')}` },
      ),
    );
    agents.push(...(await Promise.all(group)));
  }
  return agents;
}

/** Every agent sends once per interval, spread evenly over it as independent machines are. Resolves when all is acked. */
export async function sendBeats(
  agents: readonly SimulatedAgent[],
  { beats, interval }: { beats: number; interval: number },
  { acked, tally }: { acked: Pick<Latencies, 'add'>; tally: Tally },
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
      agent.sendFrame().then(
        (result) => {
          acked.add(performance.now() - sentAt);
          if (result.ok) tally.fresh += result.fresh;
          else tally.refused += 1;
        },
        () => {
          tally.unanswered += 1;
        },
      ),
    );
  }
  await Promise.all(answers);
}

/** Asks the hub for every raw point of one metric of every host; no more than `atMost` each are expected. */
export async function countStored(
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
