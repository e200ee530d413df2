import { Client } from './client';
import { ADMIN, startHub, type TestHub } from './hub';
import { readTable } from './stored';

const DAY = 86_400_000;

describe('signing in', () => {
  let hub: TestHub;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    hub = await startHub({ clock: () => now });
  });
  afterEach(() => hub.close());

  const login = (username: string, password: string) =>
    new Client(hub.url).post('/api/auth/login', { username, password });

  it('answers who it is and sets a cookie that neither scripts of pages nor other sites can use', async () => {
    const answer = await login(ADMIN.username, ADMIN.password);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      username: 'admin',
      role: 'admin',
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^hostdeck_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
    );
    const me = await Client.fromCookie(hub.url, answer).get('/api/auth/me');
    expect(me.body).toEqual(answer.body);
  });

  it('keeps neither the password nor the token', async () => {
    const answer = await login(ADMIN.username, ADMIN.password);
    const token = /=([\w-]{43});/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    const [user] = await readTable(hub.dataDir, 'users');
    expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const sessions = await readTable(hub.dataDir, 'sessions');
    expect(sessions).toHaveLength(1);
    expect(JSON.stringify(sessions)).not.toContain(token);
  });

  it('is refused alike for a wrong name and a wrong password, and is audited', async () => {
    const wrongName = await login('nobody', ADMIN.password);
    const wrongPassword = await login(ADMIN.username, 'wrong password');
    expect(wrongName.status).toBe(401);
    expect(wrongPassword.body).toEqual(wrongName.body);
    const audit = await readTable(hub.dataDir, 'audit');
    expect(audit.filter(({ action }) => action === 'login_refused')).toHaveLength(2);
  });

  it('has to wait after too many wrong passwords, also with the right one, and gets in afterwards', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await login('ADMIN', `wrong ${String(attempt)}`)).status).toBe(401);
    }
    const blocked = await login(ADMIN.username, ADMIN.password);
    expect(blocked.status).toBe(429);
    expect(blocked.headers.get('retry-after')).toBe('1');
    expect(blocked.headers.get('content-type')).toContain('application/problem+json');
    now += 1_000;
    expect((await login(ADMIN.username, ADMIN.password)).status).toBe(200);
  });

  it('takes a name written in other letters for the same account when it counts wrong passwords', async () => {
    const { username, password } = ADMIN;
    // Full-width letters, which are the same name.
    const wide = (letters: number) =>
      username.replace(/./g, (letter, place: number) =>
        place < letters ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0) : letter,
      );
    for (let attempt = 0; attempt < 5; attempt += 1) await login(wide(attempt), 'wrong');
    expect((await login(username, password)).status).toBe(429);
    now += 1_000;
    expect((await login(wide(5), password)).status).toBe(200);
  });

  it('slows down an address that tries many names', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1)
      await login(`name ${String(attempt)}`, 'wrong');
    expect((await login(ADMIN.username, ADMIN.password)).status).toBe(429);
  });

  it('ends with signing out', async () => {
    const client = await Client.signIn(hub.url);
    const answer = await client.post('/api/auth/logout', undefined);
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^hostdeck_session=;.*Max-Age=0/);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('lasts thirty days after the last use', async () => {
    const client = await Client.signIn(hub.url);
    now += 29 * DAY;
    expect((await client.get('/api/auth/me')).status).toBe(200);
    now += 29 * DAY;
    expect((await client.get('/api/auth/me')).status).toBe(200);
    now += 30 * DAY + 1;
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('is possible with an API token until that is deleted', async () => {
    const admin = await Client.signIn(hub.url);
    const { body } = await admin.post('/api/tokens', { name: 'backup', role: 'viewer' });
    const { token, id } = body as { token: string; id: string };
    expect(token).toMatch(/^hd_[\w-]{43}$/);
    const script = new Client(hub.url, { authorization: `Bearer ${token}` });
    expect((await script.get('/api/hosts')).status).toBe(200);
    const list = await admin.get('/api/tokens');
    expect(list.body).toMatchObject({
      items: [{ id, name: 'backup', role: 'viewer', lastUsedAt: now }],
    });
    expect(JSON.stringify(list.body)).not.toContain(token);
    expect((await admin.ask(`/api/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await script.get('/api/hosts')).status).toBe(401);
  });

  it('stays possible when the hub is started again', async () => {
    const client = await Client.signIn(hub.url);
    hub = await hub.restart();
    const again = new Client(hub.url, { cookie: client.cookie });
    expect((await again.get('/api/auth/me')).status).toBe(200);
  });
});
