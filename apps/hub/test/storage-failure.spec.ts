import type { FleetUpdate, Readiness } from '@hostdeck/contracts';
import type { SqliteConnection } from '../src/database/sqlite-connection';
import { Client } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { openStored, readTable } from './stored';
import { TestAgent } from './test-agent';

describe('a database that takes no writes', () => {
  let hub: TestHub;
  let admin: Client;
  let agent: TestAgent;
  let other: SqliteConnection;

  beforeEach(async () => {
    hub = await startHub();
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.join(hub.url);
    await agent.send([0, Date.now(), [1, 2, 3]]);
    other = await openStored(hub.dataDir, false);
    await other.exec('BEGIN EXCLUSIVE');
  });
  afterEach(async () => {
    await other.close();
    await agent.leave();
    await hub.close();
  });

  const ready = async () => {
    const { status, body } = await admin.get('/api/health/ready');
    return { status, body: body as Readiness };
  };

  it('means no ack, while the live view goes on; and all is well by itself afterwards', async () => {
    const live = admin.live();
    await next(live, 'connect');
    await live.emitWithAck('watch', { room: 'fleet' });
    const update = next<FleetUpdate>(live, 'fleet');
    const refused = agent.send([1, Date.now(), [77, 2, 3]]);
    expect((await update).cards[0]?.values.cpu).toBe(77);
    expect(await refused).toMatchObject({ ok: false, code: 'storage', retryAfter: 2_000 });
    expect(await ready()).toMatchObject({
      status: 503,
      body: { status: 'unavailable', storage: { writable: false } },
    });
    // Reading goes on: who is signed in stays it, and the history is there.
    expect(await admin.series(agent.id, { metric: 'cpu.busy' })).toMatchObject({
      series: [{ points: [[expect.any(Number), 1, 1, 1]] }],
    });
    expect(hub.log.filter(({ msg }) => msg.includes('cannot be stored'))).toHaveLength(1);

    await other.exec('ROLLBACK');
    expect(await agent.send([1, Date.now(), [77, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    const recovered = await eventually(ready, ({ status }) => status === 200);
    expect(recovered.body.storage).toEqual({ writable: true, error: null });
    expect(await readTable(hub.dataDir, 'journal')).toHaveLength(2);
    live.close();
  });
});
