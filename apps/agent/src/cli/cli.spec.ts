import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAgent } from '../../test/agent-program';
import { JOIN_TOKEN, TestHub } from '../../test/test-hub';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command line, as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostdeck-cli-'));
  const program = join(folder, 'main.mjs');
  const children = new Set<ChildProcess>();
  let stateDir: string;
  let hub: TestHub;

  function start(words: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [program, ...words], {
      env: { PATH: '/usr/bin:/bin', HOSTDECK_STATE_DIR: stateDir, ...environment },
    });
    children.add(child);
    return child;
  }

  async function outcomeOf(child: ChildProcess): Promise<Outcome> {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }

  const run = (words: readonly string[], environment?: Record<string, string>) =>
    outcomeOf(start(words, environment));
  const enroll = () => run(['enroll', '--hub', hub.url, '--token', JOIN_TOKEN, '--tag', 'web,eu']);

  beforeAll(async () => {
    await bundleAgent(program);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    stateDir = join(mkdtempSync(join(folder, 'test-')), 'state');
    hub = new TestHub();
    await hub.start();
  });
  afterEach(async () => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
    children.clear();
    await hub.stop();
  });

  it('enrolls, keeps the key to itself, and says so in status', async () => {
    const enrolled = await enroll();
    expect(enrolled).toMatchObject({ code: 0, err: '' });
    expect(enrolled.out).toContain(`is enrolled at ${hub.url}`);
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(stateDir, 'agent.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(stateDir, 'agent.json'), 'utf8')).toContain(hub.publicKey);

    const status = await run(['status', '--json']);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      enrolled: true,
      hub: hub.url,
      stateDir,
      running: null,
    });
  });

  it('does not replace an identity unless told to', async () => {
    await enroll();
    const key = hub.agentPublicKey;
    expect(await enroll()).toMatchObject({ code: 1, out: '' });
    expect(hub.agentPublicKey).toBe(key);
    const forced = await run(['enroll', '--hub', hub.url, '--token', JOIN_TOKEN, '--force']);
    expect(forced.code).toBe(0);
    expect(hub.agentPublicKey).not.toBe(key);
  });

  it.each([
    ['no command', [], {}, 2, /^hostdeck-agent: a command is missing/],
    ['an unknown command', ['fly'], {}, 2, /^hostdeck-agent: unknown command fly/],
    ['an unknown flag', ['run', '--fast'], {}, 2, /^hostdeck-agent: Unknown option '--fast'/],
    [
      'a bad address',
      ['enroll', '--hub', 'ftp://x', '--token', 't'],
      {},
      2,
      /^hostdeck-agent: --hub: expected the address/,
    ],
    ['no token', ['enroll', '--hub', 'http://127.0.0.1:1'], {}, 2, /join token is missing/],
    [
      'a bad tag',
      ['enroll', '--hub', 'http://127.0.0.1:1', '--token', 't', '--tag=-x'],
      {},
      2,
      /--tag: a tag starts/,
    ],
    [
      'a misspelt variable',
      ['sample'],
      { HOSTDECK_INTERVALL: '1' },
      2,
      /unknown environment variable HOSTDECK_INTERVALL;/,
    ],
    [
      'an interval out of bounds',
      ['run'],
      { HOSTDECK_INTERVAL: '61' },
      2,
      /HOSTDECK_INTERVAL: expected a number of seconds from 1 to 60/,
    ],
    ['no enrollment', ['run'], {}, 1, /this agent is not enrolled/],
    [
      'a hub that is not there',
      ['enroll', '--hub', 'http://127.0.0.1:1', '--token', 't'],
      {},
      1,
      /can not reach the hub at http:\/\/127.0.0.1:1: .*ECONNREFUSED/,
    ],
  ])('says in one line what is wrong with %s', async (...row) => {
    const [, words, environment, code, line] = row;
    const outcome = await run(words, environment);
    expect(outcome.err).toMatch(line);
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(1);
    expect(outcome).toMatchObject({ code, out: '' });
  });

  it('says why a hub refuses', async () => {
    const refused = await run(['enroll', '--hub', hub.url, '--token', 'wrong']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('this join token is not valid');
    expect((await run(['status'])).code).toBe(1);
  });

  it('says that the state directory is not writable', async () => {
    // Below a file nobody may write, not even root.
    const HOSTDECK_STATE_DIR = join(program, 'state');
    const outcome = await run(['enroll', '--hub', hub.url, '--token', JOIN_TOKEN], {
      HOSTDECK_STATE_DIR,
    });
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(`state directory ${HOSTDECK_STATE_DIR} is not writable`);
    expect(hub.agentPublicKey).toBeNull();
  });

  it('refuses to run against another hub than it is enrolled at', async () => {
    await enroll();
    const outcome = await run(['run'], { HOSTDECK_HUB: 'http://127.0.0.1:1' });
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(`enrolled at ${hub.url}, not at http://127.0.0.1:1`);
  });

  it('prints a frame of this machine', async () => {
    const { code, out, err } = await run(['sample']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { time, values } = JSON.parse(out) as { time: number; values: Record<string, unknown> };
    expect(Math.abs(time - Date.now())).toBeLessThan(60_000);
    expect(values['cpu.busy']).toEqual(expect.any(Number));
    expect(values['filesystem.used']).toMatchObject({ '/': expect.any(Number) as number });
  });

  it('knows its version and explains itself', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(['--help'])).out).toContain('hostdeck-agent enroll --hub URL');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'runs, joining by itself, and leaves with 0 and a goodbye on %s',
    async (signal) => {
      const agent = start(['run'], {
        HOSTDECK_HUB: hub.url,
        HOSTDECK_TOKEN: JOIN_TOKEN,
        HOSTDECK_INTERVAL: '1',
      });
      const outcome = outcomeOf(agent);
      const [hello] = (await once(hub, 'hello')) as unknown[];
      expect(hello).toMatchObject({ interval: 1_000, facts: { platform: process.platform } });
      await once(hub, 'batch');
      const status = await run(['status', '--json']);
      expect(JSON.parse(status.out)).toMatchObject({
        running: { pid: agent.pid, link: { state: 'online' } },
      });
      const goodbye = once(hub, 'goodbye');
      agent.kill(signal);
      await goodbye;
      expect((await outcome).code).toBe(0);
    },
  );

  it('does not run twice with one state directory, and takes it over from a process that was killed', async () => {
    await enroll();
    const first = start(['run']);
    const hello = once(hub, 'hello');
    await hello;
    const second = await run(['run']);
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      new RegExp(`^hostdeck-agent: another agent \\(process ${first.pid}\\) runs with`),
    );
    const exited = once(first, 'exit');
    first.kill('SIGKILL');
    await exited;
    const third = start(['run']);
    const outcome = outcomeOf(third);
    await once(hub, 'hello');
    third.kill('SIGTERM');
    expect((await outcome).code).toBe(0);
    expect(readdirSync(stateDir).filter((name) => name.startsWith('agent.lock'))).toEqual([]);
  });

  it('waits for a hub that is not there yet, and stops while it waits', async () => {
    await hub.stop();
    const agent = start(['run'], { HOSTDECK_HUB: hub.url, HOSTDECK_TOKEN: JOIN_TOKEN });
    const outcome = outcomeOf(agent);
    if (agent.stderr === null) throw new Error('no stderr');
    await once(agent.stderr, 'data');
    const enrolled = once(hub, 'enrolled');
    await hub.start();
    await enrolled;
    await once(hub, 'hello');
    agent.kill('SIGTERM');
    expect((await outcome).code).toBe(0);
  });

  it('asks again with the same key when the answer of a hub that took it in was lost', async () => {
    const keys = new Set<string | null>();
    hub.on('enrolled', () => keys.add(hub.agentPublicKey));
    hub.lostEnrollments = 1;
    const agent = start(['run'], { HOSTDECK_HUB: hub.url, HOSTDECK_TOKEN: JOIN_TOKEN });
    const outcome = outcomeOf(agent);
    await once(hub, 'hello');
    agent.kill('SIGTERM');
    expect((await outcome).code).toBe(0);
    expect(hub.lostEnrollments).toBe(0);
    expect([...keys]).toHaveLength(1);
  });

  it('stops in time while the hub does not answer', async () => {
    await enroll();
    await hub.stop();
    // Takes connections and says nothing.
    const silent = createServer();
    silent.listen(Number(new URL(hub.url).port), '127.0.0.1');
    await once(silent, 'listening');
    const agent = start(['run']);
    const outcome = outcomeOf(agent);
    const [socket] = (await once(silent, 'connection')) as [{ destroy(): void }];
    agent.kill('SIGTERM');
    expect((await outcome).code).toBe(0);
    socket.destroy();
    silent.close();
  });
});
