import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { ADMIN, type Hub } from '../programs';

/** Chromium without its own calls to the outside. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Time after loading that is not measured: a page has found its pace by then, ms. */
export const SETTLE = 8_000;

/** Starts the Chromium that the bench found or installed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
}

/** Opens a page of the dashboard that is signed in and has not been loaded yet. */
export async function openSignedIn(browser: Browser, hub: Hub): Promise<Page> {
  const context = await browser.newContext({
    baseURL: hub.url,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
  });
  const answer = await context.request.post('/api/auth/login', {
    data: ADMIN,
    headers: { origin: hub.url },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${String(answer.status())}`);
  return context.newPage();
}

/** What a page cost over a while. */
export interface PageCost {
  /** Share of the time in which the main thread was busy, percent. */
  readonly busy: number;
  readonly script: number;
  readonly layoutAndStyle: number;
}

/** The browser's own book-keeping of a page (Chrome DevTools Protocol, domains Performance and HeapProfiler). */
export class PageMeter {
  private constructor(private readonly session: CDPSession) {}

  static async of(page: Page): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'timeTicks' });
    return new PageMeter(session);
  }

  /** What the page costs while `wait` runs. */
  async costOf(wait: () => Promise<void>): Promise<PageCost> {
    const before = await this.read();
    await wait();
    const after = await this.read();
    const share = (...names: readonly string[]) => {
      const spent = names.reduce((sum, name) => sum + (after(name) - before(name)), 0);
      return (100 * spent) / (after('Timestamp') - before('Timestamp'));
    };
    return {
      busy: share('TaskDuration'),
      script: share('ScriptDuration'),
      layoutAndStyle: share('LayoutDuration', 'RecalcStyleDuration'),
    };
  }

  /** Live bytes of the JavaScript heap, after collecting garbage. */
  async heap(): Promise<number> {
    await this.session.send('HeapProfiler.collectGarbage');
    return (await this.read())('JSHeapUsedSize');
  }

  private async read(): Promise<(name: string) => number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const values = new Map(metrics.map(({ name, value }) => [name, value]));
    return (name) => values.get(name) ?? Number.NaN;
  }
}
