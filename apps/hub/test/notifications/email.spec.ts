import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { temporaryFolder } from '../hub';
import { message } from './messages';
import { Notifying } from './notifying';
import { SmtpReceiver, type Reply, type Step } from './smtp-receiver';

describe('mails', () => {
  let folder: string;
  let receiver: SmtpReceiver;
  let notifying: Notifying;
  let now: number;

  const channel = (config = {}) =>
    notifying.channel({
      kind: 'email',
      config: {
        host: '127.0.0.1',
        port: receiver.port,
        encryption: 'none',
        from: 'Hostdeck <hub@example.com>',
        to: ['ops@example.com', 'Night <night@example.com>'],
        ...config,
      },
    });

  beforeEach(async () => {
    now = 1_700_000_000_000;
    folder = await temporaryFolder();
    receiver = await SmtpReceiver.start();
    notifying = await Notifying.open(folder, { now: () => now });
    await notifying.queue.start();
  });
  afterEach(async () => {
    await notifying.close();
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('arrive at all receivers, as text and HTML, in one thread for one incident', async () => {
    await channel();
    await notifying.enqueue(
      message('1', { incidentId: 'i', title: 'Grüße <b> 100 %' }),
      message('2', { incidentId: 'i', kind: 'resolved' }),
    );
    await notifying.settled(({ state }) => state === 'delivered');
    const [first, second] = receiver.received;
    expect(first).toMatchObject({
      from: 'hub@example.com',
      to: ['ops@example.com', 'night@example.com'],
    });
    expect(first?.text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(first?.text).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(first?.text).toContain('multipart/alternative');
    const thread = /^In-Reply-To: (<[0-9a-f]{40}@hostdeck>)/m;
    expect(thread.exec(second?.text ?? '')?.[1]).toBe(thread.exec(first?.text ?? '')?.[1]);
    const id = /^Message-ID: (\S+)/im;
    expect(id.exec(second?.text ?? '')?.[1]).not.toBe(id.exec(first?.text ?? '')?.[1]);
  });

  it.each<[string, { step: Step; reply: Reply }]>([
    ['is busy', { step: 'greeting', reply: '421 later' }],
    ['cannot take it now', { step: 'message', reply: '451 later' }],
    ['closes in the middle', { step: 'DATA', reply: null }],
    ['closes after the message', { step: 'message', reply: null }],
  ])('are sent again when the server %s, with the same Message-ID', async (_, next) => {
    await channel();
    receiver.next.push(next);
    await notifying.enqueue(message('one'));
    await notifying.settled(({ error }) => error !== null);
    now += 60_000;
    await notifying.settled(({ state }) => state === 'delivered');
    const ids = receiver.received.map(({ text }) => /^Message-ID: (\S+)/im.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });

  it('that are refused for good are marked, with what the server said', async () => {
    await channel();
    receiver.next.push({ step: 'MAIL', reply: '550 not from you' });
    await notifying.enqueue(message('one'));
    const [delivery] = await notifying.settled(({ finishedAt }) => finishedAt !== null);
    expect(delivery).toMatchObject({ state: 'failed', error: { reason: 'rejected', status: 550 } });
    expect(delivery?.error?.message).toContain('not from you');
  });

  it('are never sent in the clear when encryption is asked for', async () => {
    await channel({ encryption: 'starttls', username: 'user', password: 'secret password' });
    await notifying.enqueue(message('one'));
    await notifying.settled(({ error }) => error?.reason === 'tls');
    expect(receiver.received).toHaveLength(0);
  });

  it('wait when nobody listens', async () => {
    const closed = createServer();
    const port = await new Promise<number>((resolve) => {
      closed.listen(0, '127.0.0.1', () => {
        const address = closed.address();
        closed.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
      });
    });
    await channel({ port });
    await notifying.enqueue(message('one'));
    const [delivery] = await notifying.settled(({ error }) => error !== null);
    expect(delivery).toMatchObject({ state: 'waiting', error: { reason: 'unreachable' } });
  });
});
