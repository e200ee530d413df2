import { setTimeout as delay } from 'node:timers/promises';
import { HubClient } from '../hub-client';
import { cpuTime, residentMemory } from '../process-usage';
import { startAgent, startHub } from '../programs';
import type { Report } from '../report';

export const AGENT_DEFAULTS = { seconds: 60, interval: 2 } as const;

/** Time for the agent to enroll, connect and warm up before it is measured, ms. */
const WARM_UP = 10_000;

/** What a real agent of this machine costs while it samples, sends and is acked: CPU per sample and memory. */
export async function measureAgent(options: {
  readonly seconds: number;
  readonly interval: number;
}): Promise<Report> {
  const hub = await startHub();
  const agent = await startAgent(hub, options.interval);
  try {
    await delay(WARM_UP);
    const client = await HubClient.signIn(hub);
    const [host] = await client.hosts();
    if (host === undefined) throw new Error('the agent did not join the hub');

    const from = Date.now();
    const cpuBefore = cpuTime(agent.pid);
    const memory: number[] = [];
    const end = from + options.seconds * 1000;
    while (Date.now() < end) {
      await delay(Math.min(1000, end - Date.now()));
      memory.push(residentMemory(agent.pid));
    }
    const cpu = cpuTime(agent.pid) - cpuBefore;
    const to = Date.now();
    // Frames of the last moments may still be on their way.
    await delay(1000);
    const answer = await client.series(host.id, {
      metric: 'cpu.busy',
      from: String(from),
      to: String(to),
      maxPoints: '5000',
    });
    const samples = answer.series[0]?.points.length ?? 0;
    const expected = Math.floor((to - from) / (options.interval * 1000));
    const seriesCount = Object.values(host.latest).reduce<number>(
      (sum, value) =>
        sum + (typeof value === 'object' && value !== null ? Object.keys(value).length : 1),
      0,
    );
    return {
      scenario: 'agent',
      conditions: {
        interval: `${String(options.interval)} s`,
        over: `${String(options.seconds)} s`,
        series: seriesCount,
      },
      figures: [
        { name: 'samples', value: samples, unit: '' },
        { name: 'CPU per sample', value: cpu / samples, unit: 'ms', reach: '<= 2.5 ms' },
        { name: 'CPU share of one core', value: (cpu / (to - from)) * 100, unit: '%' },
        {
          name: 'memory (RSS), mean',
          value: memory.reduce((sum, value) => sum + value, 0) / memory.length / 1e6,
          unit: 'MB',
        },
        {
          name: 'memory (RSS), most',
          value: Math.max(...memory) / 1e6,
          unit: 'MB',
          reach: '<= 60 MB',
        },
      ],
      correct: samples >= expected - 1,
    };
  } finally {
    await agent.stop();
    await hub.stop();
  }
}
