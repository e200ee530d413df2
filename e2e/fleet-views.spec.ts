import { SimulatedAgent } from '@hostdeck/simulated-agent';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn, watchComplaints } from './support/pages';
import { ADMIN, System } from './support/system';
import { until } from './support/until';

/** Hosts whose memory tells them apart, the emptiest first. */
const HOSTS = [
  { name: 'web-1', tags: ['web', 'site:oslo'], memory: 10 },
  { name: 'web-2', tags: ['web', 'site:berlin'], memory: 30 },
  { name: 'db-1', tags: ['db', 'site:oslo'], memory: 50 },
  { name: 'db-2', tags: ['db'], memory: 70 },
] as const;

describe('the views of the fleet', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let beat: NodeJS.Timeout;
  const agents: SimulatedAgent[] = [];

  const names = (of: Page) => of.getByTestId('host-name').allTextContents();

  beforeAll(async () => {
    system = await System.start();
    for (const { name, tags, memory } of HOSTS) {
      const character = { cpu: 5, memory, disk: 20, traffic: 1e6 };
      agents.push(await SimulatedAgent.join(system.hub, { name, tags, character }));
    }
    // What is on its way when the test ends gets no answer.
    const send = () => Promise.allSettled(agents.map((agent) => agent.sendFrame()));
    await send();
    beat = setInterval(() => void send(), 2_000);
    browser = await launchChromium();
    page = await openPage(browser, system);
    await signIn(page);
    await page.getByTestId('host-card').nth(3).waitFor();
  });

  afterAll(async () => {
    clearInterval(beat);
    for (const agent of agents) agent.close();
    await browser.close();
    await system.stop();
  });

  it('stand in the address: a link gives the same view, back and forward lead through them', async () => {
    const complaints = watchComplaints(page);
    await page.getByTestId('layout-table').click();
    await page.getByTestId('sort-by').selectOption('memory');
    await page.waitForURL(/sort=memory/);
    expect(await names(page)).toEqual(['db-2', 'db-1', 'web-2', 'web-1']);
    await page.getByTestId('turn').click();
    await page.waitForURL(/order=asc/);
    await page.getByTestId('group-by').selectOption('site');
    await page.waitForURL(/group=site/);
    const grouped = ['web-2', 'web-1', 'db-1', 'db-2'];
    expect(await names(page)).toEqual(grouped);
    expect(await page.getByTestId('group').allInnerTexts()).toEqual([
      expect.stringContaining('berlin'),
      expect.stringContaining('oslo'),
      expect.stringContaining('Without'),
    ]);
    const link = page.url();

    const second = await page.context().newPage();
    await second.goto(link);
    await second.getByTestId('host-row').nth(3).waitFor();
    expect(await names(second)).toEqual(grouped);
    await second.close();

    await page.getByTestId('tag-filter').selectOption('db');
    await page.waitForURL(/tag=db/);
    expect(await names(page)).toEqual(['db-1', 'db-2']);
    await page.goBack();
    await page.getByTestId('host-row').nth(3).waitFor();
    expect(page.url()).toBe(link);
    await page.goForward();
    await page.getByTestId('chosen-tag').click();
    await page.getByTestId('host-row').nth(3).waitFor();
    expect(complaints).toEqual([]);
  });

  it('sum the fleet up, and narrow to a state', async () => {
    await page.goto('/');
    await page
      .getByTestId('total-memory')
      .getByText(/^\d+\.\d/)
      .waitFor();
    const total = Number.parseFloat(
      await page.getByTestId('total-memory').locator('dd').innerText(),
    );
    expect(total).toBeGreaterThan(30);
    expect(total).toBeLessThan(50);
    await page.goto('/?status=down');
    await page.getByRole('heading', { name: 'No host matches' }).waitFor();
  });

  it('remember in the browser how large cards are and what is on them', async () => {
    await page.goto('/');
    await page.getByTestId('display').click();
    await page.getByRole('menuitemcheckbox', { name: 'Network' }).click();
    await page.getByRole('menuitemradio', { name: 'Small' }).click();
    await page.reload();
    await page.locator('[data-testid=host-card][data-size=small]').first().waitFor();
    expect(await page.getByTestId('receive').count()).toBe(0);
    await page.evaluate(() => localStorage.clear());
  });

  it('are walked through with keys, and every host is a few letters away', async () => {
    await page.goto('/');
    await page.getByTestId('host-card').nth(3).waitFor();
    await page.keyboard.press('w');
    await page.getByTestId('wall-cell').nth(3).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[data-place="2"]:focus').count()).toBe(1);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.getByTestId('shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('t');
    await page.keyboard.press('Control+k');
    expect(new URL(page.url()).searchParams.get('view')).toBe('wall');
    await page.getByRole('combobox', { name: 'Go to a host or page' }).fill('db oslo');
    const found = page.getByRole('listbox', { name: 'Hosts and pages' }).getByRole('option');
    await until('only one is left', async () => (await found.count()) === 1);
    expect(await found.innerText()).toContain('db-1');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/hosts/${agents[2]?.id ?? ''}`);
    await page.evaluate(() => localStorage.clear());
  });

  it('are shared with a screen on a wall by a link that can be revoked', async () => {
    await page.goto('/?view=wall&group=site');
    await page.getByTestId('share').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('office');
    await dialog.getByTestId('make-link').click();
    const link = await dialog.getByTestId('share-url').innerText();

    const wall = await openPage(browser, system);
    const complaints = watchComplaints(wall);
    await wall.goto(link);
    await wall.getByTestId('wall-cell').nth(3).waitFor();
    expect(new URL(wall.url()).searchParams.get('group')).toBe('site');
    expect(wall.url()).not.toContain('#');
    expect(await wall.getByRole('button', { name: 'Account' }).count()).toBe(0);
    expect(await wall.getByTestId('search').count()).toBe(0);

    await dialog.getByRole('button', { name: 'Revoke office' }).click();
    await wall.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('speak German to a German browser, until somebody chooses otherwise', async () => {
    const german = await openPage(browser, system, { locale: 'de-DE' });
    await german.goto('/');
    await german.getByLabel('Benutzername').fill(ADMIN.username);
    await german.getByLabel('Passwort', { exact: true }).fill(ADMIN.password);
    await german.getByRole('button', { name: 'Anmelden' }).click();
    await german.getByRole('heading', { name: 'Flotte' }).waitFor();
    expect(await german.locator('html').getAttribute('lang')).toBe('de');
    expect(await german.getByTestId('memory').first().innerText()).toMatch(/^\d+,\d/);
    await german.getByTestId('account').click();
    await german.getByTestId('language-en').click();
    await german.getByRole('heading', { name: 'Fleet' }).waitFor();
  });
});
