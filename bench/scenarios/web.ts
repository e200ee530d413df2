import { setTimeout as delay } from 'node:timers/promises';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import type { Browser, Page } from 'playwright-core';
import { joinFleet } from '../fleet';
import { JOIN_TOKEN, startHub, type Hub } from '../programs';
import { Latencies, type Figure, type Report } from '../report';
import { launchChromium, openSignedIn, PageMeter } from '../web/browser';
import { gzippedSize, holdsECharts, initialBundle } from '../web/bundle';
import { NumberedHost } from '../web/numbered-host';
import { noteCardTexts, noteChartFrames, noteFromTheStart } from '../web/page-probes';

export const WEB_DEFAULTS = { agents: 1_000, interval: 2, seconds: 60 } as const;
export type WebOptions = { readonly [Name in keyof typeof WEB_DEFAULTS]: number };

/** Time after loading that is not measured: the page has found its pace by then, ms. */
const SETTLE = 8_000;

/** The dashboard in a real browser: what it weighs, when it is there, what it costs while a fleet sends, and how old what it paints is. */
export async function measureWeb(options: WebOptions): Promise<Report> {
  const hub = await startHub();
  const values = new NumberedHost();
  const agents: SimulatedAgent[] = [];
  let beating: { stop: () => void } | null = null;
  let browser: Browser | null = null;
  try {
    // Its name comes first, so that its card is seen.
    const first = await SimulatedAgent.join(
      { url: hub.url, joinToken: JOIN_TOKEN },
      { name: '0-numbered', values },
    );
    agents.push(first, ...(await joinFleet(hub, { agents: options.agents - 1, series: 80 })));
    beating = beat(agents, options.interval);
    await delay(options.interval * 1000);
    browser = await launchChromium();
    const fleet = await measureFleetPage(await openSignedIn(browser, hub), {
      hub,
      hostId: first.id,
      values,
      seconds: options.seconds,
    });
    const host = await measureHostPage(await openSignedIn(browser, hub), {
      hostId: first.id,
      seconds: options.seconds,
    });
    return {
      scenario: 'web',
      conditions: {
        agents: options.agents,
        interval: `${String(options.interval)} s`,
        over: `${String(options.seconds)} s a page`,
        browser: `Chromium ${browser.version()}, 1440 x 900, without a GPU`,
      },
      figures: [
        {
          name: 'initial bundle, gzip',
          value: (await initialBundle(hub)) / 1e3,
          unit: 'kB',
          reach: '<= 250 kB',
        },
        ...fleet.figures,
        ...host.figures,
      ],
      correct: fleet.isDeferred,
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

/** Lets every agent send once an interval, evenly spread. */
function beat(agents: readonly SimulatedAgent[], interval: number): { stop: () => void } {
  const start = performance.now();
  let turn = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / (interval * 1000)) * agents.length;
    for (; turn < due; turn += 1) void agents[turn % agents.length]?.sendFrame();
  }, 5);
  return { stop: () => clearInterval(timer) };
}

interface FleetMeasure {
  readonly hub: Hub;
  readonly hostId: string;
  readonly values: NumberedHost;
  readonly seconds: number;
}

