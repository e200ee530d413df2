import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Channel, NewAlertRule } from '@hostdeck/contracts';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import { countStored, joinFleet, newTally, sendBeats, type Tally } from '../fleet';
import { HubClient } from '../hub-client';
import { cpuTime } from '../process-usage';
import { JOIN_TOKEN, startHub, type Hub } from '../programs';
import { Latencies, type Report } from '../report';

export const ALERTS_DEFAULTS = {
  agents: 1000,
  series: 80,
  rules: 50,
  interval: 2,
  seconds: 20,
  rounds: 3,
  probes: 20,
} as const;

export type AlertsOptions = { readonly [Name in keyof typeof ALERTS_DEFAULTS]: number };

const MINUTE = 60_000;
/** The route that everything goes by that no other wants. */
const DEFAULT_ROUTE = '0'.repeat(32);
/** Beats after which rules that look back know what was. */
const SETTLE_BEATS = 5;
/** Longest wait for a webhook, ms. */
const PATIENCE = 20_000;

/** Rules as a team has them: mostly thresholds with a time to last, some that look back. None of them fires on the simulated hosts. */
const KINDS: readonly NewAlertRule['condition'][] = [
  { kind: 'above', metric: 'cpu.busy', threshold: 99, clear: 90 },
  { kind: 'above', metric: 'cpu.core.busy', threshold: 101 },
  { kind: 'above', metric: 'filesystem.used_share', threshold: 99, clear: 95 },
  { kind: 'below', metric: 'filesystem.free', threshold: 1 },
  { kind: 'above', metric: 'sensor.temperature', threshold: 500, clear: 400 },
  { kind: 'above', metric: 'disk.busy', threshold: 101 },
  { kind: 'above', metric: 'pressure.memory.full', threshold: 101 },
  { kind: 'absent', metric: 'memory.used' },
  { kind: 'rate', metric: 'memory.used', threshold: 1e12, window: 10 * MINUTE },
  {
    kind: 'predicted',
    metric: 'filesystem.used_share',
    threshold: 1_000,
    window: 60 * MINUTE,
    within: 60 * MINUTE,
  },
];

