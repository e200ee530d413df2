import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, openPage, signIn, watchComplaints } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('the charts of a host', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let complaints: string[];

  const load = () => page.getByTestId('chart-load');
  const parameter = (name: string) => new URL(page.url()).searchParams.get(name);

  async function saved(kind: 'csv' | 'png'): Promise<Buffer> {
    await load().getByTestId('chart-menu').click();
    const downloading = page.waitForEvent('download');
    await page.getByTestId(`chart-${kind}`).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^hostdeck-load-.*\\.${kind}$`));
    return readFile(await download.path());
  }

  beforeAll(async () => {
    system = await System.start();
    system.startAgent('this-machine');
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    complaints = watchComplaints(page);
    // Without the native file picker, which nobody could answer here, a file is downloaded.
    await page.addInitScript(() => {
      delete (globalThis as { showSaveFilePicker?: unknown }).showSaveFilePicker;
    });
    await signIn(page);
    await cards(page).first().click();
    await page.getByTestId('gauge-cpu').waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('are found by their group, also those that nobody has made by hand', async () => {
    await page.getByTestId('go-agent').click();
    await page.locator('[data-testid="chart-agent.cpu"] canvas').first().waitFor();
    await until('the heading of the group is in sight', async () => {
      const box = await page.locator('#group-agent').boundingBox();
      return box !== null && box.y >= 0 && box.y < 900;
    });
    expect(parameter('group')).toBe('agent');
  });

  it('show one line alone, also to whoever gets the address', async () => {
    await page.getByTestId('go-load').click();
    const line = load().locator('[data-series="load.5"] button');
    await line.click();
    await line.and(page.locator('[aria-pressed="true"]')).waitFor();
    expect(parameter('only')).toBe('load~load.5');
    await page.reload();
    await page.getByTestId('go-load').click();
    await line.and(page.locator('[aria-pressed="true"]')).waitFor();
    await load().getByTestId('max').waitFor();
    await line.click();
    await line.and(page.locator('[aria-pressed="false"]')).waitFor();
  });

  it('are saved as they are shown, as CSV and as an image', async () => {
    await load().locator('canvas').first().waitFor();
    await until('there is a value to save', async () => {
      const text = await load().locator('[data-series="load.1"]').innerText();
      return /\d/.test(text.replace('1 min', ''));
    });
    const [head, first] = (await saved('csv')).toString().split('\r\n');
    expect(head).toBe('time,1 min (load),5 min (load),15 min (load)');
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,\d/);
    const image = await saved('png');
    expect(image.subarray(0, 4)).toEqual(PNG);
    expect(image.length).toBeGreaterThan(5_000);
  });

  it('can be read as a table', async () => {
    await load().getByTestId('chart-menu').click();
    await page.getByTestId('chart-as-table').click();
    const table = load().getByTestId('chart-table');
    await table.locator('tbody tr').first().waitFor();
    expect(await table.locator('thead th').allInnerTexts()).toEqual([
      'Time',
      '1 min',
      '5 min',
      '15 min',
    ]);
    await load().getByTestId('chart-menu').click();
    await page.getByTestId('chart-as-table').click();
  });

  it('stand still at a moment that the address holds, and show a time put in by hand', async () => {
    await page.getByTestId('pause').click();
    await page.getByTestId('pause').and(page.locator('[aria-pressed="true"]')).waitFor();
    expect(Number(parameter('paused'))).toBeGreaterThan(1e12);
    await page.getByTestId('choose-span').click();
    await page.getByTestId('span-from').fill('2026-01-01T10:00:00');
    await page.getByTestId('span-to').fill('2026-01-01T09:00:00');
    await page.getByTestId('span-show').click();
    await page.locator('#span-error').getByText('Both times').waitFor();
    await page.getByTestId('span-to').fill('2026-01-01T11:00:00');
    await page.getByTestId('span-show').click();
    await page.getByTestId('back-to-live').waitFor();
    expect(Number(parameter('to')) - Number(parameter('from'))).toBe(3_600_000);
    await page.getByTestId('back-to-live').click();
    await page.getByTestId('pause').and(page.locator('[aria-pressed="false"]')).waitFor();
  });

  it('are put beside those of other hosts, and kept on a board', async () => {
    await page.getByTestId('go-load').click();
    await load().getByTestId('chart-menu').click();
    await page.getByTestId('chart-compare').click();
    await page.getByTestId('compare-chart').locator('canvas').first().waitFor();
    await page.getByTestId('add-chart').click();
    await page.getByTestId('metric-cpu.busy').check();
    await page.getByTestId('chart-done').click();
    await page.getByTestId('compare-chart').nth(1).locator('canvas').first().waitFor();
    await page.getByTestId('board-name').fill('Ours');
    await page.getByTestId('board-shared').check();
    await page.getByTestId('save-board').click();
    await page.getByTestId('board-outcome').getByText('saved').waitFor();
    await page.reload();
    await page.getByTestId('compare-chart').nth(1).locator('canvas').first().waitFor();
    expect(await page.getByTestId('board-name').inputValue()).toBe('Ours');
    await page.getByTestId('remove-board').click();
    await page.getByTestId('remove-board').click();
    await page.getByTestId('board-outcome').getByText('removed').waitFor();
    expect(parameter('board')).toBeNull();
  });

  it('made the browser complain of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
