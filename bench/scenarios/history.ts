import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import { joinFleet, newTally, sendBeats } from '../fleet';
import { HubClient } from '../hub-client';
import { JOIN_TOKEN, startHub } from '../programs';
import { sayProgress } from '../progress';
import { Latencies, type Report } from '../report';
import { StoredHistory } from '../stored-history';

export const HISTORY_DEFAULTS = { agents: 500, series: 80, queries: 200 } as const;
export type HistoryOptions = { readonly [Name in keyof typeof HISTORY_DEFAULTS]: number };

const DAY = 86_400_000;
const MONTH = 30 * DAY;

/** How long a chart waits for its data: a day at full resolution, and a month, while other agents send. */
export async function measureHistory(options: HistoryOptions): Promise<Report> {
  // Frames of a month can only be delivered to a hub that keeps them that long.
  const hub = await startHub({
    environment: { HOSTDECK_RETENTION_RAW: '31d', HOSTDECK_RETENTION_MINUTE: '31d' },
  });
  const agents: SimulatedAgent[] = [];
  try {
    const at = { url: hub.url, joinToken: JOIN_TOKEN };
    const { series } = options;
    sayProgress('a host delivers a day');
    const day = await SimulatedAgent.join(at, { name: 'a-day', series, backlog: DAY / 2_000 });
    sayProgress('another delivers a month');
    const month = await SimulatedAgent.join(at, {
      name: 'a-month',
      series,
      interval: 60_000,
      backlog: MONTH / 60_000,
    });
    agents.push(day, month);
    sayProgress('all of it is sealed and rolled up; a backlog waits two minutes for its rest');
    const stored = await StoredHistory.open(hub);
    await stored.settled();
    await stored.close();

    sayProgress(`${String(options.agents)} agents join`);
    const fleet = await joinFleet(hub, { agents: options.agents, series });
    agents.push(...fleet);
    const client = await HubClient.signIn(hub);
    const questions = new AbortController();
    const acked = new Latencies();
    const tally = newTally();
    const sending = (async () => {
      while (!questions.signal.aborted)
        await sendBeats(fleet, { beats: 1, interval: 2 }, { acked, tally });
    })();
    const ask = async (host: string, span: number): Promise<Latencies> => {
      const took = new Latencies();
      for (let query = 0; query < options.queries; query += 1) {
        const to = Date.now();
        const startedAt = performance.now();
        await client.series(host, {
          metric: 'cpu.busy',
          from: String(to - span),
          to: String(to),
          maxPoints: '500',
        });
        took.add(performance.now() - startedAt);
        await delay(20);
      }
      return took;
    };
    await delay(4_000);
    sayProgress('reading');
    const ofDay = await ask(day.id, DAY);
    const ofMonth = await ask(month.id, MONTH);
    questions.abort();
    await sending;
    return {
      scenario: 'history',
      conditions: {
        'agents sending': options.agents,
        series,
        interval: '2 s',
        queries: options.queries,
      },
      figures: [
        { name: '24 h of one metric to 500 points, p50', value: ofDay.at(0.5), unit: 'ms' },
        {
          name: '24 h of one metric to 500 points, p99',
          value: ofDay.at(0.99),
          unit: 'ms',
          reach: '<= 30 ms',
        },
        { name: '30 d of one metric to 500 points, p50', value: ofMonth.at(0.5), unit: 'ms' },
        {
          name: '30 d of one metric to 500 points, p99',
          value: ofMonth.at(0.99),
          unit: 'ms',
          reach: '<= 50 ms',
        },
        { name: 'emit to ack meanwhile, p99', value: acked.at(0.99), unit: 'ms' },
      ],
      correct: tally.refused === 0 && tally.fresh === tally.sent,
    };
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}
