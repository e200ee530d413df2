import { spawnSync } from 'node:child_process';
import { open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FleetUpdate, Readiness, StorageState } from '@hostdeck/contracts';
import { Client } from './client';
import { eventually, next } from './events';
import { ProgramUnderTest } from './program';
import { openStored } from './stored';
import { TestAgent } from './test-agent';

/** Runs a program of the system; the faults of this file need root. */
function system(program: string, words: readonly string[], file?: number): void {
  const stdio = ['ignore', 'pipe', 'pipe', ...(file === undefined ? [] : [file])] as const;
  const { status, stderr } = spawnSync(program, words, { stdio: [...stdio] });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${String(stderr)}`);
}

async function readiness(url: string): Promise<{ status: number; body: Readiness }> {
  const { status, body } = await new Client(url).get('/api/health/ready');
  return { status, body: body as Readiness };
}

describe('a disk that is full', () => {
  const hub = new ProgramUnderTest();

  /** Runs a test with its data folder on a small disk of its own. */
  async function onSmallDisk(test: () => Promise<void>): Promise<void> {
    system('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', hub.dataDir]);
    try {
      await test();
    } finally {
      // Lazily: after a failure the hub still has files open there.
      system('umount', ['-l', hub.dataDir]);
    }
  }

  /** Takes all the room that is left. */
  async function fill(): Promise<string> {
    const path = join(hub.dataDir, 'ballast');
    const file = await open(path, 'w');
    for (const size of [1 << 20, 1 << 16, 1 << 12, 1]) {
      for (;;) {
        const written = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
        if (written.bytesWritten < size) break;
      }
    }
    await file.close();
    return path;
  }

  it('means no ack for what is not stored, while the live view goes on; and all is well once there is room', () =>
    onSmallDisk(async () => {
      const running = hub.run();
      const url = await running.ready();
      const agent = await TestAgent.join(url);
      const admin = await Client.signIn(url);
      const start = Date.now();
      const frame = (seq: number): [number, number, number[]] => [
        seq,
        start + seq,
        [seq % 100, 2, 3],
      ];
      expect(await agent.send(frame(0))).toEqual({ ok: true, fresh: 1 });
      const live = admin.live();
      await next(live, 'connect');
      await live.emitWithAck('watch', { room: 'fleet' });

      const said: StorageState[] = [];
      live.on('storage', (state: StorageState) => said.push(state));
      const ballast = await fill();
      const acked = new Set([0]);
      const refused = await eventually(
        async () => {
          const seq = acked.size;
          const result = await agent.send(frame(seq));
          if (result.ok) acked.add(seq);
          return result;
        },
        ({ ok }) => !ok,
      );
      expect(refused).toMatchObject({ ok: false, code: 'storage' });
      const seen = new Promise<void>((resolve) => {
        live.on('fleet', ({ cards }: FleetUpdate) => {
          if (cards.some(({ values }) => values.cpu === 99)) resolve();
        });
      });
      expect(await agent.send([500, start + 500, [99, 2, 3]])).toMatchObject({ code: 'storage' });
      await seen;
      const full = await readiness(url);
      expect(full).toMatchObject({ status: 503, body: { storage: { writable: false } } });
      expect(full.body.storage.error).toMatch(/full/);
      expect(
        (await admin.series(agent.id, { metric: 'cpu.busy', from: String(start) })).series[0]
          ?.points,
      ).toHaveLength(acked.size);

      await rm(ballast);
      expect(await agent.send(frame(acked.size))).toEqual({ ok: true, fresh: 1 });
      acked.add(acked.size);
      await eventually(
        () => readiness(url),
        ({ status }) => status === 200,
      );
      const { series } = await admin.series(agent.id, {
        metric: 'cpu.busy',
        from: String(start),
        maxPoints: '5000',
      });
      expect(series[0]?.points.map(([at]) => at - start)).toEqual([...acked]);
      const told = await eventually(
        () => said,
        (all) => all.at(-1)?.error === null,
      );
      expect(told[0]?.error).toMatch(/full/);
      live.close();
      await agent.leave();
      expect(await running.kill('SIGTERM')).toMatchObject({ code: 0 });
    }));
});

describe('a database that is broken at the start', () => {
  const hub = new ProgramUnderTest();

  it.each([
    ['is garbage', (path: string) => writeFile(path, Buffer.alloc(50_000, 'garbage'))],
    ['is cut', (path: string) => truncate(path, 20_000)],
    [
      'is fine at its beginning only',
      async (path: string) => {
        const bytes = await readFile(path);
        await writeFile(path, bytes.fill(255, 8_192));
      },
    ],
    [
      'has a broken table of tokens',
      async (path: string) => {
        const stored = await openStored(dirname(path));
        const [table] = await stored.all<{ rootpage: number }>(
          `SELECT rootpage FROM sqlite_schema WHERE name = 'api_tokens'`,
        );
        await stored.close();
        const bytes = await readFile(path);
        const page = ((table?.rootpage ?? 1) - 1) * 4_096;
        await writeFile(path, bytes.fill(255, page, page + 4_096));
      },
    ],
    [
      'is empty beside a log',
      async (path: string) => {
        await writeFile(path, '');
        await writeFile(`${path}-wal`, 'frames');
      },
    ],
  ])('because it %s is set aside as it is, loudly, and a new one begun', async (_, damage) => {
    const first = hub.run();
    const agent = await TestAgent.join(await first.ready());
    await agent.send([0, Date.now(), [1, 2, 3]]);
    await agent.leave();
    await first.kill('SIGTERM');
    const path = join(hub.dataDir, 'hostdeck.sqlite');
    await damage(path);
    const damaged = await readFile(path);

    const second = hub.run();
    const url = await second.ready();
    const corrupt = (await readdir(hub.dataDir)).filter((name) =>
      /^hostdeck\.sqlite\.corrupt-\d{8}T\d{6}Z$/.test(name),
    );
    expect(corrupt).toHaveLength(1);
    expect(await readFile(join(hub.dataDir, corrupt[0] ?? ''))).toEqual(damaged);
    expect(await readiness(url)).toMatchObject({
      status: 200,
      body: { storage: { writable: true, corruptFile: corrupt[0] } },
    });
    const agentAgain = await TestAgent.join(url, 'again');
    await agentAgain.leave();
    const live = (await Client.signIn(url)).live();
    await next(live, 'connect');
    expect(await live.emitWithAck('probe')).toMatchObject({
      storage: { error: null, corruptFile: corrupt[0] },
    });
    live.close();
    const { stdout, stderr } = await second.kill('SIGTERM');
    expect(stdout).toContain(`set aside as ${join(hub.dataDir, corrupt[0] ?? '')}`);
    expect(stderr).toMatch(/"level":50[^\n]*the database was broken/);
    // Said once: the next start finds a good one.
    const third = hub.run();
    expect((await readiness(await third.ready())).body.storage).toEqual({
      writable: true,
      error: null,
    });
  });
});

describe('a data folder on a network file system', () => {
  const hub = new ProgramUnderTest();

  it('is refused by name', async () => {
    const device = await open('/dev/fuse', 'r+');
    // Nobody answers behind it, and none is needed: it is of another user, so that the kernel answers itself.
    const options = 'fd=3,rootmode=40000,user_id=65534,group_id=65534';
    system('mount', ['-i', '-t', 'fuse', '-o', options, 'fuse', hub.dataDir], device.fd);
    try {
      const { code, stdout, stderr } = await hub.command();
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe(
        `hostdeck-hub: HOSTDECK_DATA_DIR: ${hub.dataDir} is on a network file system (FUSE), where a database gets broken; choose a folder on a local disk\n`,
      );
    } finally {
      system('umount', [hub.dataDir]);
      await device.close();
    }
  });
});