async function measureFleetPage(
  page: Page,
  { hub, hostId, values, seconds }: FleetMeasure,
): Promise<{ figures: Figure[]; isDeferred: boolean }> {
  const code: string[] = [];
  page.on('response', (response) => {
    const url = response.url();
    if (url.startsWith(hub.url) && /\.(js|css)$/.test(url)) code.push(url);
  });
  await page.addInitScript(noteFromTheStart);
  await page.goto('/');
  await page.getByTestId('host-card').first().waitFor();
  const sizes = await Promise.all(code.map(gzippedSize));
  const charts = await Promise.all(code.map(holdsECharts));
  await delay(SETTLE);

  const meter = await PageMeter.of(page);
  const loaded = await page.evaluate(() => performance.now());
  const heapBefore = await meter.heap();
  const cost = await meter.costOf(() => delay(seconds * 1000));
  const longTasks = await page.evaluate(
    (since) => globalThis.hostdeckNotes.longTasks.filter(([start]) => start > since),
    loaded,
  );
  const heapAfter = await meter.heap();

  await page.evaluate(noteCardTexts, hostId);
  await delay(seconds * 1000);
  const notes = await page.evaluate(() => globalThis.hostdeckNotes);
  const loadEvent = await page.evaluate(
    () =>
      (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd,
  );
  const seen = new Latencies();
  for (const [text, at] of notes.painted) {
    const time = values.timeOf(text);
    if (time !== undefined) seen.add(at - time);
  }
  await page.close();
  const firstCard = notes.firstCard ?? Number.NaN;
  return {
    isDeferred: charts.every((has) => !has),
    figures: [
      {
        name: 'all code until the first card, gzip',
        value: sizes.reduce((sum, size) => sum + size, 0) / 1e3,
        unit: 'kB',
      },
      {
        name: 'first card after the load event',
        value: Math.max(0, firstCard - loadEvent),
        unit: 'ms',
        reach: '<= 1000 ms',
      },
      { name: 'first card after the address was entered', value: firstCard, unit: 'ms' },
      { name: 'fleet page, main thread busy', value: cost.busy, unit: '%', reach: '<= 20 %' },
      { name: '  of it scripts', value: cost.script, unit: '%' },
      { name: '  of it styles and layout', value: cost.layoutAndStyle, unit: '%' },
      {
        name: 'fleet page, tasks over 50 ms',
        value: longTasks.length,
        unit: '',
        reach: '0',
      },
      {
        name: '  longest of them',
        value: Math.max(0, ...longTasks.map(([, length]) => length)),
        unit: 'ms',
      },
      { name: 'fleet page, heap before', value: heapBefore / 1e6, unit: 'MB' },
      { name: 'fleet page, heap after', value: heapAfter / 1e6, unit: 'MB', reach: 'flat' },
      { name: 'sample to pixel, fleet page, p50', value: seen.at(0.5), unit: 'ms' },
      {
        name: 'sample to pixel, fleet page, p99',
        value: seen.at(0.99),
        unit: 'ms',
        reach: '<= 1000 ms',
      },
    ],
  };
}

async function measureHostPage(
  page: Page,
  { hostId, seconds }: { hostId: string; seconds: number },
): Promise<{ figures: Figure[] }> {
  await page.addInitScript(noteFromTheStart);
  await page.addInitScript(noteChartFrames);
  await page.goto(`/hosts/${hostId}`);
  await page.locator('canvas').first().waitFor();
  await seeEverything(page);
  await delay(SETTLE);
  const meter = await PageMeter.of(page);
  const from = Date.now();
  const cost = await meter.costOf(() => delay(seconds * 1000));
  const { painted } = await page.evaluate(() => globalThis.hostdeckNotes);
  const charts = await page.locator('canvas').count();
  const seen = new Latencies();
  for (const [time, at] of painted) if (Number(time) >= from) seen.add(at - Number(time));
  await page.close();
  return {
    figures: [
      { name: 'host page, charts drawn', value: charts, unit: '' },
      { name: 'host page, main thread busy', value: cost.busy, unit: '%', reach: '<= 30 %' },
      {
        name: 'sample to pixel, host page, p50',
        value: seen.at(0.5),
        unit: 'ms',
        reach: '<= 150 ms',
      },
      {
        name: 'sample to pixel, host page, p99',
        value: seen.at(0.99),
        unit: 'ms',
        reach: '<= 500 ms',
      },
    ],
  };
}

/** Scrolls through the page, so that every chart that waits for being seen is drawn, and back to the top. */
async function seeEverything(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < height; top += 450) {
    await page.evaluate((to) => scrollTo(0, to), top);
    await delay(150);
  }
  await page.evaluate(() => scrollTo(0, 0));
}
