import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { SimulatedAgent, type SimulatedHost } from '@hostdeck/simulated-agent';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { PATIENCE, signIn } from './support/pages';
import { System } from './support/system';

/** Kept with the documentation only when asked for: `npm run e2e -- --screenshots`. */
const SCREENSHOTS =
  process.env.SCREENSHOTS ?? fileURLToPath(new URL('../dist/screenshots', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const WIDTHS = [390, 1440, 3840] as const;
const THEMES = ['dark', 'light'] as const;

/** A small fleet as it might be, ten minutes of history included. */
const HOSTS: readonly SimulatedHost[] = (
  [
    ['web-01.berlin.example', ['web', 'site:berlin'], 34, 46, 41, 21e6],
    ['web-02.berlin.example', ['web', 'site:berlin'], 38, 48, 43, 19e6],
    ['db-primary.berlin.example', ['db', 'site:berlin'], 96, 71, 91, 4e6],
    ['db-replica.oslo.example', ['db', 'site:oslo'], 22, 64, 88, 3e6],
    ['cache-01.oslo.example', ['cache', 'site:oslo'], 12, 83, 17, 36e6],
    ['build-07', ['ci'], 71, 38, 66, 9e6],
    ['mail.example', ['mail'], 6, 27, 52, 240e3],
    ['backup.oslo.example', ['site:oslo'], 3, 12, 78, 60e3],
  ] as const
).map(([name, tags, cpu, memory, disk, traffic]) => ({
  name,
  tags,
  backlog: 300,
  withCulprits: true,
  processCount: 180,
  character: { cpu, memory, disk, traffic },
}));

/** What axe-core found wrong: rule and the elements it is about. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
      };
    };
    const { violations: found } = await axe.run();
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`,
    );
  });
}

/** A rule that fires for the busiest of them at once. */
async function makeRule(system: System): Promise<void> {
  const response = await fetch(`${system.url}/api/alert-rules`, {
    method: 'POST',
    headers: { cookie: await system.signIn(), 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'CPU very busy',
      severity: 'critical',
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 50 },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

describe('every page', () => {
  let browser: Browser;
  let system: System;
  let beat: NodeJS.Timeout;
  const fleet: SimulatedAgent[] = [];

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    system = await System.start();
    await makeRule(system);
    fleet.push(...(await Promise.all(HOSTS.map((host) => SimulatedAgent.join(system.hub, host)))));
    // The last one says nothing any more: its card grows old.
    const talking = fleet.slice(0, -1);
    await Promise.all(fleet.map((agent) => agent.sendFrame()));
    // What is on its way when the tests end gets no answer.
    const send = () => Promise.allSettled(talking.map((agent) => agent.sendFrame()));
    beat = setInterval(() => void send(), 2_000);
    browser = await launchChromium();
  });

  afterAll(async () => {
    clearInterval(beat);
    for (const agent of fleet) agent.close();
    await browser.close();
    await system.stop();
  });

  describe.each(THEMES)('in the %s theme', (theme) => {
    describe.each(WIDTHS)('at %i px', (width) => {
      let context: BrowserContext;
      let page: Page;

      const shoot = (name: string) =>
        page.screenshot({
          path: `${SCREENSHOTS}/${name}-${String(width)}-${theme}.png`,
          animations: 'disabled',
        });

      beforeAll(async () => {
        context = await browser.newContext({
          baseURL: system.url,
          colorScheme: theme,
          // axe is put into the page by the test, which the page's own policy rightly forbids.
          bypassCSP: true,
          viewport: { width, height: width === 390 ? 844 : width === 1440 ? 900 : 2160 },
        });
        context.setDefaultTimeout(PATIENCE);
        page = await context.newPage();
      });

      afterAll(() => context.close());

      it('signs in without a fault that axe knows', async () => {
        await page.goto('/login');
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        await shoot('sign-in');
        expect(await violations(page)).toEqual([]);
      });

      it('shows the fleet without a fault that axe knows', async () => {
        await signIn(page);
        await page
          .getByTestId('host-count')
          .getByText(`${String(HOSTS.length)} hosts`)
          .waitFor();
        await page.locator('[data-status="live"]').first().waitFor();
        await shoot('fleet');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it.each([
        ['fleet-table', '/?view=table&sort=cpu', 'host-row'],
        ['fleet-wall', '/?view=wall&group=site', 'wall-cell'],
        ['fleet-kiosk', '/?view=wall&kiosk', 'wall-cell'],
      ])('shows %s without a fault that axe knows', async (name, address, row) => {
        await page.goto(address);
        await page
          .getByTestId(row)
          .nth(HOSTS.length - 1)
          .waitFor();
        await shoot(name);
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it('shows the command palette without a fault that axe knows', async () => {
        await page.goto('/');
        await page.getByTestId('open-palette').click();
        await page.getByTestId('palette').fill('berlin');
        await page.getByRole('option').first().waitFor();
        await shoot('palette');
        expect(await violations(page)).toEqual([]);
      });

      it('shows a start without the hub without a fault that axe knows', async () => {
        await page.evaluate(() => {
          const states = { live: 7, stale: 0, catching_up: 0, restarting: 0, down: 1 };
          const at = Date.now() - 720_000;
          localStorage.setItem('hostdeck.last-seen', JSON.stringify({ at, states }));
        });
        await page.route('**/api/**', (route) => route.abort());
        await page.goto('/');
        await page.getByTestId('last-seen').waitFor();
        await shoot('offline');
        expect(await violations(page)).toEqual([]);
        await page.unroute('**/api/**');
        await page.getByRole('heading', { name: 'Fleet' }).waitFor();
      });

      it('shows a host without a fault that axe knows', async () => {
        await page.goto(`/hosts/${fleet[0]?.id ?? ''}`);
        await page.getByTestId('gauges').waitFor();
        await page
          .getByTestId('chart-cpu')
          .or(page.getByLabel('CPU', { exact: true }))
          .first()
          .waitFor();
        await chartsDrawn(page);
        await shoot('host');
        const chart = page.getByTestId('chart-cpu').locator('canvas').first();
        await page
          .getByRole('heading', { name: 'CPU', exact: true })
          .first()
          .scrollIntoViewIfNeeded();
        await chart.waitFor();
        await chart.scrollIntoViewIfNeeded();
        await shoot('host-charts');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it('shows the values behind a chart without a fault that axe knows', async () => {
        await page.getByTestId('chart-cpu').getByTestId('chart-menu').click();
        await page.getByTestId('chart-as-table').click();
        await page.getByTestId('chart-table').waitFor();
        await shoot('host-table');
        expect(await violations(page)).toEqual([]);
      });

      it('shows who did something without a fault that axe knows', async () => {
        const asked = Date.now() - 120_000;
        await page.goto(`/hosts/${fleet[0]?.id ?? ''}?who=${String(asked)}&chart=cpu`);
        await page.getByTestId('culprit').first().waitFor();
        await chartsDrawn(page);
        await shoot('host-culprits');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it.each([
        ['host-processes', '?tab=processes', 'process'],
        ['host-process-tree', '?tab=processes&tree=1&find=postgres', 'process'],
        ['host-settings', '?tab=settings', 'setting-interval'],
      ])('shows %s without a fault that axe knows', async (name, query, part) => {
        await page.goto(`/hosts/${fleet[0]?.id ?? ''}${query}`);
        await page.getByTestId(part).first().waitFor();
        if (part === 'process') await page.getByTestId(part).nth(1).click();
        await shoot(name);
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it.each([
        ['alerts', '/alerts/open', 'incident'],
        ['alert-rules', '/alerts/rules', 'rule'],
        ['alert-rule', '/alerts/rules/new', 'rule-name'],
        ['silences', '/alerts/silences', 'new-silence'],
        ['channels', '/alerts/channels', 'new-channel'],
        ['users', '/users', 'tokens'],
        ['account', '/account', 'own-session'],
        ['audit', '/audit', 'audit-entry'],
      ])('shows %s without a fault that axe knows', async (name, address, part) => {
        await page.goto(address);
        await page.getByTestId(part).first().waitFor();
        if (part === 'new-silence' || part === 'new-channel') await page.getByTestId(part).click();
        if (part === 'rule-name') {
          await page.getByTestId(part).fill('Memory nearly full');
          await page.getByTestId('backtest').locator('canvas').waitFor();
        }
        await shoot(name);
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it('shows an incident without a fault that axe knows', async () => {
        await page.goto('/alerts/open');
        await page.getByTestId('incident').first().getByRole('link').click();
        await page.getByTestId('timeline-entry').first().waitFor();
        await shoot('incident');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it('shows settings and a comparison without a fault that axe knows', async () => {
        await page.goto('/settings');
        await page.getByTestId('fleet-settings').getByTestId('setting-interval').waitFor();
        await shoot('settings');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.goto('/compare?metrics=cpu.busy,memory.used_share,network.total.receive_bytes');
        await page.getByTestId('compare-chart').locator('canvas').first().waitFor();
        await shoot('compare');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    });
  });
});

/** Every chart in sight is there, with its history. */
async function chartsDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      Array.from(document.querySelectorAll('hd-host-charts .place')).every(
        (place) => place.getBoundingClientRect().top > innerHeight,
      ) && !document.body.innerText.includes('Loading history'),
  );
}

/** Pixels by which the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
