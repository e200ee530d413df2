import type { AuditEntryInfo, List } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { openStored } from './stored';

const START = 1_795_000_000_000;

describe('the audit trail', () => {
  let hub: TestHub;
  let admin: Client;
  let now = START;

  beforeAll(async () => {
    hub = await startHub({ clock: () => now });
    admin = await Client.signIn(hub.url);
    for (const username of ['Ada', 'Bea', 'Cid']) {
      now += 1_000;
      await admin.post('/api/users', { username, role: 'viewer' });
    }
    now += 1_000;
    const stranger = { username: '=HYPERLINK("http://evil\u202e.example")', password: 'wrong' };
    await new Client(hub.url).post('/api/auth/login', stranger);
  });
  afterAll(() => hub.close());

  const list = async (query: string) => {
    const { status, body } = await admin.get(`/api/audit${query}`);
    expect(status).toBe(200);
    return body as List<AuditEntryInfo>;
  };
  const actions = async (query: string) => (await list(query)).items.map(({ action }) => action);

  it('is read page by page, the newest first', async () => {
    const entries: AuditEntryInfo[] = [];
    let cursor = '';
    do {
      const { items, next } = await list(`?limit=2${cursor}`);
      entries.push(...items);
      cursor = next === undefined ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(entries.map(({ action }) => action)).toEqual([
      'login_refused',
      'user_created',
      'user_created',
      'user_created',
      'login',
      'setup',
    ]);
    expect(entries[1]).toEqual({
      id: expect.any(Number) as number,
      at: START + 3_000,
      actor: 'admin',
      address: '127.0.0.1',
      action: 'user_created',
      detail: { id: expect.any(String) as string, username: 'Cid', role: 'viewer' },
    });
    expect(entries.at(-1)).toMatchObject({ address: null });
  });

  it('is asked by whom, what and when', async () => {
    expect(await actions('?action=user_created')).toHaveLength(3);
    expect(await actions('?actor=hyperLINK')).toEqual(['login_refused']);
    expect(await actions('?actor=%25')).toEqual([]);
    expect(await actions(`?from=${String(START + 1_000)}&to=${String(START + 3_000)}`)).toEqual([
      'user_created',
      'user_created',
    ]);
    expect(await actions('?actor=ADMIN&action=login')).toEqual(['login']);
    for (const wrong of ['action=nothing', 'cursor=x', 'from=2&to=1', 'limit=0', 'who=me']) {
      expect((await admin.get(`/api/audit?${wrong}`)).status).toBe(400);
    }
  });

  it('is exported with the same questions, and nothing in it is a formula', async () => {
    const { headers, body } = await admin.get('/api/audit/export');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toContain('hostdeck-audit-');
    const lines = String(body).trimEnd().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('time,actor,address,action,detail');
    expect(lines[1]).toBe(
      `${new Date(now).toISOString()},"'=HYPERLINK(""http://evil\ufffd.example"")",127.0.0.1,login_refused,{}`,
    );
    const one = await admin.get('/api/audit/export?action=login&limit=3');
    expect(one.status).toBe(400);
    const login = await admin.get('/api/audit/export?action=login');
    expect(String(login.body).trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('is exported whole when it is longer than what is read at once', async () => {
    const stored = await openStored(hub.dataDir, false);
    await stored.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
       INSERT INTO audit (at, actor, address, action, detail)
       SELECT ${String(START)} + i, 'many', NULL, 'logout', '{"n":' || i || '}' FROM n`,
    );
    await stored.close();
    const { body } = await admin.get('/api/audit/export?actor=many');
    const numbers = [...String(body).matchAll(/"{""n"":(\d+)}"/g)].map(([, n]) => Number(n));
    expect(numbers).toEqual(Array.from({ length: 1_200 }, (_, index) => 1_200 - index));
  });

  it('is for administrators, with an account or a token of theirs', async () => {
    const [operator, script] = [await admin.script('operator'), await admin.script('admin')];
    for (const path of ['/api/audit', '/api/audit/export']) {
      expect((await new Client(hub.url).get(path)).status).toBe(401);
      expect((await operator.get(path)).status).toBe(403);
      expect((await script.get(path)).status).toBe(200);
    }
  });
});
