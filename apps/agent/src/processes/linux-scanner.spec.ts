import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ProcessScanSchema, type ProcessIdentity, type ProcessValues } from '@hostdeck/contracts';
import { BOOTED_AT, PAGE, ProcessTree } from '../../test/process-tree';
import type { HostProcesses } from './host-processes';
import { platformProcesses } from './platform-processes';
import { Logger } from '../log/logger';
import { DEFAULT_SETTINGS } from '@hostdeck/contracts';
import { scanParts } from './scan-parts';

describe('a scan of the processes of Linux', () => {
  let tree: ProcessTree;

  beforeEach(() => {
    tree = new ProcessTree();
  });
  afterEach(() => tree.dispose());

  const identityOf = ({ processes }: HostProcesses, pid: number): ProcessIdentity | undefined =>
    processes.find(({ identity }) => identity.pid === pid)?.identity;
  const valuesOf = ({ processes }: HostProcesses, pid: number): ProcessValues | undefined =>
    processes.find(({ identity }) => identity.pid === pid)?.values;

  it('has who a process is and what it uses, and rates from the second scan on', async () => {
    const { scanner } = tree.sources();
    const io = (bytes: number) => `rchar: 1\nread_bytes: ${bytes}\nwrite_bytes: 0\n`;
    const app = { name: 'app', command: 'app\0--fast\0', ppid: 1, pages: 10, openFiles: 3 };
    tree.set(7, { ...app, io: io(0) });
    const first = await scanner.scan();
    expect(identityOf(first, 7)).toEqual({
      pid: 7,
      started: (BOOTED_AT + 1) * 1000,
      ppid: 1,
      name: 'app',
      user: 'root',
      command: 'app --fast',
    });
    expect(valuesOf(first, 7)).toEqual([7, 'sleeping', null, 10 * PAGE, null, null, 1, 3]);
    expect([first.total, first.memoryTotal]).toEqual([2, expect.any(Number)]);

    tree.set(7, { ...app, state: 'R', cpu: 100, io: io(1_000_000) });
    tree.pass({ uptime: 1_002, busy: 100 });
    const second = await scanner.scan();
    const [, state, cpu, , read, write] = valuesOf(second, 7) ?? [];
    expect([state, write]).toEqual(['running', 0]);
    // A second of about two: the system's clock goes in steps of its own.
    expect(Math.abs((cpu ?? 0) - 50)).toBeLessThan(20);
    expect(read).toBeGreaterThan(0);
    // What has not changed is the same object, so that it need not be sent again.
    expect(identityOf(second, 7)).toBe(identityOf(first, 7));
  });

  it('has unknown for what this user may not read, and nothing for what is gone half-way', async () => {
    tree.set(7, { openFiles: 1 });
    tree.set(8, {});
    tree.set(9, {});
    tree.vanish(8, 'stat');
    tree.vanish(9, 'cmdline');
    const scan = await tree.sources().scanner.scan();
    expect(valuesOf(scan, 7)?.slice(4, 6)).toEqual([null, null]);
    expect(identityOf(scan, 8)).toBeUndefined();
    expect(identityOf(scan, 9)?.command).toBeNull();
  });

  it('tells a process from an earlier one with its pid, and sees it become another program', async () => {
    const { scanner } = tree.sources();
    tree.set(7, { name: 'sh', command: 'sh\0-c\0x\0', cpu: 500 });
    const first = await scanner.scan();
    tree.set(7, { name: 'app', command: 'app\0', cpu: 500 });
    const second = await scanner.scan();
    expect(identityOf(second, 7)).toMatchObject({ name: 'app', command: 'app' });
    expect(identityOf(second, 7)?.started).toBe(identityOf(first, 7)?.started);
    tree.pass({ uptime: 1_010, busy: 0 });
    tree.set(7, { name: 'app', command: 'app\0', cpu: 100, started: 100_800 });
    const third = await scanner.scan();
    expect(identityOf(third, 7)?.started).toBe((BOOTED_AT + 1_008) * 1000);
    // One second of the two that it is there.
    expect(valuesOf(third, 7)?.[2]).toBeLessThan(70);
  });

  it('makes any name and command line inert, and cuts long ones', async () => {
    tree.set(7, { name: 'a) R 1 (b\n', command: 'a\0' });
    tree.set(8, { name: '\u202eevil', command: Buffer.from([0x61, 0xff, 0xfe, 0, 0x1b, 0x62, 0]) });
    tree.set(9, { command: `java\0-cp\0${'/x.jar:'.repeat(10_000)}\0--password=S3cret\0` });
    tree.set(10, { command: 'y'.repeat(65_536) });
    const scan = await tree.sources().scanner.scan();
    expect(identityOf(scan, 7)).toMatchObject({ name: 'a) R 1 (b\ufffd', ppid: 1 });
    expect(identityOf(scan, 8)).toMatchObject({
      name: '\ufffdevil',
      command: 'a\ufffd\ufffd \ufffdb',
    });
    expect(identityOf(scan, 9)?.command).toBe('java -cp …');
    expect(identityOf(scan, 10)?.command).toHaveLength(1);
    for (const part of scanParts(scan, null, 256 * 1024)) {
      expect(ProcessScanSchema.safeParse(part).success).toBe(true);
    }
  });

  it('leaves out what the settings skip, and every command line when they are hidden', async () => {
    tree.set(7, { name: 'secretd', command: 'secretd\0' });
    tree.set(8, { name: 'app', command: 'app\0' });
    tree.settings = { ...tree.settings, processes: { include: [], skip: ['secret*'] } };
    const { scanner } = tree.sources();
    expect(identityOf(await scanner.scan(), 7)).toBeUndefined();
    tree.settings = { ...tree.settings, commandLines: 'hidden' };
    scanner.forget();
    expect(identityOf(await scanner.scan(), 8)).toMatchObject({ name: 'app', command: null });
  });

  it('scans more processes than are sent without holding up anything else, and says how many there are', async () => {
    for (let pid = 100; pid < 10_200; pid += 1) {
      tree.set(pid, { pages: pid, command: `/usr/bin/worker\0--number\0${pid}\0` });
    }
    const { scanner } = tree.sources();
    let turns = 0;
    let isOver = false;
    const takeTurns = () => {
      turns += 1;
      if (!isOver) setImmediate(takeTurns);
    };
    takeTurns();
    const first = await scanner.scan();
    isOver = true;
    expect(turns).toBeGreaterThan(10);
    expect([first.total, first.processes.length]).toEqual([10_101, 10_000]);
    // Those that use least are the ones left out.
    expect(identityOf(first, 100)).toBeUndefined();
    expect(identityOf(first, 10_199)).toBeDefined();
    const parts = scanParts(first, null, 256 * 1024);
    expect(Math.max(...parts.map((part) => JSON.stringify(part).length))).toBeLessThan(255 * 1024);
    expect(parts.flatMap(({ appeared }) => appeared)).toHaveLength(10_000);
    expect(parts.map(({ first: isFirst, last }) => [isFirst, last])).toEqual(
      parts.map((_, index) => [index === 0, index === parts.length - 1]),
    );

    // With the second, the share of a processor is known of all.
    tree.pass({ uptime: 1_010, busy: 0 });
    const second = await scanner.scan();
    tree.pass({ uptime: 1_020, busy: 0 });
    const sent = new Map(second.processes.map((process) => [process.identity.pid, process]));
    tree.remove(10_150);
    const [difference, ...more] = scanParts(await scanner.scan(), sent, 256 * 1024);
    expect(more).toEqual([]);
    expect(difference).toMatchObject({ first: false, last: true, gone: [10_150] });
    // The one that takes the free place.
    expect(difference?.appeared.map(({ pid }) => pid)).toEqual([199]);
  }, 60_000);

  it('agrees with ps about a process of this machine', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      await once(child, 'spawn');
      const { scanner } = await platformProcesses(process.platform, {
        settings: () => DEFAULT_SETTINGS,
        logger: new Logger({ level: 'error', write: () => undefined }),
      });
      const scan = await scanner.scan();
      const columns = ['-o', 'ppid=,user=,rss=,nlwp=,comm=', '-p', String(child.pid)];
      const [ppid, user, memory, threads, name] = execFileSync('ps', columns, { encoding: 'utf8' })
        .trim()
        .split(/\s+/);
      const identity = identityOf(scan, child.pid ?? 0);
      const values = valuesOf(scan, child.pid ?? 0);
      expect([String(identity?.ppid), identity?.user, String(values?.[6]), identity?.name]).toEqual(
        [ppid, user, threads, name],
      );
      // It may have grown in between.
      expect((values?.[3] ?? 0) / 1024 / Number(memory)).toBeGreaterThan(0.5);
      expect(identity?.command).toBe('sleep 600');
      expect(Math.abs((identity?.started ?? 0) - Date.now())).toBeLessThan(60_000);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
