import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Client } from './client';
import { startHub, temporaryFolder, type TestHub } from './hub';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5_000))});`;

describe('the web app', () => {
  let hub: TestHub;
  let folder: string;
  let nobody: Client;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const web = join(folder, 'web');
    await mkdir(join(web, 'media'), { recursive: true });
    await writeFile(join(web, 'index.html'), '<!doctype html><title>Hostdeck</title>');
    await writeFile(join(web, 'main-ABCD1234.js'), SCRIPT);
    await writeFile(join(web, 'main-ABCD1234.js.map'), '{}');
    await writeFile(join(web, 'chunk-abcd1234.js'), SCRIPT);
    await writeFile(join(web, 'chunk-abcd1234.js.br'), brotliCompressSync('by the build'));
    await writeFile(join(web, 'chunk-abcd1234.js.gz'), gzipSync('by the build'));
    await writeFile(join(web, 'media', 'font-ZYXW9876.woff2'), 'font');
    await mkdir(join(folder, 'agent'));
    await writeFile(join(folder, 'agent', 'main.js'), 'agent();');
    hub = await startHub({ folders: { web, agent: join(folder, 'agent') } });
    nobody = new Client(hub.url);
  });
  afterAll(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([['/'], ['/setup'], ['/hosts/0123'], ['/index.html']])('is at %s', async (path) => {
    const { status, headers, body } = await nobody.get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(body).toContain('<title>Hostdeck</title>');
  });

  it.each([
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', null],
  ])(
    'is compressed for those who take %s, and kept for ever where the name says what is in it',
    async (accepted, encoding) => {
      const answer = await nobody.ask('/main-ABCD1234.js', {
        headers: { 'accept-encoding': accepted },
      });
      expect(answer.body).toBe(SCRIPT);
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const etag = answer.headers.get('etag') ?? '';
      const again = await nobody.ask('/main-ABCD1234.js', { headers: { 'if-none-match': etag } });
      expect(again.status).toBe(304);
    },
  );

  it.each([['br'], ['gzip']])('is sent in %s as the build has compressed it', async (accepted) => {
    const answer = await nobody.ask('/chunk-abcd1234.js', {
      headers: { 'accept-encoding': accepted },
    });
    expect(answer.headers.get('content-encoding')).toBe(accepted);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.body).toBe('by the build');
  });

  it.each([
    ['/missing.js'],
    ['/chunk-abcd1234.js.br'],
    ['/main-ABCD1234.js.map'],
    ['/../agent/main.js'],
    ['/%2e%2e/agent/main.js'],
    ['/media/..%2f..%2fagent%2fmain.js'],
  ])('has no %s', async (path) => {
    const { status, body } = await nobody.get(path);
    expect(status).toBe(404);
    expect(body).not.toContain('agent()');
  });

  it('may only load and do what comes from the hub', async () => {
    const { headers } = await nobody.get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ws://${new URL(hub.url).host}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('comes with the description of the interface, all of it from the hub', async () => {
    const { status, body } = await nobody.get('/api/docs');
    expect(status).toBe(200);
    const sources = [...String(body).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source ?? '',
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect(new URL(source, `${hub.url}/api/docs`).origin).toBe(hub.url);
      expect((await nobody.get(new URL(source, `${hub.url}/api/docs`).pathname)).status).toBe(200);
    }
    expect(body).not.toMatch(/<script>[^<]/);
  });

  it('comes with the agent for other machines', async () => {
    const { status, headers, body } = await nobody.get('/api/agent/main.js');
    expect({ status, body }).toEqual({ status: 200, body: 'agent();' });
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('says what to do when it was not built, while everything else works', async () => {
    const bare = await startHub();
    const client = new Client(bare.url);
    const page = await client.get('/');
    expect(page.status).toBe(503);
    expect(page.body).toContain('npm run build');
    expect((await client.get('/api/health')).body).toEqual({
      status: 'ok',
      version: expect.any(String) as string,
    });
    expect((await client.get('/api/agent/main.js')).status).toBe(404);
    await bare.close();
  });
});
