import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedAgent } from '@hostdeck/simulated-agent';
import { countStored, joinFleet, newTally, sendBeats } from '../fleet';
import { HubClient } from '../hub-client';
import { startHub } from '../programs';
import { Latencies, type Report } from '../report';

export const OUTAGE_DEFAULTS = { agents: 100, series: 80, minutes: 30, away: 120 } as const;
export type OutageOptions = { readonly [Name in keyof typeof OUTAGE_DEFAULTS]: number };

const INTERVAL = 2;
const BEATS_BEFORE = 5;
const BEATS_AFTER = 10;
/** Live frames are told apart by whether they were sent this early after an agent was back, ms. */
const EARLY = 3_000;

/**
 * The hub is killed under load, with frames on their way to it, and stays away for `away` seconds in which the agents go on sampling; to
 * what they keep, `minutes` more of frames are added at once. Then it comes back, and takes the backlog while live frames go on.
 */
export async function measureOutage(options: OutageOptions): Promise<Report> {
  let hub = await startHub();
  let agents: SimulatedAgent[] = [];
  try {
    agents = await joinFleet(hub, options);
    const before = newTally();
    await sendBeats(
      agents,
      { beats: BEATS_BEFORE, interval: INTERVAL },
      { acked: new Latencies(), tally: before },
    );
    const { port } = new URL(hub.url);
    const last = sendBeats(
      agents,
      { beats: 1, interval: INTERVAL },
      { acked: new Latencies(), tally: before },
    );
    // Half of the agents have sent, the last of them without an ack.
    await delay((INTERVAL * 1000) / 2);
    const killed = hub.kill();
    // At once: what a socket without a connection is given waits in it for ever.
    for (const agent of agents) agent.close();
    await Promise.all([killed, last]);

    const missed = Math.round((options.minutes * 60) / INTERVAL);
    for (const agent of agents) agent.collect(missed, Date.now() - 1);
    const beatsAway = Math.round(options.away / INTERVAL);
    for (let beat = 0; beat < beatsAway; beat += 1) {
      await delay(INTERVAL * 1000);
      for (const agent of agents) agent.collect(1, Date.now());
    }

    hub = await startHub({ dataDir: hub.dataDir, port });
    const backAt = performance.now();
    let lastConnected = 0;
    let lastDelivered = 0;
    const live = newTally();
    const [early, later] = [new Latencies(), new Latencies()];
    await Promise.all(
      agents.map(async (agent) => {
        await agent.connect(hub.url);
        const connectedAt = performance.now();
        lastConnected = connectedAt - backAt;
        const sending = sendBeats(
          [agent],
          { beats: BEATS_AFTER, interval: INTERVAL },
          {
            acked: {
              add: (took) =>
                (performance.now() - took - connectedAt < EARLY ? early : later).add(took),
            },
            tally: live,
          },
        );
        await agent.deliverBacklog();
        lastDelivered = performance.now() - backAt;
        await sending;
        // What was refused is sent again, as an agent does.
        await agent.deliverBacklog();
      }),
    );

    const backlog = (missed + beatsAway) * agents.length;
    const expected = before.sent + backlog + live.sent;
    const client = await HubClient.signIn(hub);
    const stored = await countStored(client, agents, expected / agents.length);
    return {
      scenario: 'outage',
      conditions: {
        agents: options.agents,
        series: options.series,
        'hub away for': `${String(options.away)} s`,
        'and frames of': `${String(options.minutes)} min more`,
      },
      figures: [
        { name: 'frames on their way when it was killed', value: before.unanswered, unit: '' },
        { name: 'backlog', value: backlog, unit: 'frames' },
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
        { name: 'live, first 3 s of an agent, emit to ack, p50', value: early.at(0.5), unit: 'ms' },
        {
          name: 'live, first 3 s of an agent, emit to ack, p99',
          value: early.at(0.99),
          unit: 'ms',
        },
        { name: 'live after that, emit to ack, p50', value: later.at(0.5), unit: 'ms' },
        { name: 'live after that, emit to ack, p99', value: later.at(0.99), unit: 'ms' },
      ],
      correct: stored === expected && live.unanswered === 0,
    };
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}
