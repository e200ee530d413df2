import { readFile } from 'node:fs/promises';
import { ExportLineSchema } from '@hostdeck/contracts';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, openPage, signIn } from './support/pages';
import { System } from './support/system';

describe('the history of a host', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let cookie: string;
  let host: string;

  async function until(ask: () => Promise<boolean>): Promise<void> {
    while (!(await ask())) await page.waitForTimeout(100);
  }

  beforeAll(async () => {
    system = await System.start();
    system.startAgent('this-machine');
    cookie = await system.signIn();
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    // Without the native file picker, which nobody could answer here, a file is downloaded.
    await page.addInitScript(() => {
      delete (globalThis as { showSaveFilePicker?: unknown }).showSaveFilePicker;
    });
    await signIn(page);
    await cards(page).first().click();
    await page.getByTestId('chart-cpu').waitFor();
    host = (await system.hosts(cookie))[0]?.id ?? '';
    await until(async () => (await rawTimes()).length >= 5);
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function rawTimes(): Promise<number[]> {
    const { series } = await system.series(cookie, host, 'metric=cpu.busy');
    return (series[0]?.points ?? []).map(([at]) => at);
  }

  it('is exported from the page with the values that the charts have', async () => {
    await page.getByTestId('export').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('export-format').selectOption('json');
    const downloading = page.waitForEvent('download');
    await dialog.getByTestId('start-export').click();
    const file = await (await downloading).path();
    const lines = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => ExportLineSchema.parse(JSON.parse(line)));
    const { series } = await system.series(cookie, host, 'metric=cpu.busy');
    const points = new Map((series[0]?.points ?? []).map(([at, value]) => [at, value]));
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const { time, values } of lines) {
      expect(values['cpu.busy']).toBe(points.get(new Date(time).getTime()));
    }
    await dialog.getByTestId('export-outcome').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is exported as CSV for scripts, one column a series with its unit', async () => {
    const response = await fetch(
      `${system.url}/api/hosts/${host}/export?format=csv&metric=cpu.busy,filesystem.used&times=epoch`,
      { headers: { cookie } },
    );
    expect(response.headers.get('content-type')).toContain('text/csv');
    const [header = '', ...rows] = (await response.text()).trimEnd().split('\r\n');
    expect(header.split(',').slice(0, 2)).toEqual(['time', 'cpu.busy (percent)']);
    expect(header).toContain('filesystem.used{/} (bytes)');
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.every((row) => /^\d{13},/.test(row))).toBe(true);
  });

  it('has no hole after the hub was killed, and says that it was away', async () => {
    const before = await rawTimes();
    await system.killHub();
    await page.getByTestId('offline-banner').waitFor();
    // Long enough for frames to wait at the agent.
    await page.waitForTimeout(8_000);
    await system.restartHub();
    await page.getByTestId('offline-banner').waitFor({ state: 'detached' });
    await until(async () => {
      const times = await rawTimes();
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
      return times.length > before.length + 4 && Math.max(...gaps) < 4_000;
    });
    const times = await rawTimes();
    expect(new Set(times).size).toBe(times.length);
    await page.locator('[data-testid="event"][data-kind="hub_blind"]').first().waitFor();
    await page.locator('[data-testid="state"][data-state="blind"]').first().waitFor();
  });
});
