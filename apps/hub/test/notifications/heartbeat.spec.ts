import { Client } from '../client';
import { eventually } from '../events';
import { startHub } from '../hub';
import { openStored } from '../stored';
import { HttpReceiver } from './http-receiver';

describe('the heartbeat to the outside', () => {
  it('comes at its interval while storage takes writes, stops when it does not, and comes again', async () => {
    let now = 1_700_000_000_000;
    const receiver = await HttpReceiver.start();
    const hub = await startHub({
      clock: () => now,
      limits: { notifications: { look: 20, timeout: 20_000 } },
    });
    try {
      const admin = await Client.signIn(hub.url);
      const body = {
        networks: ['127.0.0.1'],
        heartbeat: { enabled: true, interval: 60, url: receiver.url },
      };
      await admin.ask('/api/notification-settings', { method: 'PATCH', body });
      await receiver.count(1);
      now += 60_000;
      await receiver.count(2);

      const second = await openStored(hub.dataDir, false);
      await second.exec('ALTER TABLE write_test RENAME TO gone');
      now += 60_000;
      const problem = () =>
        admin
          .get('/api/notification-settings')
          .then((answer) => answer.body as { heartbeat: { health: { problem: string | null } } })
          .then(({ heartbeat }) => heartbeat.health.problem);
      expect(await eventually(problem, (text) => text !== null)).toMatch(/the hub is not healthy/);
      expect(receiver.received).toHaveLength(2);

      await second.exec('ALTER TABLE gone RENAME TO write_test');
      await second.close();
      now += 60_000;
      await receiver.count(3);
      await eventually(problem, (text) => text === null);
    } finally {
      await hub.close();
      await receiver.close();
    }
  });
});
