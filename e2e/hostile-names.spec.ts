import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CreatedUserSchema, MAX_INSTANCE_LENGTH, type MetricId } from '@hostdeck/contracts';
import { SimulatedAgent, type SimulatedService } from '@hostdeck/simulated-agent';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { PATIENCE } from './support/pages';
import { System } from './support/system';
import { until } from './support/until';

const SCREENSHOTS = fileURLToPath(new URL('../dist/screenshots', import.meta.url));

const MARKUP = `<img src=x onerror="globalThis.owned=1">'"{{1+1}}<script>owned=1</script>`;
const FORMULA = `=HYPERLINK("http://evil.example";"x")`;
/** Written from right to left from its second character on, by a mark that is never closed. */
const BIDI = '\u202egnp.exe\u2066';
const EMOJI = '👩‍👩‍👧‍👦🔥';
const LONE = 'half\ud800\udfff';
/** What a browser must never be given as it is. */
const CONTROLS = /[\u202a-\u202e\u2066-\u2069\ud800-\udbff](?![\udc00-\udfff])/;

/** As long as is allowed, without a place to break. */
function long(text: string, length: number): string {
  return text.padEnd(length, 'W').slice(0, length);
}

const HOST = long(`${MARKUP}${BIDI}${EMOJI}${LONE}`, 255);
const INSTANCES: readonly (readonly [MetricId, readonly string[]])[] = [
  ['disk.busy', [MARKUP, FORMULA, BIDI]],
  ['filesystem.used_share', [long('/mnt/', MAX_INSTANCE_LENGTH), MARKUP]],
  ['network.receive_bytes', [BIDI, EMOJI]],
  ['sensor.temperature', [LONE, FORMULA]],
  ['service.failed', [long(MARKUP, MAX_INSTANCE_LENGTH), FORMULA]],
  ['container.cpu', [MARKUP, BIDI, EMOJI]],
  ['custom.gauge', [`x{label="${MARKUP}"}`, long('long_', MAX_INSTANCE_LENGTH)]],
];
const KEYS = [
  'cpu.busy',
  'memory.used_share',
  ...INSTANCES.flatMap(([metric, names]) => names.map((name) => `${metric}{${name}}`)),
];
const SERVICES: readonly SimulatedService[] = [
  [MARKUP.slice(0, 64), FORMULA, `${MARKUP} ${FORMULA}`, 60, 900],
  [BIDI, LONE, `${BIDI} --password=x ${EMOJI}`, 40, 800],
  [long('W', 64), long('W', 64), long('/usr/bin/', 1_000), 30, 700],
  [FORMULA, MARKUP.slice(0, 64), FORMULA, 20, 600],
];
const RULE = long(`${MARKUP}${BIDI}`, 100);
const NOTE = long(`${FORMULA} ${MARKUP} ${BIDI} ${EMOJI} `, 2_000);
const USER = long(MARKUP, 64);

