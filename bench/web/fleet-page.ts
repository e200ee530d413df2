import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Hub } from '../programs';
import { Latencies, type Figure } from '../report';
import { PageMeter, SETTLE, type PageCost } from './browser';
import { gzippedSize, holdsECharts } from './bundle';
import { watchHeap } from './heap-watch';
import type { NumberedHost } from './numbered-host';
import { noteCardTexts, noteFromTheStart } from './page-probes';

interface FleetMeasure {
  readonly hub: Hub;
  /** The host that is looked at. */
  readonly hostId: string;
  readonly values: NumberedHost;
  readonly seconds: number;
}

/** What the fleet page weighs and costs, and how old what it paints is. */
export async function measureFleetPage(
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
  const cost = await costOf(page, seconds);
  await page.evaluate(noteCardTexts, hostId);
  await delay(Math.min(seconds, 60) * 1000);
  const { painted } = await page.evaluate(() => globalThis.hostdeckNotes);
  const seen = new Latencies();
  for (const [text, at] of painted) {
    const time = values.timeOf(text);
    if (time !== undefined) seen.add(at - time);
  }
  await page.context().close();
  const size = sizes.reduce((sum, one) => sum + one, 0) / 1e3;
  return {
    isDeferred: charts.every((has) => !has),
    figures: [
      { name: 'all code until the first card, gzip', value: size, unit: 'kB' },
      ...cost,
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

async function costOf(page: Page, seconds: number): Promise<Figure[]> {
  const meter = await PageMeter.of(page);
  const loaded = await page.evaluate(() => performance.now());
  let heap: Figure[] = [];
  const cost: PageCost = await meter.costOf(async () => {
    heap = await watchHeap(meter, seconds);
  });
  const longTasks = await page.evaluate(
    (since) => globalThis.hostdeckNotes.longTasks.filter(([start]) => start > since),
    loaded,
  );
  return [
    { name: 'fleet page, main thread busy', value: cost.busy, unit: '%', reach: '<= 20 %' },
    { name: '  of it scripts', value: cost.script, unit: '%' },
    { name: '  of it styles and layout', value: cost.layoutAndStyle, unit: '%' },
    { name: 'fleet page, tasks over 50 ms', value: longTasks.length, unit: '', reach: '0' },
    {
      name: '  longest of them',
      value: Math.max(0, ...longTasks.map(([, length]) => length)),
      unit: 'ms',
    },
    ...heap,
  ];
}
