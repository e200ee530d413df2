import type { CreatedUser, FleetSnapshot, Result, Role, UserInfo } from '@hostdeck/contracts';
import { Client, type LiveClient } from './client';
import { next } from './events';
import { ADMIN, startHub, type TestHub } from './hub';
import { readTable } from './stored';

const PASSWORD = 'a password of one’s own';
const DAY = 86_400_000;

describe('users', () => {
  let hub: TestHub;
  let admin: Client;
  let now: number;
  let sockets: LiveClient[];

  beforeEach(async () => {
    now = Date.now();
    sockets = [];
    hub = await startHub({ clock: () => now });
    admin = await Client.signIn(hub.url);
  });
  afterEach(async () => {
    for (const socket of sockets) socket.close();
    await hub.close();
  });

  const create = async (username: string, role: Role = 'viewer') =>
    (await admin.post('/api/users', { username, role })).body as CreatedUser;
  const accept = (token: string, password = PASSWORD) =>
    new Client(hub.url).post('/api/invites/accept', { token, password });
  const join = async (username: string, role?: Role) => {
    const { user, invite } = await create(username, role);
    return { id: user.id, client: Client.fromCookie(hub.url, await accept(invite.token)) };
  };
  const change = (id: string, body: object) =>
    admin.ask(`/api/users/${id}`, { method: 'PATCH', body });
  const remove = (path: string, who = admin) => who.ask(path, { method: 'DELETE' });
  const watch = async (client: Client) => {
    const socket = client.live();
    sockets.push(socket);
    await next(socket, 'connect');
    const result: Result<{ snapshot: unknown }> = await socket.emitWithAck('watch', {
      room: 'fleet',
    });
    expect((result as { snapshot: FleetSnapshot }).snapshot.cards).toEqual([]);
    return socket;
  };
  const myId = async (client: Client) =>
    ((await client.get('/api/auth/me')).body as { id: string }).id;

  it('are invited by a link that is good once, for a week, and set their own password', async () => {
    const { user, invite } = await create('Ada', 'operator');
    expect(user).toMatchObject({
      username: 'Ada',
      role: 'operator',
      status: 'invited',
      lastSignInAt: null,
    });
    expect(invite.path).toBe(`/invite#${invite.token}`);
    expect(JSON.stringify(await readTable(hub.dataDir, 'user_invites'))).not.toContain(
      invite.token,
    );
    const anybody = new Client(hub.url);
    expect((await anybody.post('/api/invites/check', { token: invite.token })).body).toEqual({
      username: 'Ada',
      expiresAt: now + 7 * DAY,
    });
    expect((await anybody.post('/api/auth/login', { username: 'Ada', password: '' })).status).toBe(
      401,
    );
    expect((await accept(invite.token, 'short')).status).toBe(400);
    const signedIn = await accept(invite.token);
    expect(signedIn.body).toEqual({ id: user.id, username: 'Ada', role: 'operator' });
    expect((await accept(invite.token)).status).toBe(404);
    await Client.signIn(hub.url, { username: 'ada', password: PASSWORD });
    const { items } = (await admin.get('/api/users')).body as { items: UserInfo[] };
    expect(items.find(({ id }) => id === user.id)).toMatchObject({
      status: 'active',
      lastSignInAt: now,
    });
    expect((await admin.post('/api/users', { username: 'ADA', role: 'viewer' })).status).toBe(409);
    const late = await create('late');
    now += 7 * DAY;
    expect((await accept(late.invite.token)).status).toBe(404);
  });

  it('get a new link when they forgot their password; it ends their sessions, the old link is good no longer', async () => {
    const { id, client } = await join('Ada');
    const first = (await admin.post(`/api/users/${id}/invite`, undefined)).body as {
      token: string;
    };
    const second = (await admin.post(`/api/users/${id}/invite`, undefined)).body as {
      token: string;
    };
    expect((await accept(first.token)).status).toBe(404);
    expect((await client.get('/api/auth/me')).status).toBe(200);
    expect((await accept(second.token, 'another password')).status).toBe(200);
    expect((await client.get('/api/auth/me')).status).toBe(401);
    await Client.signIn(hub.url, { username: 'Ada', password: 'another password' });
  });

  it('lose a role at once, in requests and on open sockets', async () => {
    const { id, client } = await join('Ada', 'operator');
    expect((await client.get('/api/enrollment-tokens')).status).toBe(200);
    const socket = await watch(client);
    expect((await change(id, { role: 'viewer' })).body).toMatchObject({ role: 'viewer' });
    expect((await client.get('/api/enrollment-tokens')).status).toBe(403);
    // A viewer may still watch: the socket stays.
    const again = await socket.emitWithAck('watch', { room: 'fleet' });
    expect(again.ok).toBe(true);
    expect(socket.connected).toBe(true);
  });

  it.each([
    ['disabled', (id: string) => change(id, { disabled: true })],
    ['removed', (id: string) => remove(`/api/users/${id}`)],
    ['signed out by an administrator', (id: string) => remove(`/api/users/${id}/sessions`)],
  ])('that are %s are out at once, with their sockets', async (what, act) => {
    const { id, client } = await join('Ada');
    const socket = await watch(client);
    const told = next(socket, 'signedOut');
    const gone = next(socket, 'disconnect');
    expect((await act(id)).status).toBeLessThan(300);
    await Promise.all([told, gone]);
    expect((await client.get('/api/auth/me')).status).toBe(401);
    const login = await new Client(hub.url).post('/api/auth/login', {
      username: 'Ada',
      password: PASSWORD,
    });
    expect(login.status).toBe(what === 'signed out by an administrator' ? 200 : 401);
  });

  it('that were disabled can sign in again when they are enabled', async () => {
    const { id } = await join('Ada');
    await change(id, { disabled: true });
    await change(id, { disabled: false });
    await Client.signIn(hub.url, { username: 'Ada', password: PASSWORD });
  });

  it('change their password with the old one, which ends their other sessions and sockets', async () => {
    const { client } = await join('Ada');
    const other = await Client.signIn(hub.url, { username: 'Ada', password: PASSWORD });
    const socket = await watch(other);
    const kept = await watch(client);
    const wrong = await client.post('/api/auth/password', {
      current: 'wrong',
      password: 'a new password',
    });
    expect(wrong.status).toBe(403);
    expect(wrong.body).toMatchObject({ errors: [{ path: 'current' }] });
    const gone = next(socket, 'disconnect');
    const done = await client.post('/api/auth/password', {
      current: PASSWORD,
      password: 'a new password',
    });
    expect(done.status).toBe(204);
    await gone;
    expect((await other.get('/api/auth/me')).status).toBe(401);
    expect((await client.get('/api/auth/me')).status).toBe(200);
    expect(kept.connected).toBe(true);
    await Client.signIn(hub.url, { username: 'Ada', password: 'a new password' });
    const script = await admin.script('viewer');
    const body = { current: PASSWORD, password: 'a new password' };
    expect((await script.post('/api/auth/password', body)).status).toBe(409);
  });

  it('cannot have their password guessed through changing it', async () => {
    const { client } = await join('Ada');
    const guess = () =>
      client.post('/api/auth/password', { current: 'wrong', password: 'a new password' });
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await guess()).status).toBe(403);
    expect((await guess()).status).toBe(429);
  });

  it('see where they are signed in and end a session there', async () => {
    const { client } = await join('Ada');
    const other = await Client.signIn(hub.url, { username: 'Ada', password: PASSWORD });
    const { items } = (await client.get('/api/auth/sessions')).body as {
      items: { id: string; current: boolean; address: string; browser: string }[];
    };
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ address: '127.0.0.1', browser: 'node' });
    const foreign = items.find(({ current }) => !current);
    expect((await remove(`/api/auth/sessions/${foreign?.id ?? ''}`, admin)).status).toBe(404);
    expect((await remove(`/api/auth/sessions/${foreign?.id ?? ''}`, client)).status).toBe(204);
    expect((await other.get('/api/auth/me')).status).toBe(401);
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  it('end all their other sessions at once, and keep the one they are in', async () => {
    const { client } = await join('Ada');
    const others = [
      await Client.signIn(hub.url, { username: 'Ada', password: PASSWORD }),
      await Client.signIn(hub.url, { username: 'Ada', password: PASSWORD }),
    ];
    const watching = await Promise.all(others.map(watch));
    const gone = watching.map((socket) => next(socket, 'disconnect'));
    expect((await remove('/api/auth/sessions', client)).status).toBe(204);
    await Promise.all(gone);
    for (const other of others) expect((await other.get('/api/auth/me')).status).toBe(401);
    const { items } = (await client.get('/api/auth/sessions')).body as { items: object[] };
    expect(items).toEqual([expect.objectContaining({ current: true })]);
    expect((await admin.get('/api/auth/me')).status).toBe(200);
  });

  it('always keep an administrator who can sign in', async () => {
    const id = await myId(admin);
    const invited = await create('Bea', 'admin');
    for (const refused of [
      await change(id, { role: 'viewer' }),
      await change(id, { disabled: true }),
      await remove(`/api/users/${id}`),
    ]) {
      expect(refused.status).toBe(409);
    }
    await accept(invited.invite.token);
    expect((await change(id, { role: 'viewer' })).status).toBe(200);
    expect((await admin.get('/api/users')).status).toBe(403);
    await Client.signIn(hub.url, ADMIN);
  });

  it('are kept by administrators only, and all of it is audited, without a secret', async () => {
    const { id, client } = await join('Ada', 'operator');
    expect((await client.get('/api/users')).status).toBe(403);
    expect((await client.post('/api/users', { username: 'x', role: 'admin' })).status).toBe(403);
    const invite = (await admin.post(`/api/users/${id}/invite`, undefined)).body as {
      token: string;
    };
    await change(id, { role: 'viewer' });
    await client.post('/api/auth/password', { current: PASSWORD, password: 'a new password' });
    await remove(`/api/users/${id}`);
    const audit = await readTable(hub.dataDir, 'audit');
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'user_created',
        'invite_accepted',
        'user_invited',
        'user_changed',
        'password_changed',
        'user_removed',
      ]),
    );
    const text = JSON.stringify([audit, hub.log]);
    for (const secret of [invite.token, PASSWORD, 'a new password'])
      expect(text).not.toContain(secret);
  });
});
