import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SimulatedAgent, type SimulatedHost } from '@hostdeck/simulated-agent';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';

import { PATIENCE } from './support/pages';
import { ADMIN, System } from './support/system';
import { until } from './support/until';
import { englishTexts } from './support/web-texts';

/** Looked at by whoever changes texts: German words are longer. */
const SCREENSHOTS = fileURLToPath(new URL('../dist/screenshots/german', import.meta.url));

const HOSTS: readonly SimulatedHost[] = [
  ['web-01.berlin.example', ['web', 'site:berlin'], 97, 46],
  ['db.oslo.example', ['db', 'site:oslo'], 22, 64],
].map(([name, tags, cpu, memory]) => ({
  name: String(name),
  tags: [tags].flat().map(String),
  backlog: 120,
  withCulprits: true,
  processCount: 60,
  character: { cpu: Number(cpu), memory: Number(memory), disk: 50, traffic: 2e6 },
}));

/** Where a page is, what shows that it is there, and what is pressed on it before it is read. */
interface Place {
  readonly name: string;
  readonly address: string;
  readonly shown: string;
  readonly press?: readonly string[];
}

const FLEET: readonly Place[] = [
  { name: 'fleet', address: '/', shown: 'host-card' },
  { name: 'fleet-display', address: '/', shown: 'host-card', press: ['display'] },
  { name: 'fleet-table', address: '/?view=table', shown: 'host-row' },
  { name: 'fleet-wall', address: '/?view=wall&group=site', shown: 'wall-cell' },
  { name: 'fleet-no-match', address: '/?q=nothing', shown: 'search' },
  { name: 'add-host', address: '/', shown: 'host-card', press: ['add-host', 'make-command'] },
  { name: 'export', address: '/', shown: 'host-card', press: ['export'] },
  { name: 'share', address: '/', shown: 'host-card', press: ['share'] },
  { name: 'palette', address: '/', shown: 'host-card', press: ['open-palette'] },
  { name: 'account-menu', address: '/', shown: 'host-card', press: ['account'] },
  { name: 'keys', address: '/', shown: 'host-card', press: ['account', 'key-help'] },
];
const HOST: readonly Place[] = [
  { name: 'host', address: '', shown: 'gauges' },
  { name: 'host-span', address: '', shown: 'gauges', press: ['choose-span'] },
  { name: 'host-export', address: '', shown: 'gauges', press: ['export'] },
  { name: 'host-chart-menu', address: '', shown: 'chart-cpu', press: ['chart-menu'] },
  { name: 'host-menu', address: '', shown: 'gauges', press: ['host-menu'] },
  { name: 'host-edit', address: '', shown: 'gauges', press: ['host-menu', 'edit-host'] },
  { name: 'host-remove', address: '', shown: 'gauges', press: ['host-menu', 'remove-host'] },
  { name: 'host-table', address: '', shown: 'chart-cpu', press: ['chart-menu', 'chart-as-table'] },
  { name: 'host-culprits', address: '', shown: 'gauges', press: ['ask'] },
  { name: 'processes', address: '?tab=processes', shown: 'process', press: ['process'] },
  { name: 'host-settings', address: '?tab=settings', shown: 'setting-interval' },
];
const OTHERS: readonly Place[] = [
  { name: 'compare-empty', address: '/compare', shown: 'add-chart' },
  { name: 'compare-editor', address: '/compare', shown: 'add-chart', press: ['add-chart'] },
  {
    name: 'compare',
    address: '/compare?metrics=cpu.busy,memory.used_share,network.total.receive_bytes',
    shown: 'compare-chart',
  },
  { name: 'settings', address: '/settings', shown: 'setting-interval' },
  { name: 'users', address: '/users', shown: 'user' },
  { name: 'users-invite', address: '/users', shown: 'user', press: ['invite-user'] },
  { name: 'tokens', address: '/users', shown: 'new-token', press: ['new-token'] },
  { name: 'account', address: '/account', shown: 'own-session' },
  { name: 'audit', address: '/audit', shown: 'audit-entry' },
  { name: 'alerts', address: '/alerts/open', shown: 'incident' },
  { name: 'alert-history', address: '/alerts/history', shown: 'account' },
  { name: 'alert-rules', address: '/alerts/rules', shown: 'rule' },
  { name: 'alert-rule', address: '/alerts/rules/new', shown: 'rule-name' },
  { name: 'silences', address: '/alerts/silences', shown: 'new-silence', press: ['new-silence'] },
  { name: 'channels', address: '/alerts/channels', shown: 'new-channel', press: ['new-channel'] },
  { name: 'this-browser', address: '/alerts/browser', shown: 'push-state' },
  { name: 'not-found', address: '/nowhere', shown: 'account' },
];

