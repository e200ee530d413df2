import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Manager } from 'socket.io-client';
import { SqliteConnection } from '../src/database/sqlite-connection';
import { Client } from './client';
import { eventually, next } from './events';
import { temporaryFolder } from './hub';
import { buildHub, HubProcess, type Ended, type Program } from './hub-process';
import { openStored, readTable } from './stored';
import { TestAgent } from './test-agent';

const ENVIRONMENT = {
  HOSTDECK_PORT: '0',
  HOSTDECK_JOIN_TOKEN: 'join-token-of-the-tests',
  HOSTDECK_ADMIN_USERNAME: 'admin',
  HOSTDECK_ADMIN_PASSWORD: 'correct horse battery',
};

describe('the hub as a program', () => {
  let program: Program;
  let dataDir: string;
  let running: HubProcess[];

  beforeAll(async () => {
    program = await buildHub();
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    dataDir = await temporaryFolder();
    running = [];
  });
  afterEach(async () => {
    for (const hub of running) await hub.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  const run = (environment: Record<string, string> = {}) => {
    const hub = HubProcess.run(program, {
      ...ENVIRONMENT,
      HOSTDECK_DATA_DIR: dataDir,
      ...environment,
    });
    running.push(hub);
    return hub;
  };

  /** What a start that cannot succeed leaves: one clear line a fault, exit code 1 and nothing else. */
  const complaints = ({ code, stdout, stderr }: Ended): string[] => {
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
  };

  it('prints the one-time code and then that it is ready, and nothing else', async () => {
    const hub = HubProcess.run(program, { HOSTDECK_PORT: '0', HOSTDECK_DATA_DIR: dataDir });
    running.push(hub);
    const url = await hub.ready();
    const { stdout } = await hub.kill('SIGTERM');
    const [code, ready, ...rest] = stdout.trimEnd().split('\n');
    expect(code).toMatch(
      new RegExp(`^set-up code: [A-Z2-9]{4}-[A-Z2-9]{4} \\(open ${url}/setup\\)$`),
    );
    expect(ready).toBe(`hostdeck-hub ready at ${url}`);
    expect(rest).toEqual([]);
  });

  it.each([['SIGTERM'], ['SIGINT']] as const)(
    'on %s stores what it has, says goodbye and ends with 0',
    async (signal) => {
      const hub = run();
      const url = await hub.ready();
      const agent = await TestAgent.join(url);
      const browser = (await Client.signIn(url)).live();
      await next(browser, 'connect');
      const goodbye = next(agent.socket, 'goodbye');
      const ack = agent.send([0, Date.now(), [1, 2, 3]]);
      // The hub has the frame, and waits for more to commit with it.
      await agent.schema(2, []);
      const ended = await hub.kill(signal);
      expect(ended).toMatchObject({ code: 0, signal: null });
      expect(await ack).toEqual({ ok: true, fresh: 1 });
      expect(await goodbye).toMatchObject({ reason: 'restart' });
      expect(await readTable(dataDir, 'journal')).toHaveLength(1);
      browser.close();
    },
  );

  it('ends although somebody holds a connection and says nothing', async () => {
    const hub = run();
    const url = await hub.ready();
    const { hostname, port } = new URL(url);
    const half = connect(Number(port), hostname);
    half.on('error', () => half.destroy());
    await once(half, 'connect');
    half.write('GET /api/health HTTP/1.1\r\nHost: half');
    const undecided = new Manager(url, { transports: ['websocket'], reconnection: false });
    await next(undecided, 'open');
    expect(await hub.kill('SIGTERM')).toMatchObject({ code: 0, signal: null });
    half.destroy();
  });

  it.each([
    ['a name it does not know', { HOSTDECK_PROT: '1' }, ['HOSTDECK_PROT']],
    [
      'two bad values',
      { HOSTDECK_PORT: 'x', HOSTDECK_LOG_LEVEL: 'y' },
      ['HOSTDECK_PORT', 'HOSTDECK_LOG_LEVEL'],
    ],
    [
      'a certificate that is not there',
      { HOSTDECK_TLS_CERT: '/none', HOSTDECK_TLS_KEY: '/none' },
      ['HOSTDECK_TLS_CERT'],
    ],
    [
      'a data folder that cannot be',
      { HOSTDECK_DATA_DIR: '/dev/null/data' },
      ['HOSTDECK_DATA_DIR'],
    ],
    ['an address that is not of this machine', { HOSTDECK_HOST: '192.0.2.1' }, ['HOSTDECK_HOST']],
  ])('does not start with %s, and says so in a line each', async (_, environment, names) => {
    const lines = complaints(await run(environment).ended);
    expect(lines.map((line) => /^hostdeck-hub: (\w+)/.exec(line)?.[1])).toEqual(names);
  });

  it('does not start on a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const lines = complaints(await run({ HOSTDECK_PORT: port }).ended);
    expect(lines).toEqual([
      `hostdeck-hub: HOSTDECK_PORT: port ${port} on 127.0.0.1 is in use; stop what uses it, or choose another`,
    ]);
    other.close();
  });

  it('does not touch a database that a newer version has written, nor a file that is none', async () => {
    const first = run();
    await first.ready();
    await first.kill('SIGTERM');
    const stored = await openStored(dataDir, false);
    await stored.exec(
      `INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2999')`,
    );
    await stored.close();
    const [line] = complaints(await run().ended);
    expect(line).toMatch(/^hostdeck-hub: HOSTDECK_DATA_DIR: a newer Hostdeck .*9999-later/);

    const key = join(dataDir, 'hub-key.pem');
    await chmod(key, 0o600);
    const { writeFile } = await import('node:fs/promises');
    const later = await SqliteConnection.open(join(dataDir, 'hostdeck.sqlite'), {
      readOnly: false,
      busyTimeout: 0,
    });
    await later.exec(`DELETE FROM kysely_migration WHERE name = '9999-later'`);
    await later.close();
    await writeFile(key, 'not a key');
    const [keyLine] = complaints(await run().ended);
    expect(keyLine).toMatch(/^hostdeck-hub: HOSTDECK_DATA_DIR: the hub's key /);
  });

  it('loses and doubles nothing when it is killed under load', async () => {
    let hub = run();
    let url = await hub.ready();
    const agents = await Promise.all(
      [0, 1, 2, 3].map((index) => TestAgent.join(url, `host-${String(index)}`)),
    );
    const start = Date.now() - 3_600_000;
    const acked = new Map(agents.map((agent) => [agent.id, new Set<number>()]));
    const sent = new Map(agents.map((agent) => [agent.id, 0]));
    // Every agent sends frame after frame and notes what was acked, until the hub is gone.
    const load = async (agent: TestAgent) => {
      while (agent.socket.connected) {
        const seq = sent.get(agent.id) ?? 0;
        sent.set(agent.id, seq + 1);
        const result = await agent
          .send([seq, start + seq * 1_000, [seq % 100, 2, 3]])
          .catch(() => null);
        if (result?.ok === true) acked.get(agent.id)?.add(seq);
      }
    };
    for (let round = 0; round < 3; round += 1) {
      const loads = agents.flatMap((agent) => [load(agent), load(agent), load(agent)]);
      const before = [...acked.values()].map(({ size }) => size);
      await eventually(
        () => [...acked.values()].every(({ size }, index) => size >= (before[index] ?? 0) + 10),
        (enough) => enough,
      );
      await hub.kill('SIGKILL');
      for (const agent of agents) agent.socket.close();
      await Promise.all(loads);
      hub = run();
      url = await hub.ready();
      for (const agent of agents) {
        const hello = await agent.ready(url);
        const stored = hello.ok ? hello.stored : [];
        const has = (seq: number) => stored.some(([first, last]) => seq >= first && seq <= last);
        // What was acked is stored; what was not is sent again, as the real agent does.
        for (const seq of acked.get(agent.id) ?? []) expect(has(seq)).toBe(true);
        const seqs = Array.from({ length: sent.get(agent.id) ?? 0 }, (_, seq) => seq);
        const results = await Promise.all(
          seqs.map((seq) => agent.send([seq, start + seq * 1_000, [seq % 100, 2, 3]])),
        );
        expect(results).toEqual(seqs.map((seq) => ({ ok: true, fresh: has(seq) ? 0 : 1 })));
      }
    }
    const admin = await Client.signIn(url);
    for (const agent of agents) {
      const count = sent.get(agent.id) ?? 0;
      const { series } = await admin.series(agent.id, {
        metric: 'cpu.busy',
        from: String(start),
        maxPoints: '5000',
      });
      expect(series[0]?.points).toEqual(
        Array.from({ length: count }, (_, seq) => {
          const value = seq % 100;
          return [start + seq * 1_000, value, value, value];
        }),
      );
      await agent.leave();
    }
  });
});
