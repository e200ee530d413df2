import { SimulatedAgent } from '@hostdeck/simulated-agent';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn } from './support/pages';
import { System } from './support/system';

describe('a page that the hub was away from', () => {
  let browser: Browser;
  let system: System;
  let page: Page;
  let agent: SimulatedAgent;
  let beat: NodeJS.Timeout;

  beforeAll(async () => {
    system = await System.start();
    agent = await SimulatedAgent.join(system.hub, { name: 'web-1' });
    await agent.sendFrame();
    // What is on its way when the hub is killed gets no answer.
    beat = setInterval(() => void Promise.allSettled([agent.sendFrame()]), 2_000);
    browser = await launchChromium();
    page = await openPage(browser, system);
  });

  afterAll(async () => {
    clearInterval(beat);
    agent.close();
    await browser.close();
    await system.stop();
  });

  async function rename(name: string): Promise<void> {
    const response = await fetch(`${system.url}/api/hosts/${agent.id}`, {
      method: 'PATCH',
      headers: {
        cookie: await system.signIn(),
        origin: system.url,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBe(200);
  }

  it('notices a connection that died without a word, is right again by itself, and offers a new version', async () => {
    let isCut = false;
    let version: string | null = null;
    await page.routeWebSocket(/socket\.io/, (browserSide) => {
      const hubSide = browserSide.connectToServer();
      browserSide.onMessage((message) => {
        if (!isCut) hubSide.send(message);
      });
      hubSide.onMessage((message) => {
        if (isCut) return;
        const isText = typeof message === 'string' && version !== null;
        browserSide.send(
          isText ? message.replace(/"version":"[^"]+"/, `"version":"${version ?? ''}"`) : message,
        );
      });
    });
    await signIn(page);
    await page.getByTestId('host-card').and(page.locator('[data-status="live"]')).waitFor();

    isCut = true;
    await rename('web-2');
    // What is seen is called old before anything is known of the connection, and the name is the old one.
    await page
      .getByTestId('offline-banner')
      .getByText(/What you see is \d+\u00a0s old/)
      .waitFor();
    await page.locator('[data-testid=host-card].faded').getByText('Last seen').waitFor();

    version = '99.0.0';
    isCut = false;
    await page.getByTestId('host-name').getByText('web-2').waitFor();
    await page.getByTestId('offline-banner').waitFor({ state: 'detached' });
    await page.getByTestId('new-version').getByText('99.0.0').waitFor();
    version = null;
    await page.getByTestId('new-version').getByRole('button').click();
    await page.getByTestId('new-version').waitFor({ state: 'detached' });
  });

  it('is right after it was frozen', async () => {
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await rename('web-3');
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await page.getByTestId('host-name').getByText('web-3').waitFor();
    await page.getByTestId('connection').getByText('Live').waitFor();
  });

  it('can be installed, and without the hub starts with what was seen last and how old that is', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
      return (await (await fetch(link?.href ?? '')).json()) as { icons: { src: string }[] };
    });
    for (const { src } of manifest.icons) {
      expect((await fetch(`${system.url}/${src}`)).status).toBe(200);
    }
    await page.waitForFunction(() => localStorage.getItem('hostdeck.last-seen') !== null);
    // Loaded once more, so that the worker has seen every file.
    await page.reload();
    await page.getByTestId('host-card').waitFor();

    await system.killHub();
    await page.reload();
    await page.getByRole('heading', { name: 'The hub does not answer' }).waitFor();
    const seen = page.getByTestId('last-seen');
    expect(await seen.innerText()).toMatch(/What was seen last is .+ old, from /);
    await system.restartHub();
    await page.getByRole('heading', { name: 'Fleet' }).waitFor();
    await page.getByTestId('host-card').waitFor();
  });
});
