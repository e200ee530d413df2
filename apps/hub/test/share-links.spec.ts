import type { CreatedShareLink, List, Me, ShareLink } from '@hostdeck/contracts';
import type { RouteDefinition } from '../src/openapi/route';
import { ROUTES } from '../src/openapi/routes';
import { Client } from './client';
import { next } from './events';
import { startHub, type TestHub } from './hub';
import { TestAgent } from './test-agent';

const DAY = 86_400_000;

describe('a link that lets whoever has it look', () => {
  let hub: TestHub;
  let offset = 0;
  let admin: Client;

  beforeAll(async () => {
    hub = await startHub({ clock: () => Date.now() + offset });
    admin = await Client.signIn(hub.url);
  });
  afterAll(() => hub.close());

  async function make(change: object = {}): Promise<CreatedShareLink> {
    const { status, body } = await admin.post('/api/share-links', { name: 'wall', ...change });
    expect(status).toBe(201);
    return body as CreatedShareLink;
  }

  /** Opens a link as the page of the dashboard does. */
  async function open({ url }: CreatedShareLink) {
    const secret = new URL(url).hash.slice(1);
    const answer = await new Client(hub.url).post('/api/share/session', { secret });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    return { ...answer, viewer: new Client(hub.url, { cookie: cookie ?? '' }) };
  }

  it('gives a viewer who looks and changes nothing, and says where to go', async () => {
    const link = await make({ path: '/?view=wall&kiosk' });
    const { status, body, viewer } = await open(link);
    expect(status).toBe(200);
    expect(body).toEqual({ path: '/?view=wall&kiosk' });
    const me = (await viewer.get('/api/auth/me')).body as Me;
    expect(me).toMatchObject({ username: 'shared link: wall', role: 'viewer' });
    expect((await viewer.get('/api/hosts')).status).toBe(200);
    expect((await viewer.post('/api/share-links', { name: 'more' })).status).toBe(403);
    const socket = viewer.live();
    await next(socket, 'connect');
    expect((await socket.emitWithAck('watch', { room: 'fleet' })).ok).toBe(true);
    socket.close();
  });

  it('does not show processes, of now or of the past', async () => {
    const { viewer } = await open(await make());
    const { id } = await TestAgent.enroll(hub.url);
    for (const path of ['processes', 'culprits?at=1']) {
      expect((await viewer.get(`/api/hosts/${id}/${path}`)).status).toBe(403);
    }
    const socket = viewer.live();
    await next(socket, 'connect');
    const watched = await socket.emitWithAck('watch', { room: 'processes', hostId: id });
    expect(watched).toMatchObject({ ok: false, code: 'forbidden' });
    expect((await socket.emitWithAck('watch', { room: 'host', hostId: id })).ok).toBe(true);
    socket.close();
  });

  it('has no account: no password, no sessions', async () => {
    const { viewer } = await open(await make());
    const change = { current: 'a password', password: 'another password' };
    expect((await viewer.post('/api/auth/password', change)).status).toBe(403);
    expect((await viewer.get('/api/auth/sessions')).status).toBe(403);
    expect((await viewer.ask('/api/auth/sessions', { method: 'DELETE' })).status).toBe(403);
  });

  it('changes nothing, whatever is asked by it', async () => {
    const { viewer } = await open(await make());
    const allowed: readonly RouteDefinition[] = [ROUTES.logout, ROUTES.backtest];
    const changing = Object.values<RouteDefinition>(ROUTES).filter(
      (route) => route.method !== 'GET' && route.access !== 'public' && !allowed.includes(route),
    );
    for (const { method, path } of changing) {
      const asked = path.replace(/:(id|tag)/, 'f'.repeat(32));
      const { status } = await viewer.ask(asked, { method, body: {} });
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });

  it('is listed without its secret, with its last use', async () => {
    const link = await make({ name: 'listed' });
    await open(link);
    const { items } = (await admin.get('/api/share-links')).body as List<ShareLink>;
    const listed = items.find(({ id }) => id === link.id);
    expect(listed).toMatchObject({ name: 'listed', expiresAt: null });
    expect(listed?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(items)).not.toContain(new URL(link.url).hash.slice(1));
  });

  it('closes everything that was opened by it as soon as it is revoked', async () => {
    const link = await make();
    const { viewer } = await open(link);
    const socket = viewer.live();
    await next(socket, 'connect');
    const signedOut = next(socket, 'signedOut');
    const path = `/api/share-links/${link.id}`;
    expect((await admin.ask(path, { method: 'DELETE' })).status).toBe(204);
    await signedOut;
    expect((await viewer.get('/api/hosts')).status).toBe(401);
    expect((await open(link)).status).toBe(401);
    expect((await admin.ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('ends when it was said to, for those it let in as well', async () => {
    const link = await make({ expiresAt: Date.now() + DAY });
    const { viewer } = await open(link);
    expect((await viewer.get('/api/hosts')).status).toBe(200);
    offset = 2 * DAY;
    try {
      expect((await viewer.get('/api/hosts')).status).toBe(401);
      expect((await open(link)).status).toBe(401);
    } finally {
      offset = 0;
    }
  });

  it('leads to pages of this hub only, and to a time to come', async () => {
    const refused = [
      { path: '//evil.example' },
      { path: 'https://evil.example' },
      { path: '/\\evil.example' },
      { expiresAt: Date.now() - 1 },
      { name: '' },
    ];
    for (const change of refused) {
      const { status } = await admin.post('/api/share-links', { name: 'wall', ...change });
      expect(status).toBe(400);
    }
  });

  it('ends with signing out where it was opened', async () => {
    const { viewer } = await open(await make());
    expect((await viewer.post('/api/auth/logout', {})).status).toBe(204);
    expect((await viewer.get('/api/hosts')).status).toBe(401);
  });

  it('is not guessed at length: an address that tries has to wait', async () => {
    const link = await make();
    const nobody = new Client(hub.url);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 30; attempt += 1) {
      statuses.push((await nobody.post('/api/share/session', { secret: 'wrong' })).status);
    }
    expect(statuses.slice(0, 15)).toEqual(Array<number>(15).fill(401));
    expect(statuses).toContain(429);
    // Longer than anybody has to wait.
    offset += DAY / 24;
    expect((await open(link)).status).toBe(200);
  });
});
