import { performance } from 'node:perf_hooks';
import type { SimulatedAgent } from '@hostdeck/simulated-agent';
import { countStored, joinFleet, newTally, sendBeats } from '../fleet';
import { HubClient } from '../hub-client';
import { startHub } from '../programs';
import { Latencies, type Report } from '../report';

export const OUTAGE_DEFAULTS = { agents: 100, series: 80, minutes: 30 } as const;
export type OutageOptions = { readonly [Name in keyof typeof OUTAGE_DEFAULTS]: number };

const INTERVAL = 2;
const BEATS_BEFORE = 5;
const BEATS_AFTER = 10;

/**
 * The hub is killed under load; while it is away the agents collect frames, made at once as if that many minutes had passed; then it
 * comes back, and takes the backlog while live frames go on.
 */
export async function measureOutage(options: OutageOptions): Promise<Report> {
  let hub = await startHub();
  let agents: SimulatedAgent[] = [];
  try {
    agents = await joinFleet(hub, options);
    const acked = new Latencies();
    const before = newTally();
    await sendBeats(agents, { beats: BEATS_BEFORE, interval: INTERVAL }, { acked, tally: before });

    const { port } = new URL(hub.url);
    await hub.kill();
    const missed = Math.round((options.minutes * 60) / INTERVAL);
    for (const agent of agents) {
      agent.close();
      agent.collect(missed, Date.now() - 1);
    }

    hub = await startHub({ dataDir: hub.dataDir, port });
    const backAt = performance.now();
    let lastConnected = 0;
    let lastDelivered = 0;
    const live = newTally();
    acked.clear();
    await Promise.all(
      agents.map(async (agent) => {
        await agent.connect(hub.url);
        lastConnected = performance.now() - backAt;
        const beats = sendBeats(
          [agent],
          { beats: BEATS_AFTER, interval: INTERVAL },
          { acked, tally: live },
        );
        await agent.deliverBacklog();
        lastDelivered = performance.now() - backAt;
        await beats;
      }),
    );

    const expected = before.sent + missed * agents.length + live.sent;
    const client = await HubClient.signIn(hub);
    const stored = await countStored(client, agents, expected / agents.length);
    return {
      scenario: 'outage',
      conditions: {
        agents: options.agents,
        series: options.series,
        'hub away for': `${String(options.minutes)} min of frames`,
      },
      figures: [
        { name: 'backlog', value: missed * agents.length, unit: 'frames' },
        { name: 'last agent connected after', value: lastConnected / 1000, unit: 's' },
        { name: 'backlog in after', value: lastDelivered / 1000, unit: 's', reach: '<= 60 s' },
        { name: 'frames lost', value: Math.max(0, expected - stored), unit: '', reach: '0' },
        {
          name: 'frames stored twice',
          value: Math.max(0, stored - expected),
          unit: '',
          reach: '0',
        },
        { name: 'live frames refused', value: live.refused, unit: '', reach: '0' },
        { name: 'live emit to ack meanwhile, p50', value: acked.at(0.5), unit: 'ms' },
        { name: 'live emit to ack meanwhile, p99', value: acked.at(0.99), unit: 'ms' },
      ],
      correct: stored === expected && live.refused === 0,
    };
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}
