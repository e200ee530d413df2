import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { loadEveryCore } from './support/cpu-load';
import { HttpReceiver } from './support/http-receiver';
import { openPage, signIn } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

const RULE = 'Busy beyond reason';

describe('an alert from the rule to the message', () => {
  let system: System;
  let receiver: HttpReceiver;
  let browser: Browser;
  let page: Page;
  let load: { stop(): Promise<void> } | null = null;

  /** Messages about our rule, by what they say has become of it. */
  const messages = (status: 'firing' | 'resolved') =>
    receiver.bodies.filter((body) => body.includes(RULE) && body.includes(`"status":"${status}"`));

  beforeAll(async () => {
    system = await System.start();
    receiver = await HttpReceiver.start();
    system.startAgent('this-machine');
    const cookie = await system.signIn();
    const ask = async (method: string, path: string, body: unknown) => {
      const response = await fetch(`${system.url}${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${await response.text()}`);
      return (await response.json()) as { id: string };
    };
    await ask('PATCH', '/api/notification-settings', { networks: ['127.0.0.0/8'] });
    const channel = await ask('POST', '/api/channels', {
      kind: 'webhook',
      name: 'receiver',
      config: { url: receiver.url },
      pace: { digestFrom: null },
    });
    await ask('POST', '/api/notification-routes', { name: 'all', channels: [channel.id] });
    // The machine that runs the tests may be busy by itself: only our rule is to speak.
    const rules = await fetch(`${system.url}/api/alert-rules`, { headers: { cookie } });
    const { items } = (await rules.json()) as { items: { id: string }[] };
    for (const { id } of items) {
      await ask('PATCH', `/api/alert-rules/${id}`, { enabled: false });
    }
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    await signIn(page);
    await page.getByTestId('host-card').first().waitFor();
  });

  afterAll(async () => {
    await load?.stop();
    await browser.close();
    await system.stop();
    await receiver.stop();
  });

  it('is made in the page, which says whether it would have fired', async () => {
    await page.getByTestId('alerts-link').click();
    await page.getByTestId('alerts-rules').click();
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-name').fill(RULE);
    await page.getByTestId('rule-threshold').fill('97');
    await page.getByTestId('rule-clear').fill('96');
    await page.getByTestId('rule-for').fill('0');
    await page.getByTestId('rule-clear-for').fill('0');
    await page.getByTestId('backtest-summary').waitFor();
    await page.getByTestId('save-rule').click();
    await page.getByTestId('rule').filter({ hasText: RULE }).waitFor();
  });

  it('fires on the card, the page, in the bar and at the receiver, with the process that did it', async () => {
    await page.getByTestId('alerts-open').click();
    load = loadEveryCore();
    await page.getByTestId('alerts-badge').waitFor();
    await page.goto('/');
    await page.getByTestId('host-card').getByTestId('firing').waitFor();
    await page.getByTestId('alerts-link').click();
    await page.getByTestId('incident').first().getByRole('link').click();
    await page.getByTestId('incident-alert').filter({ hasText: 'CPU busy' }).first().waitFor();
    await until('the receiver is told', () => Promise.resolve(messages('firing').length > 0));
    await page.getByTestId('incident-culprit').filter({ hasText: 'node' }).first().waitFor();
    expect(await page.title()).toMatch(/^\(1\) /);
  });

  it('is acknowledged with a note', async () => {
    await page.getByTestId('acknowledge').click();
    await page.getByTestId('acknowledged').waitFor();
    await page.getByTestId('note').fill('it is the test itself');
    await page.getByTestId('add-note').click();
    await page.getByTestId('timeline-entry').filter({ hasText: 'the test itself' }).waitFor();
  });

  it('is resolved on the page and at the receiver when the load ends', async () => {
    await load?.stop();
    load = null;
    await until('the receiver is told', () => Promise.resolve(messages('resolved').length > 0));
    await page.locator('[data-testid=timeline-entry][data-kind=resolved]').waitFor();
    await page.getByTestId('alerts-badge').waitFor({ state: 'detached' });
  });
});
