import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hello } from '@hostdeck/contracts';
import { bundleAgent } from '../../test/agent-program';
import { SmallDisk } from '../../test/small-disk';
import { JOIN_TOKEN, TestHub } from '../../test/test-hub';

describe('the agent, as a process, and what may befall it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostdeck-faults-'));
  const program = join(folder, 'main.mjs');
  const children = new Set<ChildProcess>();
  let stateDir: string;
  let hub: TestHub;

  function start(): ChildProcess {
    const child = spawn(process.execPath, [program, 'run'], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        PATH: '/usr/bin:/bin',
        HOSTDECK_HUB: hub.url,
        HOSTDECK_TOKEN: JOIN_TOKEN,
        HOSTDECK_STATE_DIR: stateDir,
        HOSTDECK_INTERVAL: '1',
      },
    });
    children.add(child);
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async function killAll(): Promise<void> {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) await kill(child);
    }
    children.clear();
  }

  const nextHello = async () => (await once(hub, 'hello'))[0] as Hello;

  /** What the agent last said of itself on disk. */
  const epochOnDisk = () =>
    (JSON.parse(readFileSync(join(stateDir, 'outbox/epoch.json'), 'utf8')) as { epoch: string })
      .epoch;

  /** Every frame from 0 to the newest that was stored is there once, in one epoch. */
  function expectEverythingOnce(): void {
    const epochs = new Set([...hub.stored.keys()].map((key) => key.split(' ')[0]));
    expect(epochs.size).toBe(1);
    expect([...new Set(hub.arrivals)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: Math.max(...hub.arrivals) + 1 }, (_, seq) => seq),
    );
    expect(hub.duplicates).toBe(0);
  }

  beforeAll(() => bundleAgent(program));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    stateDir = join(mkdtempSync(join(folder, 'test-')), 'state');
    hub = new TestHub();
    hub.interval = 1_000;
    await hub.start();
  });
  afterEach(async () => {
    await killAll();
    await hub.stop();
  });

  it('brings everything it sampled before it was killed without the hub, and counts on', async () => {
    const first = start();
    const { epoch } = await nextHello();
    await hub.storedFrame(0);
    await hub.stop();
    await delay(3_500);
    await kill(first);
    await hub.start();
    hub.storedRanges = [[0, Math.max(...hub.arrivals)]];
    start();
    const hello = await nextHello();
    expect(hello.epoch).toBe(epoch);
    // Three seconds without a hub, of which at most one frame is lost.
    expect(hello.newestSeq).toBeGreaterThanOrEqual(3);
    await hub.storedFrame((hello.newestSeq ?? 0) + 1);
    await hub.storedFrame(hello.newestSeq ?? 0);
    expectEverythingOnce();
  });

  it('survives being stopped for a while, as a sleeping machine is', async () => {
    await hub.stop();
    hub.ping = { interval: 300, timeout: 300 };
    await hub.start();
    const child = start();
    await hub.storedFrame(1);
    const disconnected = once(hub, 'disconnect');
    child.kill('SIGSTOP');
    await disconnected;
    const hello = nextHello();
    child.kill('SIGCONT');
    const { newestSeq } = await hello;
    await hub.storedFrame((newestSeq ?? 2) + 2);
    const [series = []] = hub.schemas.values();
    const rates = series.flatMap((key, place) =>
      /^(cpu|disk|network)\./.test(key) ? [place] : [],
    );
    expect(rates.length).toBeGreaterThan(10);
    for (const [, , values] of hub.stored.values()) {
      for (const place of rates) expect(values[place] ?? 0).toBeGreaterThanOrEqual(0);
    }
    expect([...hub.stored.values()].map(([, time]) => time)).toEqual(
      [...hub.stored.values()].map(([, time]) => time).sort((a, b) => a - b),
    );
  });

  it('goes on when its state directory is removed under it, and begins anew at the next start', async () => {
    const first = start();
    const { epoch } = await nextHello();
    await hub.storedFrame(0);
    rmSync(stateDir, { recursive: true });
    await hub.storedFrame(2);
    await kill(first);
    rmSync(stateDir, { recursive: true, force: true });
    start();
    const hello = await nextHello();
    expect(hello.epoch).not.toBe(epoch);
    await hub.batchWhere((batch) => batch.epoch === hello.epoch);
  });

  const describeIfPossible = SmallDisk.isPossible() ? describe : () => undefined;
  describeIfPossible('on a disk that is full', () => {
    let disk: SmallDisk;

    beforeEach(() => {
      disk = new SmallDisk(stateDir);
    });
    afterEach(async () => {
      await killAll();
      disk.dispose();
    });

    it('starts, samples and brings everything, and keeps it on disk when there is room', async () => {
      const first = start();
      await hub.storedFrame(0);
      await kill(first);
      const ballast = join(stateDir, 'ballast');
      for (let size = 64; size > 0; size -= 4) {
        try {
          writeFileSync(ballast, Buffer.alloc(size * 1024));
          break;
        } catch {
          // Still too much: what is left is less than this.
        }
      }
      expect(() => writeFileSync(join(stateDir, 'more'), Buffer.alloc(8_192))).toThrow('ENOSPC');
      hub.storedRanges = [[0, Math.max(...hub.arrivals)]];
      start();
      const { epoch, newestSeq } = await nextHello();
      await hub.storedFrame((newestSeq ?? 0) + 2);
      rmSync(ballast);
      rmSync(join(stateDir, 'more'));
      await hub.storedFrame((newestSeq ?? 0) + 9);
      expect(epochOnDisk()).toBe(epoch);
      expectEverythingOnce();
    });
  });
});
