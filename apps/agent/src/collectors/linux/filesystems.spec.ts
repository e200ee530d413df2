import { read, RecordedMachine } from '../../../test/recorded-machine';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { FilesystemCollector } from './filesystems';
import type { FilesystemUsage } from './filesystem-usage';
import { parseMounts, type MountOptions } from './mounts';

const USUAL = () => DEFAULT_COLLECTOR_OPTIONS;
/** 4 KiB blocks: 1000, of which 300 are used and 50 kept for root; 200 inodes, of which 20 are used. */
const USAGE: FilesystemUsage = {
  bsize: 4096,
  blocks: 1000,
  bfree: 700,
  bavail: 650,
  files: 200,
  ffree: 180,
};

describe('the list of mounts', () => {
  const points = (...lines: string[]) =>
    parseMounts(lines.join('\n'), DEFAULT_COLLECTOR_OPTIONS).map(({ point }) => point);

  it('has local filesystems only', () => {
    expect(
      points(
        '22 27 0:21 / /proc rw - proc proc rw',
        '27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
        '28 27 0:40 / /mnt/share rw - nfs4 server:/share rw',
        '29 27 0:41 / /home/a/remote rw - fuse.sshfs a@b: rw',
        '30 27 0:42 / /tmp rw - tmpfs tmpfs rw',
        '31 27 7:1 / /snap/core ro - squashfs /dev/loop1 ro',
        '32 27 8:1 / /srv rw master:2 - xfs /dev/sda1 rw',
      ),
    ).toEqual(['/', '/srv']);
  });

  it('has a filesystem once, at the shortest path of the whole of it', () => {
    expect(
      points(
        '32 27 8:1 / /srv/data rw - xfs /dev/sda1 rw',
        '33 27 8:1 /export /export rw - xfs /dev/sda1 rw',
        '34 27 8:1 / /srv/data/again rw - xfs /dev/sda1 rw',
      ),
    ).toEqual(['/srv/data']);
  });

  it('has a subvolume, but no single files that a container was given', () => {
    expect(
      points(
        '1 0 0:50 / / rw - overlay overlay rw',
        '2 1 8:1 /containers/x/hosts /etc/hosts rw - ext4 /dev/sda1 rw',
      ),
    ).toEqual(['/']);
    expect(points('1 0 0:31 /@ / rw - btrfs /dev/sda2 rw')).toEqual(['/']);
    expect(points('1 0 0:31 /@home /home rw - btrfs /dev/sda2 rw')).toEqual(['/home']);
  });

  it('reads names with blanks, and what was mounted last at a place', () => {
    expect(
      parseMounts(
        '2 1 8:1 / /my\\040disk rw - ext4 /dev/sda1 rw\n3 2 8:2 / /my\\040disk rw - xfs /dev/sda2 rw',
        DEFAULT_COLLECTOR_OPTIONS,
      ),
    ).toEqual([{ point: '/my disk', type: 'xfs', isReadOnly: false, isDistant: false }]);
  });

  it('has nothing of a line it can not read', () => {
    expect(points('', 'rubbish', '1 2 3 - ', '')).toEqual([]);
  });

  describe('with network mounts', () => {
    const lines = [
      '27 1 254:0 / / rw - ext4 /dev/vda rw',
      '28 27 0:40 / /mnt/share rw - nfs4 server:/share rw',
      '29 27 8:9 / /mnt/share/inner rw - ext4 /dev/sdb rw',
      '30 27 0:44 / /auto rw - autofs systemd-1 rw',
      '31 27 0:45 / /ntfs rw - fuseblk /dev/sdc1 rw',
    ].join('\n');
    const mounts = (options: Partial<MountOptions>) =>
      parseMounts(lines, { ...DEFAULT_COLLECTOR_OPTIONS, ...options }).map(
        ({ point, isDistant }) => `${point}${isDistant ? ' distant' : ''}`,
      );

    it('leaves those out, and asks what lies in one or is served by a program from afar', () => {
      expect(mounts({})).toEqual(['/', '/mnt/share/inner distant', '/ntfs distant']);
    });

    it('has them where they are wanted, in general or by name, and never touches autofs', () => {
      expect(mounts({ networkMounts: true })).toContain('/mnt/share distant');
      expect(mounts({ mounts: { include: ['/mnt/*', '/auto'], skip: [] } })).toEqual([
        '/mnt/share distant',
        '/mnt/share/inner distant',
      ]);
    });
  });
});

