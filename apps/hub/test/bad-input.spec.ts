import { io } from 'socket.io-client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { readTable } from './stored';
import { FACTS, newEpoch, SERIES, TestAgent } from './test-agent';

const AT = 1_700_000_000_000;

interface Case {
  readonly what: string;
  readonly code: string;
  readonly event: 'frames' | 'schema';
  readonly payload: (agent: TestAgent) => unknown;
}

const batch = (agent: TestAgent, change: object) => ({
  epoch: agent.epoch,
  schema: 1,
  frames: [[0, AT, [1, 2, 3]]],
  ...change,
});

const CASES: readonly Case[] = [
  {
    what: 'a metric that is not in the catalogue',
    code: 'unknown_metric',
    event: 'schema',
    payload: () => ({ number: 2, series: ['cpu.busy', 'cpu.bizzy'] }),
  },
  {
    what: 'a prototype name as metric',
    code: 'unknown_metric',
    event: 'schema',
    payload: () => ({ number: 2, series: ['__proto__'] }),
  },
  {
    what: 'an instance where there is none',
    code: 'unknown_metric',
    event: 'schema',
    payload: () => ({ number: 2, series: ['cpu.busy{0}'] }),
  },
  {
    what: 'a schema with too many series',
    code: 'too_large',
    event: 'schema',
    payload: () => ({
      number: 2,
      series: Array.from({ length: 2_001 }, (_, core) => `cpu.core.busy{${String(core)}}`),
    }),
  },
  {
    what: 'series that are no text',
    code: 'malformed',
    event: 'schema',
    payload: () => ({ number: 2, series: [1] }),
  },
  { what: 'nothing', code: 'malformed', event: 'frames', payload: () => null },
  { what: 'text', code: 'malformed', event: 'frames', payload: () => 'frames' },
  {
    what: 'a frame without values',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [[0, AT]] }),
  },
  {
    what: 'a value that is text',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [[0, AT, ['1', 2, 3]]] }),
  },
  {
    what: 'a number that is negative',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [[-1, AT, [1, 2, 3]]] }),
  },
  {
    what: 'a time that is none',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [[0, 1e300, [1, 2, 3]]] }),
  },
  {
    what: 'no frames',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [] }),
  },
  {
    what: 'a field nobody knows',
    code: 'malformed',
    event: 'frames',
    payload: (agent) => batch(agent, { agentId: 'f'.repeat(32) }),
  },
  {
    what: 'a prototype as field',
    code: 'malformed',
    event: 'frames',
    payload: (agent) =>
      JSON.parse(
        `{"__proto__":{"ok":true},"epoch":"${agent.epoch}","schema":1,"frames":[[0,${String(AT)},[1,2,3]]]}`,
      ) as unknown,
  },
  {
    what: 'too many frames',
    code: 'too_large',
    event: 'frames',
    payload: (agent) =>
      batch(agent, { frames: Array.from({ length: 101 }, (_, seq) => [seq, AT, [1, 2, 3]]) }),
  },
  {
    what: 'one megabyte',
    code: 'too_large',
    event: 'frames',
    payload: (agent) =>
      batch(agent, { frames: [[0, AT, Array.from({ length: 120_000 }, () => 1_234.567)]] }),
  },
  {
    what: 'a schema that was not sent',
    code: 'unknown_schema',
    event: 'frames',
    payload: (agent) => batch(agent, { schema: 7 }),
  },
  {
    what: 'a value too few',
    code: 'wrong_length',
    event: 'frames',
    payload: (agent) => batch(agent, { frames: [[0, AT, [1, 2]]] }),
  },
  {
    what: 'a value too many in the second frame',
    code: 'wrong_length',
    event: 'frames',
    payload: (agent) =>
      batch(agent, {
        frames: [
          [0, AT, [1, 2, 3]],
          [1, AT, [1, 2, 3, 4]],
        ],
      }),
  },
  {
    what: 'another epoch',
    code: 'wrong_epoch',
    event: 'frames',
    payload: (agent) => batch(agent, { epoch: newEpoch() }),
  },
];

describe('what an agent may not send', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.close());

  it.each(CASES)(
    '$what is refused as $code, logged once, and changes nothing',
    async ({ code, event, payload }) => {
      const agent = await TestAgent.join(hub.url);
      const before = hub.log.length;
      for (let time = 0; time < 3; time += 1) {
        expect(await agent.sendAnything(event, payload(agent))).toMatchObject({ ok: false, code });
      }
      const logged = hub.log.slice(before).filter((line) => line.code === code);
      expect(logged).toHaveLength(1);
      expect(await readTable(hub.dataDir, 'journal')).toEqual([]);
      expect(await readTable(hub.dataDir, 'stored_ranges')).toEqual([]);
      expect(agent.socket.connected).toBe(true);
      await agent.leave();
    },
  );

  it('is no reason to refuse what is right afterwards', async () => {
    const agent = await TestAgent.join(hub.url);
    await agent.sendAnything('frames', batch(agent, { schema: 7 }));
    await agent.sendAnything('hello', { facts: FACTS });
    await agent.sendAnything('schema', { number: 1, series: ['nonsense'] });
    expect(await agent.schema(2, SERIES)).toEqual({ ok: true });
    expect(await agent.send([0, Date.now(), [1, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    await agent.leave();
  });

  it('cannot make the hub take its socket for closed while it is open', async () => {
    for (const name of ['disconnect', 'disconnecting', 'newListener']) {
      const agent = await TestAgent.join(hub.url);
      agent.socket.io.engine.write(`2/agents,["${name}","${'x'.repeat(300_000)}"]`);
      await eventually(
        () => agent.socket.connected,
        (connected) => !connected,
      );
    }
  });

  it('does not hold a connection open that joins neither agents nor dashboards', async () => {
    const socket = io(hub.url, { transports: ['websocket'], forceNew: true, reconnection: false });
    await expect(next(socket, 'connect_error')).resolves.toMatchObject({ message: 'not_found' });
    socket.close();
  });

  it('does not end the hub as packets that are none of ours', async () => {
    const packets = [
      '2/agents,["frames"',
      '2/agents,{}',
      '51-/agents,["frames",{"_placeholder":true,"num":0}]',
      '5999999999-/agents,["frames",{}]',
      '3/agents,1[]',
      '9',
      '',
      `2/agents,1["frames",${'['.repeat(1_000)}${']'.repeat(1_000)}]`,
      '2/agents,1["__proto__",{}]',
      '2/agents,1["frames","a","b","c"]',
      '2/agents,["frames",{}]',
      '2/agents,0["hello"]',
      '0/agents,{"__proto__":{}}',
      `2/agents,["frames","${'x'.repeat(1_500_000)}"]`,
      `2/nowhere,["frames","${'x'.repeat(1_500_000)}"]`,
      `4${'x'.repeat(3_000_000)}`,
    ];
    for (const packet of packets) {
      const agent = await TestAgent.join(hub.url);
      // The transport below Socket.IO: what is sent here goes out as it is.
      const { engine } = agent.socket.io;
      engine.write(packet);
      engine.write(Buffer.from(packet.slice(0, 100)));
      await eventually(
        () => agent.socket.connected,
        (connected) => !connected,
      );
    }
    const agent = await TestAgent.join(hub.url);
    expect(await agent.send([0, Date.now(), [1, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    await agent.leave();
  });
});
