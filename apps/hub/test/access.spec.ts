import type { Role } from '@hostdeck/contracts';
import { ROUTES } from '../src/openapi/routes';
import type { RouteDefinition } from '../src/openapi/route';
import { Client } from './client';
import { startHub, type TestHub } from './hub';

const ROLES: readonly Role[] = ['viewer', 'operator', 'admin'];
const TABLE: [string, RouteDefinition][] = Object.entries(ROUTES);
const UNKNOWN_ID = 'f'.repeat(32);

describe('every route', () => {
  let hub: TestHub;
  let askers: Map<string, Client>;

  beforeAll(async () => {
    hub = await startHub();
    const admin = await Client.signIn(hub.url);
    askers = new Map([['nobody', new Client(hub.url)]]);
    for (const role of ROLES) askers.set(role, await admin.script(role));
  });
  afterAll(() => hub.close());

  const ask = (asker: string, { method, path }: RouteDefinition) =>
    askers.get(asker)?.ask(path.replace(/:(id|tag)/, UNKNOWN_ID), {
      method,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
    });

  it.each(TABLE)('%s is open to those it says, and to nobody else', async (_, route) => {
    for (const asker of ['nobody', ...ROLES]) {
      const answer = await ask(asker, route);
      const needed = route.access;
      const rank = ROLES.indexOf(asker as Role);
      if (needed === 'public') {
        expect(answer?.status).not.toBe(403);
        continue;
      }
      if (asker === 'nobody') expect(answer?.status).toBe(401);
      else if (rank < ROLES.indexOf(needed)) expect(answer?.status).toBe(403);
      else expect([401, 403]).not.toContain(answer?.status);
    }
  });

  it('that needs a right refuses a token nobody gave out, and a session that never was', async () => {
    const forged = new Client(hub.url, { authorization: `Bearer hd_${'a'.repeat(43)}` });
    const stale = new Client(hub.url, { cookie: `hostdeck_session=${'a'.repeat(43)}` });
    expect((await forged.get('/api/hosts')).status).toBe(401);
    expect((await stale.get('/api/hosts')).status).toBe(401);
  });

  it('answers with problem documents only', async () => {
    const nobody = new Client(hub.url);
    const answers = [
      await nobody.get('/api/nothing'),
      await nobody.get('/api'),
      await nobody.ask('/api/auth/login', { method: 'POST', body: '{"username":' }),
      await nobody.ask('/api/auth/login', {
        method: 'POST',
        body: { username: 'x'.repeat(200_000) },
      }),
      await nobody.ask('/api/health', { method: 'DELETE' }),
      await nobody.get('/api/hosts'),
      await nobody.get('/api/hosts/%E0%A4%A'),
      await nobody.ask('/api/auth/login', {
        method: 'POST',
        body: 'username=a',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 400, 413, 404, 401, 400, 400]);
    for (const { status, headers, body } of answers) {
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body).toMatchObject({ status, title: expect.any(String) as string });
      expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:/);
    }
  });

  it('refuses parameters and fields it does not know, and names them', async () => {
    const admin = askers.get('admin');
    const unknownParameter = await admin?.get('/api/hosts?limt=1&__proto__=2');
    expect(unknownParameter?.status).toBe(400);
    expect(unknownParameter?.body).toMatchObject({
      errors: [{ path: 'limt' }, { path: '__proto__' }],
    });
    const onNone = await admin?.get('/api/health?verbose=1');
    expect(onNone?.body).toMatchObject({ status: 400, errors: [{ path: 'verbose' }] });
    const field = await admin?.post('/api/enrollment-tokens', { useses: 3 });
    expect(field?.body).toMatchObject({ status: 400, errors: [{ path: 'useses' }] });
  });

  it('is in the OpenAPI document', async () => {
    const { body } = await new Client(hub.url).get('/api/openapi.json');
    const { openapi, paths } = body as { openapi: string; paths: Record<string, object> };
    expect(openapi).toBe('3.1.0');
    for (const [, { path, method }] of TABLE) {
      const documented = paths[path.replace(/:(\w+)/g, '{$1}')];
      expect(documented).toHaveProperty(method.toLowerCase());
    }
    expect(paths['/api/hosts/{id}/series']).toMatchObject({
      get: {
        parameters: expect.arrayContaining([
          expect.objectContaining({ name: 'maxPoints', in: 'query' }),
        ]) as unknown[],
      },
    });
  });
});
