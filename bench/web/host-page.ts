import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Latencies, type Figure } from '../report';
import { PageMeter, SETTLE } from './browser';
import { noteChartFrames, noteFromTheStart } from './page-probes';

/** Charts there are to be. */
const CHARTS = 40;

/** What a host's page costs with all its charts drawn, and how old what it paints is. */
export async function measureHostPage(
  page: Page,
  { hostId, seconds, screen }: { hostId: string; seconds: number; screen: string },
): Promise<Figure[]> {
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
  const inSight = await page.locator('canvas').evaluateAll(
    (canvases) =>
      canvases.filter((canvas) => {
        const { top, bottom } = canvas.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }).length,
  );
  const seen = new Latencies();
  for (const [time, at] of painted) if (Number(time) >= from) seen.add(at - Number(time));
  await page.context().close();
  const named = (what: string) => `host page, ${screen}, ${what}`;
  return [
    { name: named('charts drawn'), value: charts, unit: '', reach: `>= ${String(CHARTS)}` },
    { name: '  of them in sight', value: inSight, unit: '' },
    { name: named('main thread busy'), value: cost.busy, unit: '%', reach: '<= 30 %' },
    { name: named('sample to pixel, p50'), value: seen.at(0.5), unit: 'ms', reach: '<= 150 ms' },
    { name: named('sample to pixel, p99'), value: seen.at(0.99), unit: 'ms', reach: '<= 500 ms' },
  ];
}

/** Scrolls through the page, so that every chart that waits for being seen is drawn, and back to the top. */
async function seeEverything(page: Page): Promise<void> {
  // It grows while charts are drawn.
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < (await height()); top += 450) {
    await page.evaluate((to) => scrollTo(0, to), top);
    await delay(150);
  }
  await page.evaluate(() => scrollTo(0, 0));
}