/** What rules cost a hub beside everything else, and how long it takes from a sample to the message about it. */
export async function measureAlerts(options: AlertsOptions): Promise<Report> {
  const hub = await startHub();
  const agents: SimulatedAgent[] = [];
  try {
    const client = await HubClient.signIn(hub);
    const { agents: count, series } = options;
    const interval = options.interval * 1_000;
    agents.push(...(await joinFleet(hub, { agents: count, series, interval })));
    const tally = newTally();
    const beat = (beats: number) =>
      sendBeats(agents, { ...options, beats }, { acked: new Latencies(), tally });
    await removeRules(client);
    await beat(5);
    const cost = { without: 0, with: 0, settling: 0, elapsed: 0 };
    // Turn and turn about, so that what drifts on the machine drifts for both.
    for (let round = 0; round < options.rounds; round += 1) {
      const bare = await costOf(hub, () => beat(options.seconds / options.interval));
      // The first frame under new rules compiles them, and those that look back are told what was.
      const settling = await costOf(hub, async () => {
        await addRules(client, options.rules);
        await beat(SETTLE_BEATS);
      });
      const full = await costOf(hub, () => beat(options.seconds / options.interval));
      await removeRules(client);
      await beat(1);
      cost.without += bare.cpu;
      cost.with += full.cpu;
      cost.settling += settling.cpu - (bare.cpu / bare.elapsed) * settling.elapsed;
      cost.elapsed += (bare.elapsed + full.elapsed) / 2;
    }
    const stored = await countStored(client, agents, tally.sent / agents.length);
    const told = await tellTimes(hub, client, options.probes);
    return reportOf(options, { ...cost, tally, stored, told });
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

async function costOf(
  hub: Hub,
  work: () => Promise<void>,
): Promise<{ cpu: number; elapsed: number }> {
  const before = cpuTime(hub.pid);
  const startedAt = performance.now();
  await work();
  return { cpu: cpuTime(hub.pid) - before, elapsed: performance.now() - startedAt };
}

async function removeRules(client: HubClient): Promise<void> {
  for (const { id } of await client.rules()) {
    await client.change('DELETE', `/api/alert-rules/${id}`);
  }
}

async function addRules(client: HubClient, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const condition = KINDS[number % KINDS.length];
    const rule = { name: `rule ${String(number)}`, condition, for: MINUTE, clearFor: MINUTE };
    await client.change('POST', '/api/alert-rules', rule);
  }
}

/** From the sending of a sample that is bad to the webhook about it, each on a host and with a rule of its own. */
async function tellTimes(hub: Hub, client: HubClient, count: number): Promise<Latencies> {
  const received = new Map<string, () => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      for (const [name, note] of received) if (body.includes(name)) note();
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const told = new Latencies();
  try {
    await sendTo(client, server);
    for (let number = 0; number < count; number += 1) {
      const name = `probe-${String(number).padStart(3, '0')}`;
      const values = { keys: ['cpu.busy'], at: () => [100] };
      await client.change('POST', '/api/alert-rules', {
        name: `rule of ${name}`,
        hosts: { name },
        condition: { kind: 'above', metric: 'cpu.busy', threshold: 99 },
      });
      const probe = await SimulatedAgent.join(
        { url: hub.url, joinToken: JOIN_TOKEN },
        { name, values },
      );
      const sentAt = performance.now();
      const took = new Promise<number>((resolve) => {
        const note = () => resolve(performance.now() - sentAt);
        received.set(name, note);
        setTimeout(note, PATIENCE).unref();
      });
      await probe.sendFrame();
      told.add(await took);
      received.delete(name);
      probe.close();
    }
  } finally {
    server.close();
  }
  return told;
}

/** Lets every message go to a webhook on this machine at once. */
async function sendTo(client: HubClient, server: Server): Promise<void> {
  // Listening on a port, not on a pipe: it has an address.
  const { port } = server.address() as AddressInfo;
  await client.change('PATCH', '/api/notification-settings', { networks: ['127.0.0.0/8'] });
  const channel = (await client.change('POST', '/api/channels', {
    kind: 'webhook',
    name: 'bench',
    config: { url: `http://127.0.0.1:${String(port)}/` },
    pace: { perMinute: 600, digestFrom: null, digestWindow: 0 },
  })) as Channel;
  await client.change('PATCH', `/api/notification-routes/${DEFAULT_ROUTE}`, {
    channels: [channel.id],
  });
}

function reportOf(
  options: AlertsOptions,
  measured: {
    readonly without: number;
    readonly with: number;
    readonly settling: number;
    readonly elapsed: number;
    readonly tally: Tally;
    readonly stored: number;
    readonly told: Latencies;
  },
): Report {
  const { tally, stored, told, elapsed } = measured;
  const share = (cpu: number) => (cpu / elapsed) * 100;
  return {
    scenario: 'alerts',
    conditions: {
      agents: options.agents,
      series: options.series,
      rules: options.rules,
      interval: `${String(options.interval)} s`,
      over: `${String(options.rounds)} x ${String(options.seconds)} s with rules and as long without`,
    },
    figures: [
      {
        name: 'hub CPU without rules, share of one core',
        value: share(measured.without),
        unit: '%',
      },
      { name: 'hub CPU with rules, share of one core', value: share(measured.with), unit: '%' },
      {
        name: 'rules add, share of one core',
        value: share(measured.with - measured.without),
        unit: '%',
        reach: '<= 5 %',
      },
      {
        name: 'to take a new rule on all hosts, once',
        value: measured.settling / options.rounds / options.rules,
        unit: 'ms',
      },
      { name: 'sample to webhook, p50', value: told.at(0.5), unit: 'ms' },
      { name: 'sample to webhook, most', value: told.at(1), unit: 'ms', reach: '<= 1000 ms' },
      { name: 'frames sent', value: tally.sent, unit: '' },
      { name: 'frames lost', value: tally.sent - stored, unit: '', reach: '0' },
    ],
    correct: stored === tally.sent && tally.refused === 0,
  };
}
