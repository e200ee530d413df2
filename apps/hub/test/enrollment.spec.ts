import type { Enrolled } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { readTable } from './stored';
import { newKeyPair, requestEnrollment } from './test-agent';

describe('joining', () => {
  let hub: TestHub;
  let now: number;
  let admin: Client;

  beforeEach(async () => {
    now = Date.now();
    hub = await startHub({ clock: () => now });
    admin = await Client.signIn(hub.url);
  });
  afterEach(() => hub.close());

  const join = (token: string) =>
    requestEnrollment(hub.url, { token, publicKey: newKeyPair().publicKey, tags: ['rack:1'] });

  it('gives the agent an id and the key of the hub, and the host the tags of token and agent', async () => {
    const { token, command } = await admin.joinToken({ tags: ['web', 'rack:1'] });
    expect(command).toContain(`enroll --hub ${hub.url} --token ${token}`);
    const answer = await join(token);
    expect(answer.status).toBe(201);
    const { agentId, hubPublicKey } = answer.body as Enrolled;
    expect(hubPublicKey).toMatch(/^[\w-]{43}$/);
    const host = await admin.get(`/api/hosts/${agentId}`);
    expect(host.body).toMatchObject({
      id: agentId,
      name: 'web-1',
      tags: ['web', 'rack:1'],
      facts: null,
      lastSeen: null,
      dataAge: null,
      latest: {},
    });
  });

  it('is refused alike with a wrong, an expired and a used-up token, and is audited', async () => {
    const once = await admin.joinToken({ uses: 1 });
    const expired = await admin.joinToken({ expiresIn: 1_000 });
    expect((await join(once.token)).status).toBe(201);
    now += 1_000;
    const refusals = [await join(once.token), await join(expired.token), await join('guessed')];
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(refusals.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const audit = await readTable(hub.dataDir, 'audit');
    expect(audit.filter(({ action }) => action === 'enrollment_refused')).toHaveLength(3);
    const hosts = await admin.get('/api/hosts');
    expect((hosts.body as { items: object[] }).items).toHaveLength(1);
  });

  it('lets as many in as the token says, however they race', async () => {
    const { token } = await admin.joinToken({ uses: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => join(token)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  });

  it('is refused once the token is revoked', async () => {
    const { token, id } = await admin.joinToken();
    expect((await admin.get('/api/enrollment-tokens')).body).toMatchObject({
      items: [{ id, uses: 1 }],
    });
    await admin.ask(`/api/enrollment-tokens/${id}`, { method: 'DELETE' });
    expect((await join(token)).status).toBe(401);
    expect((await admin.get('/api/enrollment-tokens')).body).toEqual({ items: [] });
  });

  it('again with the same key gives the same id: the answer may have been lost', async () => {
    const { token } = await admin.joinToken({ uses: 1 });
    const { publicKey } = newKeyPair();
    const first = await requestEnrollment(hub.url, { token, publicKey });
    const second = await requestEnrollment(hub.url, { token, publicKey });
    expect(second.body).toEqual(first.body);
  });

  it('again with the same key uses nothing of the token', async () => {
    const { token } = await admin.joinToken({ uses: 2 });
    const { publicKey } = newKeyPair();
    await requestEnrollment(hub.url, { token, publicKey });
    await requestEnrollment(hub.url, { token, publicKey });
    expect((await join(token)).status).toBe(201);
    expect((await join(token)).status).toBe(401);
  });

  it('makes an address that guesses wait', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) await join('guessed');
    expect((await join('guessed')).status).toBe(429);
  });

  it('keeps no join token, and keeps the key of the hub to its owner', async () => {
    const { token } = await admin.joinToken();
    expect(JSON.stringify(await readTable(hub.dataDir, 'enrollment_tokens'))).not.toContain(token);
    const { mode } = await import('node:fs/promises').then(({ stat }) =>
      stat(`${hub.dataDir}/hub-key.pem`),
    );
    expect(mode & 0o777).toBe(0o600);
  });

  it('makes a name from outside harmless', async () => {
    const { publicKey } = newKeyPair();
    const answer = await requestEnrollment(hub.url, {
      publicKey,
      hostname: 'a\u202eb\u001b[31m\ud800',
    });
    const { agentId } = answer.body as Enrolled;
    expect((await admin.get(`/api/hosts/${agentId}`)).body).toMatchObject({
      name: 'a\ufffdb\ufffd[31m\ufffd',
    });
  });
});
