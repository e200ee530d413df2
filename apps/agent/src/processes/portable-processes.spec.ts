import { CulpritsSchema, DEFAULT_SETTINGS, ProcessScanSchema } from '@hostdeck/contracts';
import type { Systeminformation } from 'systeminformation';
import { PortableProcesses } from './portable-processes';
import { scanParts } from './scan-parts';

/** As `systeminformation` 5.33 takes a line of `ps` on macOS apart. */
const RECORDED: Systeminformation.ProcessesProcessData = {
  pid: 512,
  parentPid: 1,
  name: 'postgres',
  cpu: 12.34,
  cpuu: 0,
  cpus: 0,
  mem: 0.5,
  priority: 31,
  memVsz: 409_000_000,
  memRss: 20_480,
  nice: 0,
  started: '2026-01-02 03:04:05',
  state: 'sleeping',
  tty: '',
  user: 'bob',
  command: 'postgres',
  params: '-D /data --password=S3cret',
  path: '/opt/homebrew/bin',
};

describe('processes of other systems than Linux', () => {
  const list = [
    RECORDED,
    { ...RECORDED, pid: 1, parentPid: -1, name: 'launchd', cpu: 0, memRss: 1, user: '' },
  ];
  const answer: Systeminformation.ProcessesData = {
    all: 2,
    running: 0,
    blocked: 0,
    sleeping: 2,
    unknown: 0,
    list,
  };
  let settings = DEFAULT_SETTINGS;
  const processes = new PortableProcesses(
    { processes: () => Promise.resolve(answer) },
    () => settings,
  );

  it('are scanned as those of Linux are, without secrets', async () => {
    const scan = await processes.scan();
    expect(scan.processes.find(({ identity }) => identity.pid === 512)).toEqual({
      identity: {
        pid: 512,
        started: Date.parse('2026-01-02 03:04:05'),
        ppid: 1,
        name: 'postgres',
        user: 'bob',
        command: '/opt/homebrew/bin/postgres -D /data --password=***',
      },
      values: [512, 'sleeping', 12.3, 20_480 * 1024, null, null, null, null],
    });
    const [part] = scanParts(scan, null, 256 * 1024);
    expect(ProcessScanSchema.safeParse(part).success).toBe(true);
    const sent = new Map(scan.processes.map((process) => [process.identity.pid, process]));
    expect(scanParts(await processes.scan(), sent, 256 * 1024)).toMatchObject([
      { appeared: [], values: [], gone: [] },
    ]);
  });

  it('have culprits', async () => {
    const culprits = await processes.sample();
    expect(CulpritsSchema.safeParse(culprits).success).toBe(true);
    expect(culprits.map(([pid]) => pid)).toEqual([512, 1]);
    settings = { ...DEFAULT_SETTINGS, processes: { include: ['launchd'], skip: [] } };
    expect((await processes.sample()).map(([pid]) => pid)).toEqual([1]);
  });
});