describe('names that would be more than names', () => {
  let browser: Browser;
  let context: BrowserContext;
  let system: System;
  let agent: SimulatedAgent;
  let page: Page;
  let beat: NodeJS.Timeout;
  const violations: string[] = [];

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    system = await System.start();
    agent = await SimulatedAgent.join(system.hub, {
      name: HOST,
      tags: [long('W', 64), 'ערב:שלום'],
      values: { keys: KEYS, at: () => KEYS.map(() => 97) },
      withCulprits: true,
      processCount: SERVICES.length,
      services: SERVICES,
      backlog: 60,
    });
    await SimulatedAgent.join(system.hub, { name: FORMULA, backlog: 5 });
    // What is on its way when the tests end gets no answer.
    beat = setInterval(() => void Promise.allSettled([agent.sendFrame()]), 1_000);
    browser = await launchChromium();
    context = await browser.newContext({
      baseURL: system.url,
      extraHTTPHeaders: { origin: system.url },
    });
    context.setDefaultTimeout(PATIENCE);
    await signInAs(USER);
    page = await context.newPage();
    await page.exposeFunction('tellViolation', (what: string) => violations.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (violation) => {
        const page = globalThis as unknown as { tellViolation(what: string): void };
        page.tellViolation(
          `${violation.violatedDirective} ${violation.blockedURI} ${location.pathname} ${violation.sourceFile}`,
        );
      });
    });
  });

  afterAll(async () => {
    clearInterval(beat);
    agent.close();
    await browser.close();
    await system.stop();
  });

  /** Makes an administrator of that name, and signs the browser in as such. */
  async function signInAs(username: string): Promise<void> {
    const made = await fetch(`${system.url}/api/users`, {
      method: 'POST',
      headers: { cookie: await system.signIn(), 'content-type': 'application/json' },
      body: JSON.stringify({ username, role: 'admin' }),
    });
    const { invite } = CreatedUserSchema.parse(await made.json());
    const accepted = await context.request.post('/api/invites/accept', {
      data: { token: invite.token, password: 'a long password' },
    });
    expect(accepted.ok()).toBe(true);
  }

  /** Looks at a page as it is on a desk and on a phone: the names are text, nothing of them ran, nothing hangs over. */
  async function look(name: string, shown: string): Promise<void> {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.getByText(shown, { exact: false }).first().waitFor();
      await page.screenshot({
        path: `${SCREENSHOTS}/hostile-${name}-${String(width)}.png`,
        animations: 'disabled',
      });
      const seen = await page.evaluate(() => ({
        text: document.body.innerText,
        images: document.querySelectorAll('main img, main script, main iframe').length,
        owned: 'owned' in globalThis,
      }));
      expect({ name, width, ...seen, text: CONTROLS.exec(seen.text)?.[0] ?? '' }).toEqual({
        name,
        width,
        text: '',
        images: 0,
        owned: false,
      });
      // Charts follow the size of the window a moment later.
      await until(`${name} fits into ${String(width)} px`, () =>
        page.evaluate(
          () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
        ),
      );
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  it('are refused beyond the longest that is allowed', async () => {
    const response = await fetch(`${system.url}/api/enroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: system.hub.joinToken,
        publicKey: 'A'.repeat(43),
        hostname: MARKUP.padEnd(10_000, 'W'),
        tags: [],
      }),
    });
    expect(response.status).toBe(400);
    expect((await system.hosts(await system.signIn())).length).toBe(2);
  });

  it.each([
    ['cards', '/'],
    ['table', '/?view=table'],
    ['wall', '/?view=wall'],
    ['groups', '/?view=table&group=ערב'],
  ])('are text on the fleet page: %s', async (name, address) => {
    await page.goto(address);
    await page.locator('[data-place]').nth(1).waitFor();
    await look(name, name === 'wall' ? 'HYPERLINK' : '<img');
  });

  it('are text on the page of a host, in every chart', async () => {
    await page.goto(`/hosts/${agent.id}`);
    await page.getByTestId('group-nav').waitFor();
    const groups = await page.locator('[data-testid^="go-"]').all();
    for (const group of groups) {
      await group.click();
      await until('every chart in sight is drawn', () =>
        page
          .locator('hd-host-charts .place')
          .evaluateAll((places) =>
            places.every((place) => place.getBoundingClientRect().top > innerHeight),
          ),
      );
    }
    await page.getByTestId('go-container').click();
    await look('host', MARKUP.slice(0, 20));
  });

  it('are text in the table of processes, and of the one that is looked at', async () => {
    await page.getByTestId('tab-processes').click();
    const row = page.getByTestId('process').filter({ hasText: '<img' }).first();
    await row.waitFor();
    await look('processes', '<img');
    await row.click();
    await page.getByTestId('process-details').waitFor();
    await look('process', MARKUP);
    await page.getByTestId('close-process').click();
  });

  it('are text in the answer to who did this', async () => {
    const now = Date.now();
    await page.goto(`/hosts/${agent.id}?who=${String(now - 60_000)}-${String(now)}`);
    await page.getByTestId('culprit').first().waitFor();
    await look('culprits', '<img');
  });

  it('are text in a comparison', async () => {
    await page.goto(`/compare?metrics=disk.busy,container.cpu&hosts=${agent.id}`);
    await page.getByTestId('compare-chart').locator('canvas').first().waitFor();
    await look('compare', '<img');
  });

  it('are text in alerts and incidents, with who wrote what about them', async () => {
    const ask = async (path: string, data: unknown) => {
      const answer = await context.request.post(path, { data });
      expect(answer.ok()).toBe(true);
    };
    await ask('/api/alert-rules', {
      name: RULE,
      severity: 'critical',
      condition: { kind: 'above', metric: 'disk.busy', threshold: 90, clear: 50 },
    });
    await page.goto('/alerts/rules');
    await page.getByTestId('rule').filter({ hasText: '<img' }).first().waitFor();
    await look('rules', '<img');
    await page.goto('/alerts');
    await page.getByTestId('incident').first().waitFor();
    await look('alerts', '<img');
    await page.getByTestId('incident').first().getByRole('link').first().click();
    await page.getByTestId('note').fill(NOTE);
    await page.getByTestId('add-note').click();
    await page.getByTestId('timeline-entry').filter({ hasText: 'HYPERLINK' }).first().waitFor();
    await look('incident', '<img');
  });

  it('are text where hosts are looked for, and where users are', async () => {
    await page.goto('/users');
    await page.getByText('<img').first().waitFor();
    await look('users', '<img');
    await page.goto('/');
    await page.getByTestId('open-palette').click();
    await page.getByTestId('palette').fill('<img');
    await page.getByRole('option').first().waitFor();
    await look('palette', '<img');
    await page.keyboard.press('Escape');
    await page.getByTestId('account').click();
    await page.getByRole('menu').getByText('<img').waitFor();
  });

  it('are no formulas in an exported table', async () => {
    const lines = async (path: string) => {
      const answer = await context.request.get(path);
      expect(answer.ok()).toBe(true);
      return (await answer.text()).split('\r\n').filter((line) => line !== '');
    };
    const span = `from=${String(Date.now() - 600_000)}&to=${String(Date.now())}`;
    const [header = ''] = await lines(
      `/api/hosts/${agent.id}/export?format=csv&metric=disk.busy&${span}`,
    );
    expect(header).toContain('<img src=x');
    let named: string[] = [];
    await until('the fleet is in the file', async () => {
      named = await lines(`/api/export?format=csv&metric=cpu.busy&${span}`);
      return named.some((line) => line.includes('HYPERLINK'));
    });
    for (const line of [header, ...named]) {
      expect(line).not.toMatch(/(^|,)"?[=+@-][^,]*HYPERLINK/);
      expect(line).not.toMatch(CONTROLS);
    }
  });

  it('made no page do what its policy forbids', () => {
    expect(violations).toEqual([]);
  });
});
