import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '../client';
import { eventually } from '../events';
import { ProgramUnderTest } from '../program';
import { accept, hang, HttpReceiver } from './http-receiver';
import { message } from './messages';
import { Notifying } from './notifying';

describe('a hub with messages to send', () => {
  const hub = new ProgramUnderTest();
  let receiver: HttpReceiver;

  beforeEach(async () => {
    receiver = await HttpReceiver.start();
  });
  afterEach(() => receiver.close());

  const queue = async (...keys: string[]) => {
    const notifying = await Notifying.open(hub.dataDir);
    const config = { url: receiver.url, secret: 'signing secret' };
    await notifying.channel({ kind: 'webhook', config });
    await notifying.enqueue(...keys.map((key) => message(key, { incidentId: 'i' })));
    await notifying.close();
  };
  const keys = () => receiver.received.map(({ headers }) => headers['idempotency-key']);
  const states = async (url: string) => {
    const { body } = await (await Client.signIn(url)).get('/api/deliveries');
    return (body as { items: { state: string }[] }).items.map(({ state }) => state);
  };

  it('killed between sending and marking sends that one again, with its key, and nothing else twice', async () => {
    await queue('first', 'second');
    receiver.next = [accept, hang];
    const killed = hub.run();
    await killed.ready();
    await receiver.count(2);
    await killed.kill('SIGKILL');
    const again = hub.run();
    const url = await again.ready();
    await eventually(
      () => states(url),
      (all) => all.every((state) => state === 'delivered'),
    );
    expect(keys()).toEqual(['first', 'second', 'second']);
    await again.kill('SIGTERM');
    const third = hub.run();
    expect(await states(await third.ready())).toEqual(['delivered', 'delivered']);
    expect(receiver.received).toHaveLength(3);
  });

  it('restored elsewhere from a backup still can: the key of the secrets is in it', async () => {
    await queue('one');
    const file = join(await hub.folder(), 'hub.backup');
    // The hub's own key is made at its first start.
    await (await started(hub)).kill('SIGTERM');
    expect(await hub.command('backup', file)).toMatchObject({ code: 0, stderr: '' });
    const elsewhere = await hub.folder();
    expect(await hub.run(['restore', file], elsewhere).ended).toMatchObject({ code: 0 });
    const key = join(elsewhere, 'secret-key');
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect(await readFile(key)).toEqual(await readFile(join(hub.dataDir, 'secret-key')));
    const restored = hub.run([], elsewhere);
    const admin = await Client.signIn(await restored.ready());
    const { items } = (await admin.get('/api/channels')).body as { items: { id: string }[] };
    const tested = await admin.post(`/api/channels/${items[0]?.id ?? ''}/test`, undefined);
    expect(tested.body).toMatchObject({ ok: true });
    expect(receiver.received.at(-1)?.headers).toHaveProperty('hostdeck-signature');
  });
});

async function started(hub: ProgramUnderTest) {
  const running = hub.run();
  await running.ready();
  return running;
}