describe('filesystems', () => {
  let machine: RecordedMachine;

  function mount(...mountPoints: string[]): void {
    machine.write(
      'proc/self/mountinfo',
      mountPoints.map((point, index) => `1 0 8:${index} / ${point} rw - ext4 x rw`).join('\n'),
    );
  }

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  it('counts as df does', async () => {
    const collector = new FilesystemCollector(machine.files, USUAL, () => Promise.resolve(USAGE));
    const { values } = await read(collector, 0);
    expect(values).toEqual({
      'filesystem.used{/}': 300 * 4096,
      'filesystem.free{/}': 650 * 4096,
      'filesystem.used_share{/}': (300 / 950) * 100,
      'filesystem.inodes_used{/}': 10,
      'filesystem.read_only{/}': 0,
    });
  });

  it('does not know the inodes of a filesystem that has no fixed number of them', async () => {
    const usage = { ...USAGE, files: 0, ffree: 0 };
    const collector = new FilesystemCollector(machine.files, USUAL, () => Promise.resolve(usage));
    expect((await read(collector, 0)).values['filesystem.inodes_used{/}']).toBeNull();
  });

  it('knows nothing of one that fails, and all of the others', async () => {
    mount('/', '/broken');
    const collector = new FilesystemCollector(machine.files, USUAL, (path) =>
      path === '/broken' ? Promise.reject(new Error('EIO')) : Promise.resolve(USAGE),
    );
    const { values, warnings } = await read(collector, 0);
    expect(values['filesystem.used{/broken}']).toBeNull();
    expect(values['filesystem.used{/}']).toBe(300 * 4096);
    expect(warnings).toEqual(['/broken: EIO']);
  });

  it('does not ask one again that hangs, and keeps the other threads for others', async () => {
    mount('/', '/dead', '/other');
    const asked: string[] = [];
    let answer: (usage: FilesystemUsage) => void = () => undefined;
    let isDead = true;
    const collector = new FilesystemCollector(machine.files, USUAL, (path) => {
      asked.push(path);
      if (path !== '/dead' || !isDead) return Promise.resolve(USAGE);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const first = await read(collector, 0);
    expect(asked).toEqual(['/', '/dead']);
    expect(first.values['filesystem.used{/}']).toBe(300 * 4096);
    expect(first.values['filesystem.used{/dead}']).toBeNull();
    expect(first.warnings).toContain('/other is not asked: /dead did not answer yet');

    isDead = false;
    answer(USAGE);
    await new Promise(setImmediate);
    const second = await read(collector, 10_000);
    expect(asked.slice(2)).toEqual(['/', '/dead', '/other']);
    expect(second.values['filesystem.used{/dead}']).toBe(300 * 4096);
    expect(second.warnings).toEqual([]);
  });

  it('are watched up to a limit, which is said, with names that are safe to show', async () => {
    const many = Array.from({ length: 498 }, (_, index) => `/srv/${index}`);
    mount('/', '/a\u202eb\u001b[31mc', ...many);
    const collector = new FilesystemCollector(machine.files, USUAL, () => Promise.resolve(USAGE));
    const { values, warnings } = await read(collector, 0);
    const watched = Object.keys(values).filter((key) => key.startsWith('filesystem.used{'));
    expect(watched).toHaveLength(64);
    expect(watched).toContain('filesystem.used{/a\ufffdb\ufffd[31mc}');
    expect(warnings).toEqual(['500 filesystems, of which the first 64 are watched']);
  });

  it('that are read-only themselves, not only as the agent is shown them, say so', async () => {
    machine.write(
      'proc/self/mountinfo',
      '1 0 8:1 / / ro,relatime - ext4 x rw\n2 1 8:2 / /srv rw,relatime - ext4 x ro,errors=remount-ro',
    );
    const collector = new FilesystemCollector(machine.files, USUAL, () => Promise.resolve(USAGE));
    expect((await read(collector, 0)).values).toMatchObject({
      'filesystem.read_only{/}': 0,
      'filesystem.read_only{/srv}': 1,
    });
  });

  it('are those that were asked for, at the next reading', async () => {
    machine.write(
      'proc/self/mountinfo',
      [
        '1 0 8:1 / / rw - ext4 x rw',
        '2 1 0:42 / /tmp rw - tmpfs tmpfs rw',
        '3 1 0:21 / /proc rw - proc proc rw',
      ].join('\n'),
    );
    let options = DEFAULT_COLLECTOR_OPTIONS;
    const collector = new FilesystemCollector(
      machine.files,
      () => options,
      (path) => Promise.resolve(path === '/proc' ? { ...USAGE, blocks: 0 } : USAGE),
    );
    const watched = async (now: number) =>
      Object.keys((await read(collector, now)).values).filter((key) => key.includes('free'));
    expect(await watched(0)).toEqual(['filesystem.free{/}']);
    options = { ...options, mounts: { include: ['*'], skip: ['/'] } };
    expect(await watched(10_000)).toEqual(['filesystem.free{/tmp}']);
  });
});
