import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { loadEveryCore } from './support/cpu-load';
import { cards, leadingNumber, openPage, signIn, watchComplaints } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

describe('the host page', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let complaints: string[];

  const chart = (id: string): Locator => page.getByTestId(`chart-${id}`);
  const statistic = async (id: string, which: string): Promise<number> =>
    leadingNumber(await chart(id).getByTestId(which).innerText());

  beforeAll(async () => {
    system = await System.start();
    system.startAgent('this-machine');
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    complaints = watchComplaints(page);
    await signIn(page);
    await cards(page).first().click();
    await chart('cpu').waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('tells the facts of this machine', async () => {
    const [host] = await system.hosts(await system.signIn());
    expect(await page.getByTestId('host-name').innerText()).toBe(host?.name);
    const text = await page.locator('hd-host-facts').innerText();
    expect(text).toContain(host?.facts?.kernel);
    expect(text).toContain(host?.facts?.agentVersion);
  });

  it('draws the processor under load: the chart rises by itself', async () => {
    await until('the chart has a value', async () => (await statistic('cpu', 'now')) >= 0);
    const load = loadEveryCore();
    try {
      await until('all cores are busy', async () => (await statistic('cpu', 'now')) > 95);
      expect(await statistic('cpu', 'max')).toBeGreaterThan(95);
      expect(await statistic('cpu', 'min')).toBeLessThanOrEqual(await statistic('cpu', 'mean'));
    } finally {
      await load.stop();
    }
  });

  it('says the exact value under the pointer', async () => {
    const tooltip = page.getByTestId('chart-tooltip').filter({ hasText: /Busy\s*\d+(\.\d+)?\s%/ });
    // The newest samples are a few pixels at the right edge: sweep over them until one is under the pointer.
    await until('a sample is under the pointer', async () => {
      const box = await chart('cpu').locator('canvas').first().boundingBox();
      if (box === null) return false;
      for (let fromRight = 40; fromRight > 12; fromRight -= 2) {
        await page.mouse.move(box.x + box.width - fromRight, box.y + box.height / 2);
        if ((await tooltip.count()) > 0) return true;
      }
      return false;
    });
    await page.mouse.move(0, 0);
  });

  it('has charts of memory, load, disks, filesystems and network', async () => {
    await until('every chart has been scrolled to', async () => {
      await page.mouse.wheel(0, 400);
      const ids = await page
        .locator('[data-testid^="chart-"]')
        .evaluateAll((found) => found.map((one) => one.getAttribute('data-testid') ?? ''));
      return ['memory', 'load', 'disk', 'filesystem', 'network'].every((wanted) =>
        ids.some((id) => id.startsWith(`chart-${wanted}`)),
      );
    });
    await page.mouse.wheel(0, -10_000);
  });

  it('looks further back when asked, and stops when asked', async () => {
    await page.getByTestId('range').getByRole('radio', { name: '1 h' }).check();
    await until('the load is seen again', async () => (await statistic('cpu', 'max')) > 95);
    const pause = page.getByTestId('pause');
    await pause.click();
    await pause.and(page.locator('[aria-pressed="true"]')).waitFor();
    await pause.click();
    await pause.and(page.locator('[aria-pressed="false"]')).waitFor();
  });

  it('renames the host', async () => {
    await page.getByTestId('host-menu').click();
    await page.getByTestId('edit-host').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('the machine under test');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByTestId('host-name').filter({ hasText: 'the machine under test' }).waitFor();
  });

  it('says when there is no such host', async () => {
    await page.goto(`/hosts/${'0'.repeat(32)}`);
    await page.getByRole('heading', { name: 'No such host' }).waitFor();
  });

  it('made the browser complain of nothing', () => {
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
