import { randomBytes, verify, createPublicKey } from 'node:crypto';
import { proofText } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { newKeyPair, TestAgent } from './test-agent';

function closed(agent: TestAgent): Promise<boolean> {
  return eventually(
    () => agent.socket.connected,
    (connected) => !connected,
  );
}

describe('the handshake of an agent', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startHub({ proofTime: 300 });
  });
  afterAll(() => hub.close());

  it('begins with the proof of the hub over the nonce of the agent', async () => {
    const agent = await TestAgent.enroll(hub.url);
    const { nonce, signature, agentNonce, protocol } = await agent.open();
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: agent.hubPublicKey },
      format: 'jwk',
    });
    const text = proofText('hub', { agentId: agent.id, agentNonce, hubNonce: nonce });
    expect(protocol).toBe(1);
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))).toBe(true);
    agent.socket.close();
  });

  it('answers hello with what is stored, the settings, the limits and the clock', async () => {
    const agent = await TestAgent.enroll(hub.url);
    expect(await agent.connect()).toEqual({ ok: true });
    const hello = await agent.hello({ sentAt: Date.now() + 3_600_000 });
    expect(hello).toMatchObject({
      ok: true,
      stored: [],
      settings: { interval: 2_000 },
      limits: { messageBytes: 262_144, framesPerBatch: 100, seriesPerSchema: 2_000 },
    });
    if (hello.ok) expect(Math.abs(hello.hubTime - Date.now())).toBeLessThan(60_000);
    const admin = await Client.signIn(hub.url);
    const { body } = await admin.get(`/api/hosts/${agent.id}`);
    const { clockOffset, facts } = body as { clockOffset: number; facts: object };
    expect(Math.abs(clockOffset - 3_600_000)).toBeLessThan(60_000);
    expect(facts).toMatchObject({ hostname: 'web-1', os: 'Debian GNU/Linux 12', swapTotal: null });
    agent.socket.close();
  });

  it('closes the socket of one that proves nothing in time', async () => {
    const agent = await TestAgent.enroll(hub.url);
    await agent.open();
    expect(await next(agent.socket, 'disconnect')).toBe('io server disconnect');
  });

  it('refuses a wrong key and closes the socket', async () => {
    const agent = await TestAgent.enroll(hub.url);
    const { privateKey } = newKeyPair();
    expect(await agent.connect(privateKey)).toMatchObject({ ok: false, code: 'unauthorized' });
    await closed(agent);
  });

  it('refuses a proof that belongs to another agent or to the hub', async () => {
    const [agent, other] = [await TestAgent.enroll(hub.url), await TestAgent.enroll(hub.url)];
    const { signature } = await agent.open();
    expect(await agent.sendAnything('prove', { signature })).toMatchObject({
      code: 'unauthorized',
    });
    await other.open({ agentId: agent.id });
    await closed(agent);
    await closed(other);
  });

  it.each([
    ['an id nobody has', { agentId: randomBytes(16).toString('hex') }, 'unauthorized'],
    ['no id', { agentId: undefined }, 'unauthorized'],
    ['a nonce that is none', { nonce: 'short' }, 'unauthorized'],
    ['more than is asked', { admin: true }, 'unauthorized'],
    ['another protocol', { protocol: { min: 2, max: 3 } }, 'unsupported_protocol'],
  ])('refuses %s before anything else', async (_, auth, code) => {
    const agent = await TestAgent.enroll(hub.url);
    await expect(agent.open(auth)).rejects.toMatchObject({
      message: code,
      data: { ok: false, code },
    });
    agent.socket.close();
  });

  it('needs every step before the next', async () => {
    const agent = await TestAgent.enroll(hub.url);
    await agent.open();
    expect(await agent.hello()).toMatchObject({ code: 'out_of_order' });
    expect(await agent.schema(1, [])).toMatchObject({ code: 'out_of_order' });
    expect(await agent.send([0, 1, []])).toMatchObject({ code: 'out_of_order' });
    agent.socket.close();
    expect(await agent.connect()).toEqual({ ok: true });
    expect(await agent.schema(1, [])).toMatchObject({ code: 'out_of_order' });
    expect(await agent.hello()).toMatchObject({ ok: true });
    expect(await agent.hello()).toMatchObject({ code: 'out_of_order' });
    expect(await agent.sendAnything('prove', { signature: 'a' })).toMatchObject({
      code: 'out_of_order',
    });
    agent.socket.close();
  });

  it('lets the newest connection of an identity replace the one before', async () => {
    const agent = await TestAgent.join(hub.url);
    const first = agent.socket;
    const goodbye = next(first, 'goodbye');
    const closed = next(first, 'disconnect');
    await agent.ready();
    expect(await goodbye).toMatchObject({ reason: 'replaced' });
    await closed;
    expect(await agent.send([0, Date.now(), [1, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    expect(hub.log.some(({ msg }) => msg.includes('same identity'))).toBe(true);
    agent.socket.close();
  });

  it('sends the agent of a removed host away, for good', async () => {
    const agent = await TestAgent.join(hub.url);
    await agent.send([0, Date.now(), [1, 2, 3]]);
    const goodbye = next(agent.socket, 'goodbye');
    const admin = await Client.signIn(hub.url);
    expect((await admin.ask(`/api/hosts/${agent.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await goodbye).toMatchObject({ reason: 'revoked' });
    await expect(agent.open()).rejects.toThrow('unauthorized');
    expect((await admin.get(`/api/hosts/${agent.id}`)).status).toBe(404);
  });

  it('tells agents when the hub stops', async () => {
    const other = await startHub();
    const agent = await TestAgent.join(other.url);
    const goodbye = next(agent.socket, 'goodbye');
    await other.close();
    expect(await goodbye).toMatchObject({ reason: 'restart' });
    await closed(agent);
  });
});
