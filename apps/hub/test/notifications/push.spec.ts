import { rm } from 'node:fs/promises';
import { PushSubscriptionsRepository } from '../../src/notifications/push/push-subscriptions.repository';
import { Client } from '../client';
import { startHub, temporaryFolder } from '../hub';
import { answer, HttpReceiver } from './http-receiver';
import { message } from './messages';
import { Notifying } from './notifying';

const KEYS = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

describe('browser notifications', () => {
  it('reach every browser once, also when one has to be tried again; a browser that is gone is forgotten', async () => {
    let now = 1_700_000_000_000;
    const folder = await temporaryFolder();
    const receiver = await HttpReceiver.start();
    const notifying = await Notifying.open(folder, { now: () => now });
    try {
      const browsers = new PushSubscriptionsRepository(notifying.database);
      await notifying.database.write
        .insertInto('users')
        .values({
          id: 'u',
          username: 'u',
          username_key: 'u',
          password_hash: '',
          role: 'viewer',
          created_at: now,
          disabled_at: null,
          last_sign_in_at: null,
        })
        .execute();
      for (const id of ['a', 'b', 'c', 'd']) {
        await browsers.add(
          { id, endpoint: `${receiver.url}/${id}`, ...KEYS },
          { userId: 'u', browser: id, now },
        );
      }
      await notifying.channel({ kind: 'web_push', config: {} });
      receiver.next = [answer(201), answer(410), answer(503), answer(403)];
      await notifying.queue.start();
      await notifying.enqueue(message('one'));
      await notifying.settled(({ error }) => error !== null);
      now += 60_000;
      receiver.next = [answer(201), answer(403)];
      const [delivery] = await notifying.settled(({ state }) => state === 'delivered');
      // The third is tried again, and the fourth, whose service refuses it; the others have it.
      expect(receiver.received.map(({ path }) => path)).toEqual([
        '/a',
        '/b',
        '/c',
        '/d',
        '/c',
        '/d',
      ]);
      expect(delivery?.error?.reason).toBe('rejected');
      expect((await browsers.all()).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    } finally {
      await notifying.close();
      await receiver.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are tried out by whose browser it is, past the queue and for that browser alone', async () => {
    const hub = await startHub();
    try {
      const admin = await Client.signIn(hub.url);
      const add = async (path: string) => {
        const endpoint = `https://127.0.0.1:1/${path}`;
        const { body } = await admin.post('/api/push-subscriptions', {
          endpoint,
          keys: KEYS,
          browser: path,
        });
        return (body as { id: string }).id;
      };
      const id = await add('first');
      await add('second');
      const { status, body } = await admin.post(`/api/push-subscriptions/${id}/test`, {});
      expect(status).toBe(200);
      expect(body).toMatchObject({ ok: false, error: { reason: 'blocked' } });
      const viewer = await admin.script('viewer');
      expect((await viewer.post(`/api/push-subscriptions/${id}/test`, {})).status).toBe(404);
      const none = await admin.post(`/api/push-subscriptions/${'f'.repeat(32)}/test`, {});
      expect(none.status).toBe(404);
    } finally {
      await hub.close();
    }
  });
});
