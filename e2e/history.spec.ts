import { readFile } from 'node:fs/promises';
import { ExportLineSchema } from '@hostdeck/contracts';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, openPage, signIn } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

const AGENT = 'this-machine';

describe('the history of a host', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let cookie: string;
  let host: string;

  beforeAll(async () => {
    system = await System.start();
    system.startAgent(AGENT);
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
    await until('five samples are stored', async () => (await rawTimes()).length >= 5);
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
    await until('frames wait at the agent', async () => (await taken()).waiting >= 3);
    const { frames, at } = await taken();
    await system.restartHub();
    await page.getByTestId('offline-banner').waitFor({ state: 'detached' });
    // How many the agent has taken decides, not the time between them: a busy machine skips some.
    await until(
      'the hub has every frame of the time it was away',
      async () => (await rawTimes()).filter((time) => time <= at).length >= frames,
    );
    const times = await rawTimes();
    expect(times.slice(0, before.length)).toEqual(before);
    expect(new Set(times).size).toBe(times.length);
    await page.locator('[data-testid="event"][data-kind="hub_blind"]').first().waitFor();
    await page.locator('[data-testid="state"][data-state="blind"]').first().waitFor();
  });

  /** How many frames the agent has taken until `at`, and how many of them wait for the hub. */
  async function taken(): Promise<{ frames: number; waiting: number; at: number }> {
    const { writtenAt, link, outbox } = await system.agentStatus(AGENT);
    return { frames: link.stored + outbox.frames, waiting: outbox.frames, at: writtenAt };
  }
});
