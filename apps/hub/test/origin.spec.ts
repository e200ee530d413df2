import { get, type IncomingMessage } from 'node:http';
import { Client } from './client';
import { next } from './events';
import { ADMIN, startHub, type TestHub } from './hub';
import { TestAgent } from './test-agent';

const PUBLIC_URL = 'https://hostdeck.example';

describe('a foreign page', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startHub({ environment: { HOSTDECK_PUBLIC_URL: PUBLIC_URL } });
  });
  afterAll(() => hub.close());

  it.each([['https://evil.example'], ['null'], ['http://127.0.0.1:1'], ['file://'], ['garbage']])(
    'at %s can neither sign in nor open a socket',
    async (origin) => {
      const answer = await new Client(hub.url).ask('/api/auth/login', {
        method: 'POST',
        body: ADMIN,
        headers: { origin },
      });
      expect(answer.status).toBe(403);
      const client = await Client.signIn(hub.url);
      const socket = client.live({ origin });
      await expect(next<Error>(socket, 'connect_error')).resolves.toMatchObject({
        message: 'websocket error',
      });
      socket.close();
    },
  );

  it.each([['own'], ['public'], ['none']])('is not what this is: %s', async (kind) => {
    const origin = { own: hub.url, public: PUBLIC_URL, none: '' }[kind] ?? '';
    const headers: Record<string, string> = origin === '' ? {} : { origin };
    const answer = await new Client(hub.url).ask('/api/auth/login', {
      method: 'POST',
      body: ADMIN,
      headers,
    });
    expect(answer.status).toBe(200);
    const socket = Client.fromCookie(hub.url, answer).live(headers);
    await next(socket, 'connect');
    socket.close();
  });

  it('is refused at the upgrade with 403', async () => {
    const upgrade = get(`${hub.url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        origin: 'https://evil.example',
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      },
    });
    const response = await next<IncomingMessage>(upgrade, 'response');
    expect(response.statusCode).toBe(403);
    response.resume();
    await next(response, 'close');
  });

  it('does not keep agents out, who have none', async () => {
    const agent = await TestAgent.enroll(hub.url);
    expect(await agent.connect()).toEqual({ ok: true });
    agent.socket.close();
  });

  it('marks the cookie for HTTPS only when people reach the hub that way', async () => {
    const { headers } = await new Client(hub.url).post('/api/auth/login', ADMIN);
    expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });
});
