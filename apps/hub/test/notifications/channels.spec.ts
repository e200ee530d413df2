import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, NotificationSettings, TestAnswer } from '@hostdeck/contracts';
import { Client } from '../client';
import { eventually } from '../events';
import { startHub, type TestHub } from '../hub';
import { readTable } from '../stored';
import { answer, HttpReceiver } from './http-receiver';

const SECRET = 'a-secret-nobody-may-see';

describe('channels', () => {
  let hub: TestHub;
  let admin: Client;
  let receiver: HttpReceiver;

  beforeAll(async () => {
    receiver = await HttpReceiver.start();
    hub = await startHub();
    admin = await Client.signIn(hub.url);
  });
  afterAll(async () => {
    await hub.close();
    await receiver.close();
  });

  const change = (path: string, body: unknown) => admin.ask(path, { method: 'PATCH', body });
  const allow = (...networks: string[]) => change('/api/notification-settings', { networks });
  const webhook = async (config = {}): Promise<Channel> => {
    const body = { kind: 'webhook', name: 'Hook', config: { url: receiver.url, ...config } };
    return (await admin.post('/api/channels', body)).body as Channel;
  };
  const audited = async (action: string) =>
    (await readTable(hub.dataDir, 'audit')).filter((row) => row.action === action);

  it('keep their secrets: not in answers, not readable in the database, not in log or audit', async () => {
    const made = await webhook({ secret: SECRET, authorization: `Bearer ${SECRET}` });
    expect(made).toMatchObject({
      kind: 'webhook',
      config: { url: receiver.url, template: '' },
      secrets: { secret: { set: true }, authorization: { set: true } },
      pace: { perMinute: 20, digestFrom: 5, digestWindow: 0 },
      health: { waiting: 0, lastSuccessAt: null, failures: 0 },
    });
    receiver.otherwise = (response, { headers }) =>
      void response.writeHead(418).end(`you sent ${headers.authorization ?? ''}`);
    await allow('127.0.0.0/8');
    const tested = await admin.post(`/api/channels/${made.id}/test`, undefined);
    expect(tested.body).toMatchObject({ ok: false, error: { reason: 'rejected', status: 418 } });
    expect(receiver.received.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);
    const places = [
      made,
      tested.body,
      (await admin.get('/api/channels')).body,
      (await admin.get(`/api/channels/${made.id}`)).body,
      hub.log,
      await readTable(hub.dataDir, 'audit'),
      (await readTable(hub.dataDir, 'channels')).map((row) =>
        Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
        ),
      ),
    ];
    expect(JSON.stringify(places)).not.toContain(SECRET);
    expect(statSync(join(hub.dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
    expect(await audited('channel_created')).toHaveLength(1);
    expect(await audited('channel_tested')).toHaveLength(1);
  });

  it('keep a secret that is left out of a change, remove one that is null', async () => {
    const { id } = await webhook({ secret: SECRET, authorization: 'x' });
    const kept = await change(`/api/channels/${id}`, { config: { url: receiver.url } });
    expect(kept.body).toMatchObject({ secrets: { secret: { set: true } } });
    const removed = await change(`/api/channels/${id}`, {
      name: 'Other',
      config: { url: receiver.url, secret: null },
    });
    expect(removed.body).toMatchObject({
      name: 'Other',
      secrets: { secret: { set: false }, authorization: { set: true } },
    });
  });

  it('send kept secrets nowhere else than before', async () => {
    const { id } = await webhook({ authorization: SECRET });
    const moved = { url: `${receiver.url}/other` };
    const before = receiver.received.length;
    for (const refused of [
      await change(`/api/channels/${id}`, { config: moved }),
      await admin.post('/api/channels/test', { id, kind: 'webhook', config: moved }),
    ]) {
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({ errors: [{ path: 'config.authorization' }] });
    }
    expect(receiver.received).toHaveLength(before);
    const given = await change(`/api/channels/${id}`, {
      config: { ...moved, authorization: 'new' },
    });
    expect(given.status).toBe(200);
  });

  it('are tested before they are saved, and what the receiver answers is told', async () => {
    receiver.otherwise = answer(202, {}, 'queued');
    const body = { kind: 'webhook', config: { url: receiver.url } };
    const taken = (await admin.post('/api/channels/test', body)).body as TestAnswer;
    expect(taken).toMatchObject({ ok: true, status: 202, answer: 'queued' });
    expect(receiver.bodies.at(-1)).toMatchObject({ messages: [{ title: 'Test of this channel' }] });
    await allow();
    const blocked = (await admin.post('/api/channels/test', body)).body as TestAnswer;
    expect(blocked).toMatchObject({ ok: false, error: { reason: 'blocked', status: null } });
    await allow('127.0.0.0/8');
    expect((await audited('notification_settings_changed')).length).toBeGreaterThan(1);
  });

  it.each([
    ['an address that is none', { kind: 'slack', config: { url: 'ftp://x' } }, 'config.url'],
    [
      'a password in an address',
      { kind: 'webhook', config: { url: 'http://a:b@c' } },
      'config.url',
    ],
    ['a field nobody knows', { kind: 'gotify', config: { sever: 'x' } }, 'config.sever'],
    [
      'a template that is no JSON',
      { kind: 'webhook', config: { url: 'http://a', template: '{' } },
      'config.template',
    ],
    [
      'a placeholder nobody knows',
      { kind: 'webhook', config: { url: 'http://a', template: '"{{x}}"' } },
      'config.template',
    ],
    [
      'a line break in a secret',
      { kind: 'gotify', config: { server: 'http://a', token: 'a\nb' } },
      'config.token',
    ],
    [
      'a receiver that is no address',
      { kind: 'email', config: { host: 'm', from: 'a@b', to: ['x\r\ny@z'] } },
      'config.to.0',
    ],
    [
      'a pace of nothing',
      { kind: 'web_push', config: {}, pace: { perMinute: 0 } },
      'pace.perMinute',
    ],
  ])('are refused with %s, which is named', async (_, body, path) => {
    const refused = await admin.post('/api/channels', { name: 'x', ...body });
    expect(refused.status).toBe(400);
    const { errors } = refused.body as { errors: { path: string }[] };
    expect(errors.map((error) => error.path)).toContain(path);
  });

  it('are offered with what a form must ask, to administrators only', async () => {
    const { body } = await admin.get('/api/channel-kinds');
    const { items } = body as {
      items: { kind: string; fields: { name: string; secret: boolean }[] }[];
    };
    expect(items).toHaveLength(12);
    const operator = await admin.script('operator');
    for (const path of ['/api/channel-kinds', '/api/channels', '/api/notification-routes']) {
      expect((await operator.get(path)).status).toBe(403);
    }
    expect((await operator.get('/api/deliveries')).status).toBe(200);
  });

  it('are chosen by routes; the default route stays', async () => {
    const channel = await webhook();
    const route = {
      name: 'Nights',
      severities: ['critical'],
      tags: ['web'],
      times: { timeZone: 'Europe/Berlin', days: ['mon'], from: '22:00', to: '06:00' },
      channels: [channel.id],
    };
    const made = (await admin.post('/api/notification-routes', route)).body as { id: string };
    expect(made).toMatchObject({ ...route, isDefault: false });
    const { items } = (await admin.get('/api/notification-routes')).body as {
      items: { id: string; isDefault: boolean }[];
    };
    expect(items.map(({ isDefault }) => isDefault)).toEqual([false, true]);
    const fallback = `/api/notification-routes/${items[1]?.id ?? ''}`;
    expect((await change(fallback, { channels: [channel.id] })).status).toBe(200);
    expect((await change(fallback, { tags: ['web'] })).status).toBe(400);
    expect((await admin.ask(fallback, { method: 'DELETE' })).status).toBe(409);
    expect((await change(fallback, { channels: ['e'.repeat(32)] })).body).toMatchObject({
      errors: [{ path: 'channels' }],
    });
    const zone = { ...route, times: { ...route.times, timeZone: 'Europe/Nowhere' } };
    expect((await admin.post('/api/notification-routes', zone)).status).toBe(400);
    expect((await admin.ask(`/api/channels/${channel.id}`, { method: 'DELETE' })).status).toBe(204);
    const after = (await admin.get('/api/notification-routes')).body as {
      items: { channels: string[] }[];
    };
    expect(after.items.map(({ channels }) => channels)).toEqual([[], []]);
    const path = `/api/notification-routes/${made.id}`;
    expect((await admin.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.get('/api/deliveries?state=failed')).body).toEqual({ items: [] });
  });

  it('take browsers of people, not of scripts', async () => {
    const key = (await admin.get('/api/push-key')).body as { publicKey: string };
    expect(key.publicKey).toMatch(/^B[\w-]{86}$/);
    expect((await admin.get('/api/push-key')).body).toEqual(key);
    const body = {
      endpoint: 'https://push.example/1',
      keys: { p256dh: key.publicKey, auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
      browser: 'Phone',
    };
    const made = await admin.post('/api/push-subscriptions', body);
    expect(made.status).toBe(201);
    const script = await admin.script('viewer');
    // On no curve: nothing could be encrypted for it, and no browser would get anything with it in the list.
    const keys = { ...body.keys, p256dh: `B${'A'.repeat(86)}` };
    const broken = await admin.post('/api/push-subscriptions', { ...body, keys });
    expect(broken.body).toMatchObject({ status: 400, errors: [{ path: 'keys.p256dh' }] });
    expect((await script.post('/api/push-subscriptions', body)).status).toBe(409);
    const list = await admin.get('/api/push-subscriptions');
    expect(list.body).toMatchObject({ items: [{ browser: 'Phone' }] });
    expect(JSON.stringify(list.body)).not.toContain('push.example');
    const { id } = made.body as { id: string };
    expect((await script.ask(`/api/push-subscriptions/${id}`, { method: 'DELETE' })).status).toBe(
      404,
    );
    expect((await admin.ask(`/api/push-subscriptions/${id}`, { method: 'DELETE' })).status).toBe(
      204,
    );
  });

  it('are told outside that the hub lives, as long as it does', async () => {
    await allow('127.0.0.0/8');
    receiver.otherwise = answer(200);
    const url = `${receiver.url}/ping/${SECRET}`;
    const set = await change('/api/notification-settings', {
      heartbeat: { enabled: true, url, interval: 10 },
    });
    expect(set.body).toMatchObject({ heartbeat: { enabled: true, url: { set: true } } });
    await eventually(
      () => receiver.received.filter(({ path }) => path === `/ping/${SECRET}`).length,
      (count) => count === 1,
    );
    const read = await eventually(
      async () => (await admin.get('/api/notification-settings')).body as NotificationSettings,
      ({ heartbeat }) => heartbeat.health.lastSentAt !== null,
    );
    expect(read.heartbeat.health.problem).toBeNull();
    expect(JSON.stringify([read, hub.log, await readTable(hub.dataDir, 'audit')])).not.toContain(
      SECRET,
    );
    await change('/api/notification-settings', { heartbeat: { enabled: false } });
  });

  it('say so when their secrets cannot be decrypted, and take new ones', async () => {
    const { id } = await webhook({ secret: SECRET });
    const path = join(hub.dataDir, 'secret-key');
    const key = readFileSync(path, 'utf8');
    hub = await hub.restart(() =>
      writeFileSync(path, `${Buffer.alloc(32, 7).toString('base64url')}\n`),
    );
    admin = new Client(hub.url, { cookie: admin.cookie });
    expect((await admin.post(`/api/channels/${id}/test`, undefined)).status).toBe(409);
    expect((await admin.get(`/api/channels/${id}`)).body).toMatchObject({
      secrets: { secret: { set: false } },
    });
    const config = { url: receiver.url, secret: 'new' };
    expect((await change(`/api/channels/${id}`, { config })).status).toBe(200);
    expect((await admin.post(`/api/channels/${id}/test`, undefined)).body).toMatchObject({
      ok: true,
    });
    hub = await hub.restart(() => writeFileSync(path, key));
    admin = new Client(hub.url, { cookie: admin.cookie });
  });
});
