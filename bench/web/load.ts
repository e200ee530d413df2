import type { Browser, Page } from 'playwright-core';
import type { Hub } from '../programs';
import { percentile, type Figure } from '../report';
import { openSignedIn } from './browser';
import { noteConnection, noteFromTheStart } from './page-probes';

/** What happens until the first card is there, ms since the address was entered. */
const STEPS = {
  page: 'load: page answered',
  session: 'load: session known',
  code: 'load: code there',
  socket: 'load: live connection stands',
  fleet: 'load: fleet there',
  card: 'first card after the address was entered',
} as const;
type Step = keyof typeof STEPS;

/** One load of the fleet page. */
type Load = Readonly<Record<Step | 'afterLoad', number>>;

/** Opens the fleet page again and again, each time as somebody does who has never been there, and says when what was there. */
export async function measureLoads(
  browser: Browser,
  { hub, loads }: { hub: Hub; loads: number },
): Promise<Figure[]> {
  const seen: Load[] = [];
  for (let turn = 0; turn < loads; turn += 1) {
    const page = await openSignedIn(browser, hub);
    seen.push(await load(page));
    await page.context().close();
  }
  const at = (step: keyof Load, share: number) =>
    percentile(
      seen.map((one) => one[step]),
      share,
    );
  return [
    {
      name: 'first card after the load event, median',
      value: at('afterLoad', 0.5),
      unit: 'ms',
      reach: '<= 1000 ms',
    },
    { name: '  slowest', value: at('afterLoad', 1), unit: 'ms' },
    ...Object.entries(STEPS).map(([step, name]) => ({
      name: `${name}, median`,
      value: at(step as Step, 0.5),
      unit: 'ms',
    })),
    { name: '  slowest', value: at('card', 1), unit: 'ms' },
  ];
}

async function load(page: Page): Promise<Load> {
  await page.addInitScript(noteFromTheStart);
  await page.addInitScript(noteConnection);
  await page.goto('/');
  await page.waitForFunction(() => globalThis.hostdeckNotes.firstCard !== null);
  return page.evaluate(() => {
    const { firstCard, socketOpen, fleetKnown } = globalThis.hostdeckNotes;
    const [navigation] = performance.getEntriesByType(
      'navigation',
    ) as PerformanceNavigationTiming[];
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const lastOf = (pattern: RegExp) =>
      Math.max(
        ...resources
          .filter(({ name, responseEnd }) => pattern.test(name) && responseEnd < (firstCard ?? 0))
          .map(({ responseEnd }) => responseEnd),
      );
    return {
      page: navigation?.responseEnd ?? Number.NaN,
      session: lastOf(/\/api\/auth\/me$/),
      code: lastOf(/\.js$/),
      socket: socketOpen ?? Number.NaN,
      fleet: fleetKnown ?? Number.NaN,
      card: firstCard ?? Number.NaN,
      afterLoad: Math.max(0, (firstCard ?? Number.NaN) - (navigation?.loadEventEnd ?? Number.NaN)),
    };
  });
}
