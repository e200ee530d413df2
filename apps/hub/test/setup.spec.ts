import { Client } from './client';
import { startHub, type TestHub } from './hub';

const PERSON = { username: 'Ada', password: 'a long password' };

describe('the first start', () => {
  let hub: TestHub;
  let now: number;
  let nobody: Client;

  beforeEach(async () => {
    now = Date.now();
    hub = await startHub({ withAdmin: false, clock: () => now });
    nobody = new Client(hub.url);
  });
  afterEach(() => hub.close());

  const setUp = (code: string | null) => nobody.post('/api/setup', { ...PERSON, code });

  it('makes an administrator for whoever has the code, once, and signs them in', async () => {
    expect(hub.setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect((await nobody.get('/api/setup')).body).toEqual({ needed: true });
    const [first, second] = await Promise.all([setUp(hub.setupCode), setUp(hub.setupCode)]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    const done = first.status === 201 ? first : second;
    expect(done.body).toMatchObject({ username: 'Ada', role: 'admin' });
    const me = await Client.fromCookie(hub.url, done).get('/api/auth/me');
    expect(me.body).toEqual(done.body);
    expect((await nobody.get('/api/setup')).body).toEqual({ needed: false });
    expect((await setUp(hub.setupCode)).status).toBe(409);
  });

  it('takes the code in small letters and without the dash', async () => {
    const code = (hub.setupCode ?? '').toLowerCase().replace('-', ' ');
    expect((await setUp(code)).status).toBe(201);
  });

  it('refuses a wrong code, and makes guessing slow', async () => {
    const refused = await setUp('AAAA-AAAA');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ errors: [{ path: 'code' }] });
    for (let attempt = 0; attempt < 4; attempt += 1) await setUp('AAAA-AAAA');
    expect((await setUp(hub.setupCode)).status).toBe(429);
    now += 1_000;
    expect((await setUp(hub.setupCode)).status).toBe(201);
  });

  it('refuses a short password and names the field', async () => {
    const answer = await nobody.post('/api/setup', {
      ...PERSON,
      password: 'short',
      code: hub.setupCode,
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: 'password' }] });
  });

  it('has a new code at every start until there is an administrator', async () => {
    const before = hub.setupCode;
    hub = await hub.restart();
    nobody = new Client(hub.url);
    expect(hub.setupCode).not.toBe(before);
    expect((await setUp(before)).status).toBe(403);
    expect((await setUp(hub.setupCode)).status).toBe(201);
    hub = await hub.restart();
    expect(hub.setupCode).toBeNull();
  });
});
