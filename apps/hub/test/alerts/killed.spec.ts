import type { Alert, IncidentMessage, List } from '@hostdeck/contracts';
import { Client } from '../client';
import { eventually } from '../events';
import type { HubProcess } from '../hub-process';
import { HttpReceiver } from '../notifications/http-receiver';
import { ProgramUnderTest } from '../program';
import { readTable, type Row } from '../stored';
import { TestAgent } from '../test-agent';

const BUSY = 99;
const WELL = 5;
/** Agents say that they send this rarely, so that a slow machine is never taken for a gap, ms. */
const INTERVAL = 60_000;
/** What is pending is stored after five seconds: it is still pending then, ms. */
const FOR = 7_000;

describe('a hub that is killed while a rule fires', () => {
  const plain = new ProgramUnderTest();
  const dying = new ProgramUnderTest('apps/hub/test/alerts/dying-hub.ts');
  let receiver: HttpReceiver;
  let running: HubProcess;
  let url: string;
  let admin: Client;
  let seq: number;
  let markers = 0;

  beforeEach(async () => {
    receiver = await HttpReceiver.start();
    seq = 0;
  });
  afterEach(() => receiver.close());

  const start = async (program = plain) => {
    running = program.run([], plain.dataDir);
    url = await running.ready();
    admin = await Client.signIn(url);
  };
  /** Kills it, and starts another on its data. */
  const killed = async () => {
    expect((await running.kill('SIGKILL')).signal).toBe('SIGKILL');
    await start();
  };
  const connect = async (agent: TestAgent) => {
    await agent.connectTo(url);
    await agent.hello({ interval: INTERVAL });
    await agent.schema(1, ['cpu.busy', 'memory.used_share']);
  };
  const send = async (agent: TestAgent, cpu: number, memory = WELL) => {
    const { ok } = await agent.send([seq, Date.now(), [cpu, memory]]);
    expect(ok).toBe(true);
    seq += 1;
  };
  /** Goes on sending until something is so. */
  const sendUntil = (agent: TestAgent, cpu: number, isSo: () => Promise<boolean> | boolean) =>
    eventually(
      async () => {
        await send(agent, cpu);
        return isSo();
      },
      (so) => so,
    );
  const join = async (name: string) => {
    const agent = await TestAgent.enroll(url, name);
    await connect(agent);
    return agent;
  };
  /** Waits until the hub has done what was due: an alert that fires just now, of a host of its own, is in an incident. */
  const settled = async () => {
    markers += 1;
    const marker = await join(`marker-${String(markers)}`);
    await send(marker, WELL, BUSY);
    await eventually(
      async () => (await admin.get(`/api/alerts?host=${marker.id}`)).body as List<Alert>,
      ({ items }) => items.length > 0,
    );
    await marker.leave();
  };
  const create = async (path: string, body: object) => {
    const answer = await admin.post(path, body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body as { id: string };
  };
  /** A rule, and a webhook under that name that is told when it fires; nothing else is watched but markers, of which nobody is told. */
  const watch = async (name: string, duration: number) => {
    const { items } = (await admin.get('/api/alert-rules')).body as { items: { id: string }[] };
    for (const { id } of items) await admin.ask(`/api/alert-rules/${id}`, { method: 'DELETE' });
    const body = { networks: ['127.0.0.1'] };
    await admin.ask('/api/notification-settings', { method: 'PATCH', body });
    const config = { url: `http://${name}:${String(receiver.port)}` };
    const channel = await create('/api/channels', { kind: 'webhook', name: 'Hook', config });
    const where = { severities: ['critical'], tags: [], times: null, channels: [channel.id] };
    await create('/api/notification-routes', { name: 'urgent', ...where });
    for (const [severity, metric, time] of [
      ['critical', 'cpu.busy', duration],
      ['info', 'memory.used_share', 0],
    ] as const) {
      const condition = { kind: 'above', metric, threshold: 90, clear: 80 };
      await create('/api/alert-rules', { name: metric, severity, for: time, condition });
    }
  };

  const stored = async (table: string) => (await readTable(plain.dataDir, table))[0];
  const all = async (table: string, isSo: (row: Row) => boolean) =>
    (await readTable(plain.dataDir, table)).every(isSo);
  const delivered = () => all('deliveries', ({ state }) => state === 'delivered');
  const said = async () =>
    (await readTable(plain.dataDir, 'notification_messages'))
      .map(({ body }) => JSON.parse(String(body)) as IncidentMessage)
      .filter(({ rules }) => rules.includes('cpu.busy'))
      .map(({ kind }) => kind);
  const heard = () => receiver.received.map(({ headers }) => headers['idempotency-key']);

  it('keeps what was pending and what fires, and tells of each problem and its end once', async () => {
    await start();
    await watch('127.0.0.1', FOR);
    const web = await join('web');
    await sendUntil(web, BUSY, async () => (await stored('alert_states')) !== undefined);
    const pending = await stored('alert_states');
    expect(pending).toMatchObject({ phase: 'pending', alert: null });
    expect(heard()).toEqual([]);

    await killed();
    await connect(web);
    await sendUntil(web, BUSY, () => receiver.received.length > 0);
    // The time before counts: it did not begin anew.
    const firing = await stored('alert_states');
    expect(firing).toMatchObject({ phase: 'firing', since: pending?.since });
    await sendUntil(web, BUSY, delivered);

    // It is over while the hub is dead.
    await killed();
    expect(await stored('alert_states')).toEqual(firing);
    await settled();
    expect(heard()).toHaveLength(1);
    await connect(web);
    await send(web, WELL);
    await receiver.count(2);
    await eventually(delivered, (is) => is);

    // Another one goes on for a while after the hub is back, and is over then.
    await killed();
    await connect(web);
    await send(web, WELL);
    const db = await join('db');
    await sendUntil(db, BUSY, () => receiver.received.length > 2);
    await sendUntil(db, BUSY, delivered);
    await killed();
    await settled();
    await connect(db);
    await send(db, BUSY);
    await settled();
    expect(heard()).toHaveLength(3);
    await send(db, WELL);
    await receiver.count(4);
    await eventually(delivered, (is) => is);

    expect(await said()).toEqual(['problem', 'resolved', 'problem', 'resolved']);
    expect(new Set(heard()).size).toBe(4);
    expect(heard()).toHaveLength(4);
    expect(await all('alert_states', ({ series }) => series === 'memory.used_share')).toBe(true);
    for (const agent of [web, db]) await agent.leave();
  }, 240_000);

  it('between storing that it fires and telling so tells it afterwards, once and by its key', async () => {
    await start(dying);
    await watch('localhost', 0);
    const web = await join('web');
    // It dies before it acks, or after: both are so.
    const cut = web.send([seq, Date.now(), [BUSY, WELL]]).catch(() => null);
    seq += 1;
    expect((await running.ended).signal).toBe('SIGKILL');
    await cut;
    expect(receiver.received).toHaveLength(0);
    expect(await stored('alert_states')).toMatchObject({ phase: 'firing' });
    expect(await stored('deliveries')).toMatchObject({ state: 'sending' });
    const message = await stored('notification_messages');

    await start();
    await receiver.count(1);
    await connect(web);
    await sendUntil(web, BUSY, delivered);
    await killed();
    await settled();
    await connect(web);
    await send(web, WELL);
    await receiver.count(2);
    await eventually(delivered, (is) => is);
    expect(await said()).toEqual(['problem', 'resolved']);
    expect(heard()).toEqual([message?.key, expect.stringContaining(':resolved:')]);
    await web.leave();
  }, 240_000);
});
