import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, leadingNumber, openPage, signIn, watchComplaints } from './support/pages';
import { cleanEnvironment, System } from './support/system';
import { until } from './support/until';

describe('the fleet page', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    system = await System.start();
    system.startAgent('this-machine');
    browser = await launchChromium();
    page = await openPage(browser, system);
    complaints = watchComplaints(page);
    await signIn(page);
    await cards(page).first().waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('shows this machine live: name, tag, values, age', async () => {
    const card = cards(page).first();
    await card.and(page.locator('[data-status="live"]')).waitFor();
    const { name, latest } = (await system.hosts(await system.signIn()))[0] ?? {};
    expect(await card.getAttribute('aria-label')).toContain(name);
    expect(await card.innerText()).toContain('this-machine');
    const memory = leadingNumber(await card.getByTestId('memory').innerText());
    expect(Math.abs(memory - Number(latest?.['memory.used_share']))).toBeLessThan(10);
    const disk = leadingNumber(await card.getByTestId('disk').innerText());
    expect(disk).toBeGreaterThan(0);
    expect(disk).toBeLessThanOrEqual(100);
  });

  it('moves by itself', async () => {
    await cards(page).first().getByTestId('load').waitFor();
    const seen = new Set<string>();
    await until('the card shows three different things', async () => {
      seen.add(await cards(page).first().innerText());
      return seen.size >= 3;
    });
  });

  it('finds hosts by name and tag, in the address too', async () => {
    const search = page.getByLabel('Search hosts and tags');
    await page.keyboard.press('/');
    await page.keyboard.type('nobody is called that');
    await page.getByRole('heading', { name: 'No host matches' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('nobody is called that');
    await search.fill('this-mach');
    await cards(page).first().waitFor();
    await search.fill('');
    expect(new URL(page.url()).searchParams.get('q')).toBeNull();
  });

  it('comes back by itself after the hub was killed', async () => {
    await system.killHub();
    await page.getByTestId('offline-banner').waitFor();
    expect(await cards(page).count()).toBe(1);
    await system.restartHub();
    await page.getByTestId('offline-banner').waitFor({ state: 'detached' });
    await cards(page).first().and(page.locator('[data-status="live"]')).waitFor();
  });

  it('adds a host with one line, and shows it as soon as it sends', async () => {
    await page.getByRole('button', { name: 'Add a host' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tags').fill('second, site:lab');
    await dialog.getByRole('button', { name: 'Make the command' }).click();
    const command = await dialog.locator('code, pre, textarea, output').first().innerText();
    await dialog.getByText('Waiting for the first data…').waitFor();

    const folder = await mkdtemp(join(tmpdir(), 'hostdeck-e2e-second-'));
    const shell = spawn('sh', ['-c', command], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
      env: cleanEnvironment({
        HOSTDECK_STATE_DIR: join(folder, 'state'),
        HOSTDECK_LOG_LEVEL: 'warn',
      }),
    });
    try {
      await dialog.getByText('is here').waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await until('there are two cards', async () => (await cards(page).count()) === 2);
      expect(await page.locator('.tag', { hasText: 'site:lab' }).count()).toBeGreaterThan(0);
    } finally {
      const exited = once(shell, 'exit');
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
      await exited;
      // The shell may end before the agent in it, which writes its last into the folder.
      await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
    }
  });

  it('shows a name that would be markup as text', async () => {
    const cookie = await system.signIn();
    const [host] = await system.hosts(cookie);
    const name = '<img src=x onerror=alert(1)>\u202e=1+1';
    const response = await fetch(`${system.url}/api/hosts/${host?.id ?? ''}`, {
      method: 'PATCH',
      headers: { cookie, origin: system.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBe(200);
    await page
      .locator('[data-testid="host-card"][aria-label*="<img src=x onerror=alert(1)>"]')
      .waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('made the browser complain of nothing but the hub that was away', () => {
    const away =
      /WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource|when fetching the script/;
    const unexpected = complaints.filter((text) => !away.test(text));
    expect(unexpected).toEqual([]);
  });
});
