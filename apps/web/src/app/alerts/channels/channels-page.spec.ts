import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Channel, ChannelKindInfo, NotificationRoute } from '@hostdeck/contracts';
import { FakeSocket } from '../../../../test/fake-socket';
import { pageProviders } from '../../../../test/page-providers';
import { ChannelsPage } from './channels-page';

const KIND: ChannelKindInfo = {
  kind: 'webhook',
  label: 'Webhook',
  digests: true,
  fields: [
    {
      name: 'url',
      label: 'Address',
      help: null,
      type: 'text',
      secret: false,
      required: true,
      initial: null,
      choices: [],
    },
    {
      name: 'secret',
      label: 'Signing secret',
      help: null,
      type: 'text',
      secret: true,
      required: false,
      initial: null,
      choices: [],
    },
  ],
};
const CHANNEL: Channel = {
  id: '1'.repeat(32),
  kind: 'webhook',
  name: 'pager',
  enabled: true,
  config: { url: 'https://hooks.example/x' },
  secrets: { secret: { set: true } },
  pace: { perMinute: 20, digestFrom: 5, digestWindow: 0 },
  health: {
    waiting: 2,
    lastSuccessAt: null,
    lastErrorAt: 1,
    lastError: { reason: 'timeout', message: 'no answer within 10 s', status: null },
    failures: 3,
    pausedUntil: null,
  },
  createdAt: 1,
  changedAt: 1,
};
const DEFAULT_ROUTE: NotificationRoute = {
  id: '2'.repeat(32),
  name: 'Default',
  isDefault: true,
  severities: [],
  tags: [],
  times: null,
  channels: [],
};

async function open(channels: readonly Channel[]) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: '', component: ChannelsPage }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  const answer = async (list: readonly Channel[]) => {
    http.expectOne('/api/channel-kinds').flush({ items: [KIND] });
    http.expectOne('/api/channels').flush({ items: list });
    http.expectOne('/api/notification-routes').flush({ items: [DEFAULT_ROUTE] });
    await settled();
  };
  await answer(channels);
  const find = (id: string) => page.querySelector<HTMLElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  const type = async (id: string, text: string) => {
    const field = find(id) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await settled();
  };
  return { page, http, find, click, type, settled, answer };
}

describe('the channels', () => {
  it('say how they are doing', async () => {
    const { find } = await open([CHANNEL]);
    expect(find('channel')?.textContent).toContain('failed 3 times in a row');
    expect(find('channel')?.textContent).toContain('no answer within 10 s');
    expect(find('channel')?.textContent).toContain('2 messages wait');
  });

  it('are tried before they are saved, and what the receiver answered is said', async () => {
    const { http, find, click, type, settled } = await open([]);
    await click('new-channel');
    await type('channel-name', 'hook');
    await type('channel-url', 'https://hooks.example/y');
    await click('test-channel');
    const test = http.expectOne('/api/channels/test');
    expect(test.request.body).toEqual({
      kind: 'webhook',
      config: { url: 'https://hooks.example/y' },
    });
    const error = { reason: 'blocked', message: 'a private network', status: null };
    test.flush({ ok: false, error, took: 3 });
    await settled();
    expect(find('channel-tested')?.textContent).toContain('a private network');
    await click('save-channel');
    expect(http.expectOne('/api/channels').request.body).toMatchObject({
      kind: 'webhook',
      name: 'hook',
    });
  });

  it('never show a secret, and leave it as it is when nothing is typed', async () => {
    const { page, http, find, click } = await open([CHANNEL]);
    await click('edit-channel');
    expect((find('channel-secret') as HTMLInputElement).value).toBe('');
    expect(page.textContent).toContain('Set; empty: it stays as it is.');
    await click('save-channel');
    const { request } = http.expectOne(`/api/channels/${CHANNEL.id}`);
    expect(request.method).toBe('PATCH');
    expect(request.body).toMatchObject({ config: { url: 'https://hooks.example/x' } });
    expect(JSON.stringify(request.body)).not.toContain('secret');
  });

  it('stay open with what was written when the hub refuses it', async () => {
    const { page, http, find, click, type, settled } = await open([]);
    await click('new-channel');
    await type('channel-name', 'hook');
    await click('save-channel');
    http
      .expectOne('/api/channels')
      .flush({ detail: 'config.url is needed' }, { status: 400, statusText: 'Bad Request' });
    await settled();
    expect(page.querySelector('[role=alert]')).not.toBeNull();
    expect(page.textContent).toContain('config.url is needed');
    expect((find('channel-name') as HTMLInputElement).value).toBe('hook');
  });

  it('are put into the default route, which has nothing else to say', async () => {
    const { page, http, find, click, settled, answer } = await open([CHANNEL]);
    page.querySelector<HTMLElement>('[data-testid=route] button')?.click();
    await settled();
    expect(find('route-name')).toBeNull();
    await click('route-channel');
    await click('save-route');
    const change = http.expectOne(`/api/notification-routes/${DEFAULT_ROUTE.id}`);
    expect(change.request.body).toEqual({ channels: [CHANNEL.id] });
    change.flush({ ...DEFAULT_ROUTE, channels: [CHANNEL.id] });
    await settled();
    await answer([CHANNEL]);
    expect(find('route-form')).toBeNull();
  });
});
