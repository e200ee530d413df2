import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

const CODE = readFileSync(new URL('../apps/web/public/service-worker.js', import.meta.url), 'utf8');
const ORIGIN = 'https://hub.example';

interface Shown {
  readonly title: string;
  readonly options: {
    readonly body: string;
    readonly tag?: string;
    readonly requireInteraction: boolean;
    readonly data: { readonly path: string };
  };
}

/** The worker as a browser runs it, with windows that note where they are led. */
function start(windows = 0) {
  const handlers = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const led: string[] = [];
  const window = {
    navigate: (path: string) => {
      led.push(path);
      return Promise.resolve(window);
    },
    focus: () => Promise.resolve(window),
  };
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name: string, handler: (event: object) => void) =>
      handlers.set(name, handler),
    registration: {
      showNotification: (title: string, options: Shown['options']) => {
        shown.push({ title, options });
        return Promise.resolve();
      },
    },
    clients: {
      matchAll: () => Promise.resolve(Array.from({ length: windows }, () => window)),
      openWindow: (path: string) => {
        led.push(`new ${path}`);
        return Promise.resolve(window);
      },
    },
  };
  runInNewContext(CODE, { self, URL });
  const fire = async (name: string, event: object) => {
    let done: Promise<unknown> = Promise.resolve();
    handlers.get(name)?.({ ...event, waitUntil: (work: Promise<unknown>) => (done = work) });
    await done;
  };
  return {
    shown,
    led,
    push: (text: string | null) =>
      fire('push', { data: text === null ? null : { json: () => JSON.parse(text) as unknown } }),
    click: (path: unknown) =>
      fire('notificationclick', { notification: { close: () => undefined, data: { path } } }),
  };
}

describe('the worker of the page', () => {
  it('shows what the hub pushes, what is newer in the place of what was', async () => {
    const { push, shown } = start();
    const incident = 'a'.repeat(32);
    const path = `/alerts/incidents/${incident}`;
    await push(
      JSON.stringify({ title: 'Critical: web-1', text: 'CPU', tone: 'critical', incident, path }),
    );
    expect(shown).toMatchObject([
      {
        title: 'Critical: web-1',
        options: { body: 'CPU', tag: incident, requireInteraction: true, data: { path } },
      },
    ]);
  });

  it.each([
    ['nothing at all', null],
    ['no JSON', '<html>'],
    ['another shape', '[1]'],
    ['wrong types', '{"title":{"a":1},"text":5,"incident":"../../x","path":["/"]}'],
  ])('shows that there is something also of %s', async (_, text) => {
    const { push, shown } = start();
    await push(text);
    expect(shown).toMatchObject([
      { title: 'Hostdeck', options: { body: '', data: { path: '/alerts' } } },
    ]);
    expect(shown[0]?.options.tag).toBeUndefined();
  });

  it('cuts what is too long', async () => {
    const { push, shown } = start();
    await push(JSON.stringify({ title: 'x'.repeat(9_000), text: 'y'.repeat(9_000) }));
    expect(shown[0]?.title).toHaveLength(200);
    expect(shown[0]?.options.body).toHaveLength(2_000);
  });

  it.each([
    'https://evil.example/alerts',
    '//evil.example/alerts',
    '/\\evil.example',
    'javascript:alert(1)',
    '/api/auth/logout',
    'alerts',
    7,
  ])('never leads to %p', async (path) => {
    const { push, shown, click, led } = start(1);
    await push(JSON.stringify({ path }));
    expect(shown[0]?.options.data.path).toBe('/alerts');
    await click(path);
    expect(led).toEqual(['/alerts']);
  });

  it('leads a window that is open, else a new one', async () => {
    const [open, none] = [start(1), start(0)];
    await open.click('/alerts/open');
    await none.click('/alerts/open');
    expect([open.led, none.led]).toEqual([['/alerts/open'], ['new /alerts/open']]);
  });
});
