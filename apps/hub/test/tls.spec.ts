import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { ADMIN, startHub } from './hub';

const CERT = fileURLToPath(new URL('fixtures/loopback-cert.pem', import.meta.url));
const KEY = fileURLToPath(new URL('fixtures/loopback-key.pem', import.meta.url));

describe('a hub with a certificate', () => {
  it('speaks HTTPS, and its cookie never leaves without', async () => {
    const hub = await startHub({
      environment: { HOSTDECK_TLS_CERT: CERT, HOSTDECK_TLS_KEY: KEY },
    });
    expect(hub.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const login = request(`${hub.url}/api/auth/login`, {
      method: 'POST',
      ca: readFileSync(CERT),
      headers: { 'content-type': 'application/json' },
    });
    login.end(JSON.stringify(ADMIN));
    const [response] = (await once(login, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    expect(response.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
    expect(response.headers['strict-transport-security']).toBe('max-age=31536000');
    response.resume();
    await once(response, 'end');
    await hub.close();
  });
});