/** A rule that fires for the busier of them at once. */
async function makeRule(system: System): Promise<void> {
  const response = await fetch(`${system.url}/api/alert-rules`, {
    method: 'POST',
    headers: { cookie: await system.signIn(), 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Viel CPU',
      severity: 'critical',
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 30, clear: 10 },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

describe('the dashboard in German', () => {
  const english = englishTexts();
  const fleet: SimulatedAgent[] = [];
  let browser: Browser;
  let system: System;
  let context: BrowserContext;
  let page: Page;
  let beat: NodeJS.Timeout;
  /** What the hub says in English and people have named: it stands on pages as it is. */
  let named: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    system = await System.start();
    await makeRule(system);
    fleet.push(...(await Promise.all(HOSTS.map((host) => SimulatedAgent.join(system.hub, host)))));
    const send = () => Promise.allSettled(fleet.map((agent) => agent.sendFrame()));
    await send();
    beat = setInterval(() => void send(), 2_000);
    browser = await launchChromium();
    context = await browser.newContext({ baseURL: system.url, locale: 'de-DE', viewport: WIDE });
    context.setDefaultTimeout(PATIENCE);
    page = await context.newPage();
  });

  afterAll(async () => {
    clearInterval(beat);
    for (const agent of fleet) agent.close();
    await browser.close();
    await system.stop();
  });

  /** Looks at the page as it is, wide and narrow. */
  async function check(name: string): Promise<void> {
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    const said = await page.evaluate(visibleTexts);
    expect(leftovers(said)).toEqual([]);
    await page.screenshot({ path: `${SCREENSHOTS}/${name}-1440.png`, animations: 'disabled' });
    await page.setViewportSize(NARROW);
    // Charts and menus take a moment to find their new place.
    let wide: readonly string[] = [];
    const fits = async () => {
      wide = await page.evaluate(tooWide);
      return wide.length === 0;
    };
    await until(`${name} fits into ${String(NARROW.width)} px`, fits).catch((cause: unknown) => {
      throw new Error(`too wide: ${wide.join('; ')}`, { cause });
    });
    await page.screenshot({ path: `${SCREENSHOTS}/${name}-390.png`, animations: 'disabled' });
    await page.setViewportSize(WIDE);
  }

  function leftovers(said: readonly string[]): string[] {
    return said.filter(
      (text) =>
        !named.has(text) &&
        (english.whole.has(text) || english.phrases.some((phrase) => text.includes(phrase))),
    );
  }

  it('signs in', async () => {
    await page.goto('/login');
    await page.getByRole('button', { name: 'Anmelden' }).waitFor();
    await check('sign-in');
    await page.goto('/invite');
    await page.getByRole('heading').first().waitFor();
    await check('invite');
    await page.goto('/share');
    await page.getByRole('heading').first().waitFor();
    await check('share-link');
    await page.goto('/login');
    await page.getByLabel('Benutzername').fill(ADMIN.username);
    await page.getByLabel('Passwort', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { name: 'Flotte' }).waitFor();
    named = await hubWords();
  });

  it.each(FLEET)('says nothing in English: $name', (place) => visit(place));

  it.each(HOST)('says nothing in English: $name', ({ address, ...place }) =>
    visit({ ...place, address: `/hosts/${fleet[0]?.id ?? ''}${address}` }),
  );

  it.each(OTHERS)('says nothing in English: $name', (place) => visit(place));

  it('says nothing in English: incident', async () => {
    await page.goto('/alerts/open');
    await page.getByTestId('incident').first().getByRole('link').click();
    await page.getByTestId('timeline-entry').first().waitFor();
    await check('incident');
  });

  it('says nothing in English when it starts without the hub', async () => {
    await page.evaluate(() => {
      const states = { live: 1, stale: 0, catching_up: 0, restarting: 0, down: 1 };
      const at = Date.now() - 720_000;
      localStorage.setItem('hostdeck.last-seen', JSON.stringify({ at, states }));
    });
    await page.route('**/api/**', (route) => route.abort());
    await page.goto('/');
    await page.getByTestId('last-seen').waitFor();
    await check('offline');
  });

  it('is installed under German words', async () => {
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
      return (await (await fetch(link?.href ?? '')).json()) as { lang: string };
    });
    expect(manifest.lang).toBe('de');
  });

  async function visit({ name, address, shown, press = [] }: Place): Promise<void> {
    await page.goto(address);
    await page.getByTestId(shown).first().waitFor();
    for (const what of press) await page.getByTestId(what).first().click();
    await check(name);
  }

  /** Names of rules, titles and texts of incidents: written by people or, in English, by the hub. */
  async function hubWords(): Promise<ReadonlySet<string>> {
    const ask = async (path: string): Promise<unknown> =>
      (await context.request.get(`/api/${path}`)).json();
    const found = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value === 'string') found.add(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    for (const path of ['alert-rules', 'incidents', 'notification-routes']) walk(await ask(path));
    return found;
  }
});

/** In the page: every text that can be read or is spoken. */
function visibleTexts(): string[] {
  const said = new Set<string>();
  const add = (text: string | null) => {
    const plain = (text ?? '').replaceAll(/\s+/g, ' ').trim();
    if (plain !== '') said.add(plain);
  };
  for (const element of Array.from(document.body.querySelectorAll('*'))) {
    if (!element.checkVisibility() || element.matches('script, style')) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) add(element.getAttribute(name));
    for (const node of Array.from(element.childNodes)) {
      if (node.nodeType === Node.TEXT_NODE) add(node.textContent);
    }
  }
  add(document.title);
  return [...said];
}

/** In the page: what is wider than its place, words that are cut off included. */
function tooWide(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const told = (element: Element) =>
    `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 40)}"`;
  const shown = Array.from(document.querySelectorAll('body *')).filter((element) =>
    element.checkVisibility(),
  );
  const outside = shown.filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1,
  );
  const cut = shown
    .filter((element) => element.matches('button, h1, h3, dt, th, label'))
    .filter((element) => getComputedStyle(element).overflowX !== 'visible')
    .filter((element) => element.scrollWidth > element.clientWidth + 1);
  return [...(scrollWidth > clientWidth ? outside.slice(0, 12) : []), ...cut].map(told);
}
