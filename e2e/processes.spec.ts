import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { startBurner } from './support/cpu-load';
import { cards, openPage, signIn, watchComplaints } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

describe('the processes of a real machine', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let burner: ChildProcess;
  let complaints: string[];

  const rows = (): Locator => page.getByTestId('process');
  const own = (): string => String(burner.pid);

  beforeAll(async () => {
    system = await System.start();
    system.startAgent('this-machine');
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    complaints = watchComplaints(page);
    burner = startBurner(['--password=hunter2-hostdeck']);
    await signIn(page);
    await cards(page).first().click();
  });

  afterAll(async () => {
    const ended = burner.exitCode === null ? once(burner, 'exit') : null;
    burner.kill('SIGKILL');
    await ended;
    await browser.close();
    await system.stop();
  });

  it('are a live table with the busiest at the top', async () => {
    await page.getByTestId('tab-processes').click();
    await rows().first().waitFor();
    await until('the burning process is at the top', async () => {
      const pid = await rows().first().locator('[data-column="pid"]').innerText();
      return pid.trim() === own();
    });
    const total = await page.getByTestId('process-count').innerText();
    expect(Number.parseInt(total, 10)).toBeGreaterThan(3);
  });

  it('are found by text; their command lines come without secrets', async () => {
    await page.getByTestId('process-filter').fill(own());
    await until('only what was looked for is left', async () => (await rows().count()) <= 3);
    const row = rows().filter({ has: page.locator('[data-column="pid"]', { hasText: own() }) });
    await row.first().click();
    const details = await page.getByTestId('process-details').innerText();
    expect(details).toContain(own());
    expect(details).not.toContain('hunter2-hostdeck');
    await page.getByTestId('close-process').click();
  });

  it('stand below their parents in the tree', async () => {
    await page.getByTestId('process-tree').click();
    const parent = rows().filter({
      has: page.locator('[data-column="pid"]', { hasText: String(process.pid) }),
    });
    await parent.first().waitFor();
    expect(await parent.first().getAttribute('aria-expanded')).toBe('true');
    await page.getByTestId('process-tree').click();
    await page.getByTestId('process-filter').fill('');
  });

  it('stand still while paused', async () => {
    await page.getByTestId('process-pause').click();
    await page.getByTestId('process-age').getByText('Paused at').waitFor();
    await page.getByTestId('process-pause').click();
    await page.getByTestId('process-age').waitFor({ state: 'detached' });
  });

  it('are the answer to who did this, asked with the mouse', async () => {
    await page.getByTestId('tab-charts').click();
    const chart = page.getByTestId('chart-cpu').locator('canvas').first();
    await chart.waitFor();
    await until('the culprit is known', async () => {
      await chart.scrollIntoViewIfNeeded();
      const box = await chart.boundingBox();
      if (box === null) return false;
      // The newest samples are at the right edge.
      await page.mouse.click(box.x + box.width - 16, box.y + box.height / 2);
      const first = page.getByTestId('culprit').first();
      try {
        await first.waitFor({ timeout: 12_000 });
      } catch {
        return false;
      }
      return (await first.innerText()).includes(`PID ${own()}`);
    });
    expect(await page.getByTestId('culprits-reading').innerText()).toMatch(/Busy\s+\d+(\.\d+)?\s%/);
    await page.getByTestId('chosen-time').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('culprits').waitFor({ state: 'detached' });
  });

  it('are the answer to who did this, asked with the keyboard', async () => {
    const cursor = page.getByTestId('chart-cpu').getByTestId('chart-cursor');
    await cursor.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    expect(await cursor.getAttribute('aria-valuetext')).not.toBeNull();
    await page.keyboard.press('Enter');
    await page
      .getByTestId('culprit')
      .filter({ hasText: `PID ${own()}` })
      .waitFor();
    await page.getByRole('heading', { name: 'Who did this' }).and(page.locator(':focus')).waitFor();
    await page.getByTestId('close-culprits').click();
    await cursor.and(page.locator(':focus')).waitFor();
  });

  it('are the answer to who did this, asked with a finger, which scrolls the page all the same', async () => {
    const phone = await openPage(browser, system, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(phone);
    await cards(phone).first().tap();
    const chart = phone.getByTestId('chart-cpu').locator('canvas').first();
    const heading = phone.getByRole('heading', { name: 'CPU', exact: true }).first();
    await heading.scrollIntoViewIfNeeded();
    await chart.waitFor();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) throw new Error('expected a chart');
    // The newest samples are at the right edge.
    const place = { x: box.x + box.width - 16, y: box.y + box.height / 2 };
    const fingers = await phone.context().newCDPSession(phone);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', moved = 0) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: place.x, y: place.y + moved }],
      });

    const before = await phone.evaluate(() => scrollY);
    await touch('touchStart');
    for (let moved = 20; moved <= 300; moved += 20) await touch('touchMove', -moved);
    await touch('touchEnd');
    await until(
      'the page has scrolled',
      async () => (await phone.evaluate(() => scrollY)) > before,
    );
    expect(new URL(phone.url()).searchParams.get('who')).toBeNull();
    await phone.evaluate((top) => scrollTo(0, top), before);

    await touch('touchStart');
    await phone.getByTestId('culprits').waitFor();
    await touch('touchEnd');
    await phone
      .getByTestId('culprit')
      .filter({ hasText: `PID ${own()}` })
      .first()
      .waitFor();
    await phone.screenshot({ path: 'dist/asked-with-a-finger.png' });
    await phone.context().close();
  });

  it('are kept from leaving the host as it is set, at once, and the agent says how often it samples', async () => {
    await page.getByTestId('tab-settings').click();
    const setting = (name: string) => page.getByTestId(`setting-${name}`);
    await page.getByTestId('interval-in-force').waitFor();
    await page.getByTestId('change-watchedInterval').click();
    await page.getByTestId('setting-seconds').fill('61');
    await page.getByTestId('save-setting').click();
    await page.getByTestId('setting-error').getByText('from 1 to 60').waitFor();
    await page.getByTestId('setting-seconds').fill('1');
    await page.getByTestId('save-setting').click();
    await setting('watchedInterval').getByText('Set here').waitFor();
    await page.getByTestId('change-commandLines').click();
    await setting('commandLines').getByLabel('Hidden').check();
    await page.getByTestId('save-setting').click();
    await setting('commandLines').getByText('Set here').waitFor();
    await page
      .getByTestId('interval-in-force')
      .getByText(/Samples every \d/)
      .waitFor();

    await page.getByTestId('tab-processes').click();
    await until('no command line is left', async () => {
      const commands = await rows().locator('[data-column="command"]').allInnerTexts();
      return commands.length > 0 && commands.every((text) => text.trim() === 'no command line');
    });
    await page.getByTestId('tab-settings').click();
    await page.getByTestId('reset-commandLines').click();
    await setting('commandLines').getByText('Default').waitFor();
  });

  it('made the browser complain of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
