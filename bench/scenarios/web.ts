import { setTimeout as delay } from 'node:timers/promises';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import type { Browser } from 'playwright-core';
import { joinFleet } from '../fleet';
import type { Values } from '../options';
import { JOIN_TOKEN, startHub, type Hub } from '../programs';
import type { Figure, Report } from '../report';
import { launchChromium, openSignedIn } from '../web/browser';
import { initialBundle } from '../web/bundle';
import { LargeHost } from '../web/large-host';
import { measureFleetPage } from '../web/fleet-page';
import { measureHostPage } from '../web/host-page';
import { measureLoads } from '../web/load';
import { NumberedHost } from '../web/numbered-host';

export const WEB_DEFAULTS = {
  agents: 1_000,
  interval: 2,
  seconds: 60,
  loads: 10,
  only: ['all', 'load', 'fleet', 'host'],
} as const;
export type WebOptions = Values<typeof WEB_DEFAULTS>;

/** A screen on which a whole page of charts is in sight at once. */
const WALL = { width: 3840, height: 2160 };

/** The dashboard in a real browser: what it weighs, when it is there, what it costs while a fleet sends, and how old what it paints is. */
export async function measureWeb(options: WebOptions): Promise<Report> {
  const hub = await startHub();
  const values = new NumberedHost();
  const agents: SimulatedAgent[] = [];
  let beating: Beat | null = null;
  let browser: Browser | null = null;
  try {
    // Its name comes first, so that its card is seen.
    const first = await SimulatedAgent.join(
      { url: hub.url, joinToken: JOIN_TOKEN },
      { name: '0-numbered', values: new LargeHost(values) },
    );
    agents.push(first, ...(await joinFleet(hub, { agents: options.agents - 1, series: 80 })));
    beating = beat(agents, options.interval);
    await delay(options.interval * 1000);
    browser = await launchChromium();
    const { figures, isDeferred } = await measurePages(options, {
      hub,
      browser,
      values,
      hostId: first.id,
    });
    return {
      scenario: 'web',
      conditions: {
        agents: options.agents,
        interval: `${String(options.interval)} s`,
        over: `${String(options.seconds)} s a page`,
        loads: options.loads,
        browser: `Chromium ${browser.version()}, 1440 x 900 unless said otherwise, without a GPU`,
      },
      figures: [
        ...figures,
        { name: 'frames sent and not acked at the end', value: beating.unanswered(), unit: '' },
      ],
      correct: isDeferred,
      claim: {
        held: 'ECharts was loaded by no page without a chart.',
        broken: 'ECharts was loaded by a page WITHOUT a chart.',
      },
    };
  } finally {
    beating?.stop();
    await browser?.close();
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

interface Stage {
  readonly hub: Hub;
  readonly browser: Browser;
  readonly values: NumberedHost;
  readonly hostId: string;
}

async function measurePages(
  { only, seconds, loads }: WebOptions,
  { hub, browser, values, hostId }: Stage,
): Promise<{ figures: Figure[]; isDeferred: boolean }> {
  const isAskedFor = (part: WebOptions['only']) => only === 'all' || only === part;
  const figures: Figure[] = [
    {
      name: 'initial bundle, gzip',
      value: (await initialBundle(hub)) / 1e3,
      unit: 'kB',
      reach: '<= 250 kB',
    },
  ];
  let isDeferred = true;
  if (isAskedFor('load')) figures.push(...(await measureLoads(browser, { hub, loads })));
  if (isAskedFor('fleet')) {
    const page = await openSignedIn(browser, hub);
    const fleet = await measureFleetPage(page, { hub, hostId, values, seconds });
    figures.push(...fleet.figures);
    ({ isDeferred } = fleet);
  }
  if (isAskedFor('host')) {
    const page = await openSignedIn(browser, hub);
    figures.push(...(await measureHostPage(page, { hostId, seconds, screen: '1440 x 900' })));
    const wall = await openSignedIn(browser, hub);
    await wall.setViewportSize(WALL);
    figures.push(...(await measureHostPage(wall, { hostId, seconds, screen: '3840 x 2160' })));
  }
  return { figures, isDeferred };
}

/** Agents that send. */
interface Beat {
  /** Frames that were sent and have not been acked: many where connections were lost, and the page had nothing to show. */
  unanswered(): number;
  stop(): void;
}

/** Lets every agent send once an interval, evenly spread. */
function beat(agents: readonly SimulatedAgent[], interval: number): Beat {
  let answered = 0;
  const start = performance.now();
  let turn = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / (interval * 1000)) * agents.length;
    for (; turn < due; turn += 1) {
      const sent = agents[turn % agents.length]?.sendFrame();
      sent?.then(
        () => (answered += 1),
        () => {
          // Its connection is gone: it stays among those that are not answered.
        },
      );
    }
  }, 5);
  return { unanswered: () => turn - answered, stop: () => clearInterval(timer) };
}
