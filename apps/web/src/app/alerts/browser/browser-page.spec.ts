import { HttpTestingController } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeSocket } from '../../../../test/fake-socket';
import { pageProviders } from '../../../../test/page-providers';
import { BrowserNotices } from '../alarm/browser-notices';
import { BrowserPage } from './browser-page';

const KEYS = { p256dh: `B${'a'.repeat(86)}`, auth: 'b'.repeat(22) };
const ENDPOINT = 'https://push.example/here';
const INFO = { id: '1'.repeat(32), browser: 'Chrome on Linux', createdAt: 1_700_000_000_000 };

/** A browser with a push service, whose person says yes or no. */
class FakePush {
  readonly permission = signal<'default' | 'granted' | 'denied'>('default');
  answer: 'granted' | 'denied' = 'granted';
  subscribed: string | null = null;

  private readonly subscription = {
    toJSON: () => ({ endpoint: ENDPOINT, keys: KEYS }),
    unsubscribe: () => {
      this.subscribed = null;
      return Promise.resolve(true);
    },
  };
  private readonly pushManager = {
    getSubscription: () => Promise.resolve(this.subscribed === null ? null : this.subscription),
    subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
      this.subscribed = applicationServerKey;
      return Promise.resolve(this.subscription);
    },
  };
  readonly registration = () => Promise.resolve({ pushManager: this.pushManager });
  readonly ask = () => {
    this.permission.set(this.answer);
    return Promise.resolve(this.answer === 'granted');
  };
}

async function open(push: FakePush, known: readonly object[] = []) {
  localStorage.removeItem('hostdeck.push');
  Object.defineProperty(navigator, 'serviceWorker', { value: {}, configurable: true });
  Object.defineProperty(window, 'PushManager', { value: {}, configurable: true });
  TestBed.configureTestingModule({
    providers: [
      ...pageProviders(new FakeSocket(), []),
      {
        provide: BrowserNotices,
        useValue: {
          permission: push.permission,
          ask: push.ask,
          registration: push.registration,
        },
      },
    ],
  });
  const fixture = TestBed.createComponent(BrowserPage);
  const http = TestBed.inject(HttpTestingController);
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  const list = async (items: readonly object[]) => {
    http.expectOne('/api/push-subscriptions').flush({ items });
    await settled();
  };
  await list(known);
  const page = fixture.nativeElement as HTMLElement;
  const find = (id: string) => page.querySelector<HTMLElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  const state = () => find('push-state')?.dataset.state;
  return { http, settled, list, page, find, click, state };
}

describe('messages in this browser', () => {
  it('are turned on, tested and turned off', async () => {
    const push = new FakePush();
    const { http, list, settled, find, click, state } = await open(push);
    expect(state()).toBe('off');
    await click('push-on');
    http.expectOne('/api/push-key').flush({ publicKey: 'the-key' });
    await settled();
    expect(push.subscribed).toBe('the-key');
    const added = http.expectOne({ method: 'POST', url: '/api/push-subscriptions' });
    expect(added.request.body).toMatchObject({ endpoint: ENDPOINT, keys: KEYS });
    added.flush(INFO);
    await settled();
    await list([INFO]);
    expect(state()).toBe('on');
    expect(find('push-browser')?.textContent).toContain('this one');
    await click('push-test');
    const error = { reason: 'rejected', message: 'the service says no', status: 403 };
    http.expectOne(`/api/push-subscriptions/${INFO.id}/test`).flush({ ok: false, error, took: 1 });
    await settled();
    expect(find('push-tested')?.textContent).toContain('the service says no');
    await click('push-off');
    http.expectOne({ method: 'DELETE', url: `/api/push-subscriptions/${INFO.id}` }).flush(null);
    await settled();
    expect(push.subscribed).toBeNull();
    await list([]);
    expect(state()).toBe('off');
  });

  it('stay off when the hub does not take them, and the browser keeps no address', async () => {
    const push = new FakePush();
    const { http, settled, page, click, state } = await open(push);
    await click('push-on');
    http.expectOne('/api/push-key').flush({ publicKey: 'the-key' });
    await settled();
    http
      .expectOne({ method: 'POST', url: '/api/push-subscriptions' })
      .flush({ detail: 'too many browsers' }, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('too many browsers');
    expect(push.subscribed).toBeNull();
    expect(state()).toBe('off');
  });

  it('are nothing that is asked for when the person says no', async () => {
    const push = new FakePush();
    push.answer = 'denied';
    const { http, find, click, state } = await open(push, [INFO]);
    // Another browser of the same person is no sign of this one.
    expect(state()).toBe('off');
    await click('push-on');
    http.expectNone('/api/push-key');
    expect(state()).toBe('denied');
    expect(find('push-on')).toBeNull();
  });
});
