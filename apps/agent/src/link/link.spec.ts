import { once } from 'node:events';
import {
  DEFAULT_SETTINGS,
  failure,
  PROCESS_LIMITS,
  WIRE_LIMITS,
  type Culprit,
  type FrameBatch,
} from '@hostdeck/contracts';
import { AgentUnderTest } from '../../test/agent-under-test';
import { TestHub } from '../../test/test-hub';

describe('the link to a hub', () => {
  let hub: TestHub;
  let agent: AgentUnderTest;

  const batchWhere = (matches: (batch: FrameBatch) => boolean) => hub.batchWhere(matches);

  /** Resolves when the outbox is empty: the hub has stored everything. */
  async function allStored(): Promise<void> {
    while (agent.outbox.length > 0) await new Promise(setImmediate);
  }

  const seqsOf = ({ frames }: FrameBatch) => frames.map(([seq]) => seq);
  const holds = (seq: number) => (batch: FrameBatch) => seqsOf(batch).includes(seq);

  beforeEach(async () => {
    hub = new TestHub();
    hub.interval = 1_000;
    await hub.start();
    agent = await AgentUnderTest.join(hub);
  });
  afterEach(async () => {
    await agent.dispose();
    await hub.stop();
  });

  it('proves, greets and brings frames under their schema', async () => {
    const hello = once(hub, 'hello');
    const batch = batchWhere(holds(1));
    agent.daemon.start();
    expect((await hello)[0]).toMatchObject({
      epoch: agent.outbox.epoch,
      interval: 1_000,
      facts: { hostname: 'test' },
    });
    const { epoch, schema, frames } = await batch;
    expect(epoch).toBe(agent.outbox.epoch);
    const series = hub.schemas.get(schema) ?? [];
    expect(series).toEqual(['uptime', 'agent.cpu', 'agent.memory', 'agent.spool']);
    expect(frames[0]?.[2][0]).toBe(42);
    expect(Math.abs((frames[0]?.[1] ?? 0) - Date.now())).toBeLessThan(60_000);
    await allStored();
    expect(hub.duplicates).toBe(0);
  });

  it('takes the settings of the hub, in the greeting and later, at once', async () => {
    hub.interval = 60_000;
    agent.daemon.start();
    await batchWhere(holds(0));
    expect(agent.log.join()).toContain('sampling every 60 s');
    // With the old interval the next frame would not come within this test.
    hub.sockets[0]?.emit('settings', { ...DEFAULT_SETTINGS, interval: 1_000 });
    await batchWhere(holds(1));
  });

  it('forgets what the hub says it has', async () => {
    await agent.dispose();
    agent = await AgentUnderTest.join(hub, { backlog: 10 });
    hub.storedRanges = [
      [0, 3],
      [6, 8],
    ];
    const arrived = batchWhere(holds(9));
    agent.daemon.start();
    await arrived;
    await allStored();
    expect(hub.arrivals.filter((seq) => seq < 10).sort()).toEqual([4, 5, 9]);
  });

  it('sends fresh frames before the backlog, which follows in batches within the limits', async () => {
    agent.addBacklog(1_000);
    const batches: number[][] = [];
    hub.on('batch', (batch) => batches.push(seqsOf(batch)));
    let open = 0;
    let most = 0;
    hub.judge = () => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => (open -= 1));
      return 'ack';
    };
    const last = batchWhere(holds(999));
    agent.daemon.start();
    await last;
    await allStored();
    // The first tick is frame 1000: it was there when the connection was made, or came just then.
    expect(batches.every((seqs) => seqs.length <= WIRE_LIMITS.framesPerBatch)).toBe(true);
    expect(most).toBeLessThanOrEqual(WIRE_LIMITS.batchesInFlight);
    expect(new Set(hub.arrivals.filter((seq) => seq < 1_000)).size).toBe(1_000);
    expect(hub.duplicates).toBe(0);
  });

  it('brings frames whose culprits are as long as can be, in messages within the limit', async () => {
    const text = (length: number) => '字'.repeat(length);
    const culprits = Array.from({ length: 2 * PROCESS_LIMITS.culprits }, (_, pid): Culprit => [
      pid,
      1_000,
      text(64),
      text(64),
      text(PROCESS_LIMITS.culpritCommand),
      1,
      1,
    ]);
    const schema = { series: ['uptime'] };
    for (let seq = 0; seq < 60; seq += 1) {
      agent.outbox.append({ time: 1_000 + seq, schema, values: [seq], culprits });
    }
    agent.daemon.start();
    await allStored();
    expect(agent.log.join()).not.toContain('the connection was closed');
    expect(hub.stored.get(`${agent.outbox.epoch} 59`)?.[3]).toEqual(culprits);
    expect(hub.duplicates).toBe(0);
  });

  it('lets a fresh frame overtake a backlog that the hub is slow to store', async () => {
    agent.addBacklog(5_000);
    hub.limits = { ...WIRE_LIMITS, framesPerBatch: 1 };
    const fresh = batchWhere(holds(5_001));
    agent.daemon.start();
    await fresh;
    expect(agent.outbox.length).toBeGreaterThan(0);
  });

  it('sends the same frames again when an ack is lost, and the hub stores them once', async () => {
    await agent.dispose();
    agent = await AgentUnderTest.join(hub, { ackDeadline: 100 });
    let lost = 0;
    hub.judge = (batch) => {
      if (lost > 0 || !seqsOf(batch).includes(0)) return 'ack';
      lost += 1;
      return 'lose ack';
    };
    agent.daemon.start();
    await batchWhere(holds(0));
    await batchWhere(holds(0));
    await allStored();
    expect(hub.duplicates).toBeGreaterThanOrEqual(1);
    expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} 0`);
  });

  it('keeps sampling while the hub is gone and brings every frame once when it is back', async () => {
    agent.daemon.start();
    await batchWhere(holds(0));
    await allStored();
    await hub.stop();
    while (agent.outbox.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const missed = agent.outbox.newestSeq ?? -1;
    const back = batchWhere(holds(missed));
    await hub.start();
    await back;
    await allStored();
    expect(hub.duplicates).toBe(0);
    for (let seq = 0; seq <= missed; seq += 1) {
      expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} ${seq}`);
    }
    expect(agent.log.join()).toContain('the connection was closed');
  });

  it('says nothing to a hub whose key has changed, loudly', async () => {
    hub.changeKey();
    const closed = once(hub, 'disconnect');
    let told = 0;
    for (const event of ['hello', 'schema', 'batch'] as const) hub.on(event, () => (told += 1));
    agent.daemon.start();
    await closed;
    while (!agent.log.join().includes('REFUSED')) await new Promise(setImmediate);
    expect(agent.log.find((line) => line.includes('REFUSED'))).toMatch(/ error .*key has changed/);
    expect(told).toBe(0);
    expect(hub.sockets).toEqual([]);
  });

  it('stays away for long when the hub does not know it', async () => {
    hub.agentPublicKey = hub.publicKey;
    let connections = 0;
    hub.on('connection', () => (connections += 1));
    agent.daemon.start();
    await once(hub, 'disconnect');
    while (!agent.log.join().includes('unauthorized')) await new Promise(setImmediate);
    expect(connections).toBe(1);
    expect(agent.outbox.length).toBeGreaterThan(0);
  });

  it('sends a schema again that the hub has forgotten', async () => {
    agent.daemon.start();
    await batchWhere(holds(0));
    await allStored();
    hub.schemas.clear();
    const again = once(hub, 'schema');
    await again;
    await batchWhere(holds(1));
    await allStored();
    expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} 1`);
  });

  it('splits a batch that is too large until the hub takes it', async () => {
    agent.addBacklog(40);
    hub.judge = ({ frames }) =>
      frames.length > 5 ? failure('too_large', 'at most 5 frames') : 'ack';
    const sizes: number[] = [];
    hub.on('batch', ({ frames }) => sizes.push(frames.length));
    agent.daemon.start();
    await batchWhere(holds(39));
    await allStored();
    expect(new Set(hub.arrivals.filter((seq) => seq < 40)).size).toBe(40);
    expect(Math.max(...sizes)).toBeGreaterThan(5);
  });

  it('gives a batch up that is refused twice, says so, and goes on with the next', async () => {
    let refusals = 0;
    hub.judge = (batch) => {
      if (!seqsOf(batch).includes(0)) return 'ack';
      refusals += 1;
      return failure('malformed', 'not like this');
    };
    agent.daemon.start();
    await batchWhere(holds(1));
    await allStored();
    expect(refusals).toBe(2);
    expect(agent.log.join()).toContain('frames 0 to 0 are given up');
    expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} 1`);
  });

  it('waits as long as a hub asks that can not store, and keeps the frames', async () => {
    let refusals = 0;
    hub.judge = () => {
      refusals += 1;
      return refusals > 2 ? 'ack' : { ...failure('storage', 'disk full'), retryAfter: 20 };
    };
    agent.daemon.start();
    while (hub.stored.size === 0) await once(hub, 'batch');
    await allStored();
    expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} 0`);
    expect(refusals).toBeGreaterThan(2);
  });

  it.each(['busy', 'storage'] as const)(
    'goes on with fresh frames while the hub refuses old ones (%s), which wait as long as it asks',
    async (code) => {
      await agent.dispose();
      agent = await AgentUnderTest.join(hub, { backlog: 10 });
      const isOld = (batch: FrameBatch) => seqsOf(batch).some((seq) => seq < 10);
      let refusals = 0;
      hub.judge = (batch) => {
        if (!isOld(batch)) return 'ack';
        refusals += 1;
        return { ...failure(code, 'not now'), retryAfter: 3_600_000 };
      };
      agent.daemon.start();
      await hub.storedFrame(11);
      await hub.storedFrame(12);
      expect(refusals).toBe(1);
      expect(agent.outbox.oldestSeq).toBe(0);
    },
  );

  it('brings old frames once the hub takes them', async () => {
    agent.addBacklog(10);
    let refusals = 0;
    hub.judge = (batch) => {
      if (!holds(0)(batch) || refusals > 1) return 'ack';
      refusals += 1;
      return { ...failure('busy', 'not now'), retryAfter: 20 };
    };
    agent.daemon.start();
    await hub.storedFrame(9);
    await allStored();
    expect(hub.duplicates).toBe(0);
  });

  it('connects anew, with a new greeting, when the hub has another epoch in mind', async () => {
    let refused = false;
    hub.judge = () => {
      if (refused) return 'ack';
      refused = true;
      return failure('wrong_epoch', 'another epoch');
    };
    const hellos: unknown[] = [];
    hub.on('hello', (hello) => hellos.push(hello));
    agent.daemon.start();
    while (hellos.length < 2) await once(hub, 'hello');
    await batchWhere(holds(0));
    await allStored();
    expect([...hub.stored.keys()]).toContain(`${agent.outbox.epoch} 0`);
  });

  it('leaves when the hub says goodbye and comes back', async () => {
    agent.daemon.start();
    await batchWhere(holds(0));
    const back = once(hub, 'hello');
    hub.sockets[0]?.emit('goodbye', { reason: 'restart', message: 'back soon', retryAfter: 10 });
    await back;
    expect(agent.log.join()).toContain('the hub said goodbye (restart): back soon');
  });

  it('brings the last frames and says goodbye when it is stopped', async () => {
    agent.addBacklog(250);
    agent.daemon.start();
    await once(hub, 'batch');
    const goodbye = once(hub, 'goodbye');
    await agent.daemon.stop();
    expect((await goodbye)[0]).toEqual({ reason: 'shutdown', message: '' });
    expect(agent.outbox.length).toBe(0);
  });
});
