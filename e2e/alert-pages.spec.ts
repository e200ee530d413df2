import { SimulatedAgent } from '@hostdeck/simulated-agent';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

const RULE = 'Busy beyond reason';
/** Of the tone of a warning and of what is resolved, Hz. */
const WARNING_PITCH = 587;
const RESOLVED_PITCH = 659;

describe('what surrounds an alert', () => {
  let system: System;
  let agent: SimulatedAgent;
  let beat: NodeJS.Timeout;
  let browser: Browser;
  let page: Page;
  let wall: Page;
  let ruleId: string;
  let cookie: string;

  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${system.url}${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${await response.text()}`);
    return (await response.json()) as { id: string; items: readonly { id: string }[] };
  };
  const turnRule = (enabled: boolean) => ask('PATCH', `/api/alert-rules/${ruleId}`, { enabled });

  /** Pitches that were played on the wall. */
  const tones = () =>
    wall.evaluate(() => (globalThis as unknown as { played: readonly number[] }).played);
  /** Titles of the notifications that are shown. */
  const notices = () =>
    wall.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title }) => title);
    });

  beforeAll(async () => {
    system = await System.start();
    cookie = await system.signIn();
    for (const { id } of (await ask('GET', '/api/alert-rules')).items) {
      await ask('PATCH', `/api/alert-rules/${id}`, { enabled: false });
    }
    ({ id: ruleId } = await ask('POST', '/api/alert-rules', {
      name: RULE,
      enabled: false,
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 50, clear: 5 },
    }));
    agent = await SimulatedAgent.join(system.hub, {
      name: 'db-1',
      tags: ['db'],
      backlog: 300,
      character: { cpu: 96, memory: 60, disk: 60, traffic: 1e6 },
    });
    await agent.sendFrame();
    beat = setInterval(() => void Promise.allSettled([agent.sendFrame()]), 1_000);
    browser = await launchChromium();
    page = await openPage(browser, system, { viewport: { width: 1440, height: 900 } });
    await page.context().grantPermissions(['notifications'], { origin: system.url });
    await signIn(page);
    wall = await page.context().newPage();
    await wall.addInitScript(() => {
      const played: number[] = [];
      const Plain = OscillatorNode;
      class Heard extends Plain {
        constructor(audio: BaseAudioContext, options: OscillatorOptions) {
          super(audio, options);
          played.push(options.frequency ?? 0);
        }
      }
      Object.assign(globalThis, { played, OscillatorNode: Heard });
    });
    await wall.goto('/?view=wall&kiosk');
    await wall.getByTestId('wall-cell').first().waitFor();
  });

  afterAll(async () => {
    clearInterval(beat);
    agent.close();
    await browser.close();
    await system.stop();
  });

  it('an exception is made for a host as long as one is wanted', async () => {
    await page.goto(`/alerts/rules/${ruleId}`);
    await page.getByTestId('new-override').click();
    await page.getByTestId('save-override').click();
    await page.getByText('Choose a host.').waitFor();
    await page.getByTestId('override-host').selectOption({ label: 'db-1' });
    await page.getByTestId('override-threshold').fill('99.5');
    await page.getByTestId('backtest-note').waitFor();
    await page.getByTestId('save-override').click();
    await page.getByTestId('override').filter({ hasText: '99.5' }).waitFor();
    await page.getByTestId('remove-override').click();
    await page.getByTestId('override').waitFor({ state: 'detached' });
  });

  it('the wall is heard and shows what begins, once somebody has turned that on', async () => {
    await wall.getByTestId('alarm-sound').click();
    await wall.locator('[data-testid=alarm-sound][data-state=on]').waitFor();
    await wall.getByTestId('alarm-notices').click();
    await wall.locator('[data-testid=alarm-notices][aria-pressed=true]').waitFor();
    expect(await tones()).not.toContain(WARNING_PITCH);
    await turnRule(true);
    await until('the wall is heard', async () => (await tones()).includes(WARNING_PITCH));
    await until('the wall shows it', async () =>
      (await notices()).some((title) => title.includes('CPU busy')),
    );
  });

  it('the threshold stands in the chart of the host, with the time in which it fires', async () => {
    await page.goto('/');
    await page.getByTestId('host-card').click();
    await page.getByTestId('go-cpu').click();
    const chart = page.getByTestId('chart-cpu');
    await chart
      .getByTestId('threshold-line')
      .filter({ hasText: `${RULE} above 50` })
      .waitFor();
    await chart.getByTestId('clear-line').waitFor();
    await chart.getByTestId('firing-span').first().waitFor();
    await chart.locator('canvas').hover();
    await page.getByTestId('tooltip-threshold').filter({ hasText: RULE }).waitFor();
  });

  it('what fires is silenced on its page, and no more when that is taken back', async () => {
    await page.goto('/alerts/open');
    await page.getByTestId('incident').first().getByRole('link').click();
    await page.getByTestId('silence-this').click();
    await page.getByTestId('quick-silence-reason').fill('known');
    await page.getByTestId('quick-silence-length').selectOption('resolved');
    await page.getByTestId('save-quick-silence').click();
    await page.getByTestId('silence-in-force').filter({ hasText: 'known' }).waitFor();
    await page.getByTestId('incident-alert').filter({ hasText: 'silenced' }).waitFor();
    await page.getByTestId('end-silence').click();
    await page.getByTestId('silence-in-force').waitFor({ state: 'detached' });
  });

  it('the wall tells that it is resolved', async () => {
    const before = (await tones()).length;
    await turnRule(false);
    await until('the wall is heard', async () =>
      (await tones()).slice(before).includes(RESOLVED_PITCH),
    );
    await until('the wall shows it', async () =>
      (await notices()).some((title) => title.startsWith('Resolved: ')),
    );
  });

  it('the worker of the page shows what the hub pushes', async () => {
    const session = await wall.context().newCDPSession(wall);
    const registration = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
        if (first !== undefined) resolve(first.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.deliverPushMessage', {
      origin: system.url,
      registrationId: await registration,
      data: JSON.stringify({ title: 'Pushed', text: 'CPU', tone: 'critical', path: '//elsewhere' }),
    });
    await until('it is shown', async () => (await notices()).includes('Pushed'));
  });
});
