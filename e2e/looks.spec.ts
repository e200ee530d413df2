import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, signIn } from './support/pages';
import { System } from './support/system';

/** Kept with the documentation only when asked for: `npm run e2e -- --screenshots`. */
const SCREENSHOTS =
  process.env.SCREENSHOTS ?? fileURLToPath(new URL('../dist/screenshots', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const WIDTHS = [390, 1440, 3840] as const;
const THEMES = ['dark', 'light'] as const;

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

describe('every page', () => {
  let browser: Browser;
  let system: System;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    system = await System.start();
    // The same machine several times over: a fleet, as far as the page can tell.
    for (const name of ['web', 'db', 'cache', 'build', 'mail']) system.startAgent(name);
    browser = await launchChromium();
    const cookie = await system.signIn();
    for (;;) {
      const hosts = await system.hosts(cookie);
      if (hosts.length === 5 && hosts.every(({ lastSeen }) => lastSeen !== null)) {
        for (const { id, tags } of hosts) {
          await fetch(`${system.url}/api/hosts/${id}`, {
            method: 'PATCH',
            headers: { cookie, origin: system.url, 'content-type': 'application/json' },
            body: JSON.stringify({
              name: `${tags[0] ?? ''}-01.berlin.example`,
              tags: [...tags, 'site:berlin'],
            }),
          });
        }
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  afterAll(async () => {
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
        await cards(page).nth(4).waitFor();
        await shoot('fleet');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      it('shows a host without a fault that axe knows', async () => {
        await cards(page).first().click();
        await page.getByTestId('chart-cpu').locator('canvas').first().waitFor();
        await page.getByTestId('chart-memory').locator('canvas').first().waitFor();
        await shoot('host');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    });
  });
});

/** Pixels by which the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
