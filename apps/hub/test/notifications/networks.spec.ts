import { rm } from 'node:fs/promises';
import { AddressPolicy, parseNetwork } from '../../src/notifications/sending/networks';
import { temporaryFolder } from '../hub';
import { answer, HttpReceiver } from './http-receiver';
import { message } from './messages';
import { Notifying } from './notifying';
import { SmtpReceiver } from './smtp-receiver';

describe('addresses that may be sent to', () => {
  const usual = new AddressPolicy([]);

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('are not %s', (address) => {
    expect(usual.permits(address)).toBe(false);
  });

  it.each(['93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:8.8.8.8'])(
    'are %s',
    (address) => {
      expect(usual.permits(address)).toBe(true);
    },
  );

  it('are those of networks an administrator allows, also mapped, and no others', () => {
    const policy = new AddressPolicy(['10.0.0.0/8', 'fd00::/8', '192.168.1.7']);
    expect(policy.permits('10.9.9.9')).toBe(true);
    expect(policy.permits('::ffff:10.9.9.9')).toBe(true);
    expect(policy.permits('fd12::1')).toBe(true);
    expect(policy.permits('192.168.1.7')).toBe(true);
    expect(policy.permits('192.168.1.8')).toBe(false);
  });

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.0/8/8',
    'localhost',
    '10.0.0.0/-1',
  ])('are not given as %j', (text) => {
    expect(parseNetwork(text)).toBeNull();
  });
});

describe('sending to addresses that are blocked', () => {
  let folder: string;
  let receiver: HttpReceiver;
  let mails: SmtpReceiver;
  let notifying: Notifying;
  let answers: string[][];

  beforeEach(async () => {
    folder = await temporaryFolder();
    receiver = await HttpReceiver.start();
    mails = await SmtpReceiver.start();
    answers = [];
    notifying = await Notifying.open(folder, {
      networks: [],
      resolver: () =>
        Promise.resolve(
          (answers.shift() ?? []).map((address) => ({
            address,
            family: address.includes(':') ? 6 : 4,
          })),
        ),
    });
    await notifying.queue.start();
  });
  afterEach(async () => {
    await notifying.close();
    await receiver.close();
    await mails.close();
    await rm(folder, { recursive: true, force: true });
  });

  const outcome = async () => {
    await notifying.enqueue(message('one'));
    const [delivery] = await notifying.settled(({ error }) => error !== null);
    return delivery?.error?.reason;
  };

  it.each([
    ['an address', 'http://127.0.0.1:PORT/'],
    ['a number that means one', 'http://2130706433:PORT/'],
    ['octal digits', 'http://0177.0.0.1:PORT/'],
    ['a mapped address', 'http://[::ffff:127.0.0.1]:PORT/'],
  ])('is refused for %s', async (_, url) => {
    await notifying.channel({
      kind: 'webhook',
      config: { url: url.replace('PORT', String(receiver.port)) },
    });
    expect(await outcome()).toBe('blocked');
    expect(receiver.received).toHaveLength(0);
  });

  it('is refused for a name that leads there', async () => {
    answers = [['127.0.0.1', '::1']];
    await notifying.channel({
      kind: 'webhook',
      config: { url: `http://rebind.example:${receiver.port}/` },
    });
    expect(await outcome()).toBe('blocked');
  });

  it('goes to the address that was checked, whatever the name answers a moment later', async () => {
    // The first answer is allowed; whoever asked again would be led to the receiver.
    answers = [['127.0.0.2'], ['127.0.0.1']];
    await notifying.settings.change({ networks: ['127.0.0.2'] });
    await notifying.channel({
      kind: 'webhook',
      config: { url: `http://rebind.example:${receiver.port}/` },
    });
    expect(await outcome()).toBe('unreachable');
    expect(answers).toHaveLength(1);
    expect(receiver.received).toHaveLength(0);
  });

  it('is refused for mail servers, by address and by name', async () => {
    const config = { from: 'hub@example.com', to: ['ops@example.com'], encryption: 'none' };
    await notifying.channel({
      kind: 'email',
      config: { ...config, host: '127.0.0.1', port: mails.port },
    });
    expect(await outcome()).toBe('blocked');
    answers = [['127.0.0.1']];
    await notifying.channel({
      kind: 'email',
      config: { ...config, host: 'mail.example', port: mails.port },
    });
    await notifying.enqueue(message('two'));
    const [, , second] = await notifying.settled(({ error }) => error !== null);
    expect(second?.error?.reason).toBe('blocked');
    expect(mails.received).toHaveLength(0);
  });

  it('does not follow a redirect there from an address that is allowed', async () => {
    const inside = await HttpReceiver.start();
    try {
      await notifying.settings.change({ networks: ['127.0.0.1'] });
      receiver.otherwise = answer(302, { location: inside.url.replace('127.0.0.1', '127.0.0.2') });
      await notifying.channel({ kind: 'webhook', config: { url: receiver.url } });
      expect(await outcome()).toBe('redirected');
      expect(inside.received).toHaveLength(0);
    } finally {
      await inside.close();
    }
  });
});
