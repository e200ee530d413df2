import { read, RecordedMachine } from '../../../test/recorded-machine';
import { FilesystemCollector, type FilesystemUsage } from './filesystems';
import { parseMounts } from './mounts';

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
  const points = (...lines: string[]) => parseMounts(lines.join('\n')).map(({ point }) => point);

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
      ),
    ).toEqual([{ point: '/my disk', type: 'xfs' }]);
  });

  it('has nothing of a line it can not read', () => {
    expect(parseMounts('\nrubbish\n1 2 3 - \n')).toEqual([]);
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
    const collector = new FilesystemCollector(machine.files, () => Promise.resolve(USAGE));
    const { values } = await read(collector, 0);
    expect(values).toEqual({
      'filesystem.used{/}': 300 * 4096,
      'filesystem.free{/}': 650 * 4096,
      'filesystem.used_share{/}': (300 / 950) * 100,
      'filesystem.inodes_used{/}': 10,
    });
  });

  it('does not know the inodes of a filesystem that has no fixed number of them', async () => {
    const usage = { ...USAGE, files: 0, ffree: 0 };
    const collector = new FilesystemCollector(machine.files, () => Promise.resolve(usage));
    expect((await read(collector, 0)).values['filesystem.inodes_used{/}']).toBeNull();
  });

  it('knows nothing of one that fails, and all of the others', async () => {
    mount('/', '/broken');
    const collector = new FilesystemCollector(machine.files, (path) =>
      path === '/broken' ? Promise.reject(new Error('EIO')) : Promise.resolve(USAGE),
    );
    const { values, warnings } = await read(collector, 0);
    expect(values['filesystem.used{/broken}']).toBeNull();
    expect(values['filesystem.used{/}']).toBe(300 * 4096);
    expect(warnings).toEqual(['/broken: EIO']);
  });

  it('does not ask one again that hangs, and stops asking before all threads hang', async () => {
    mount('/', '/dead1', '/dead2', '/other');
    const asked: string[] = [];
    const dead = new Set(['/dead1', '/dead2']);
    let answer: (usage: FilesystemUsage) => void = () => undefined;
    const collector = new FilesystemCollector(machine.files, (path) => {
      asked.push(path);
      if (!dead.has(path)) return Promise.resolve(USAGE);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const first = await read(collector, 0);
    expect(asked).toEqual(['/', '/dead1', '/dead2']);
    expect(first.values['filesystem.used{/}']).toBe(300 * 4096);
    expect(first.values['filesystem.used{/dead1}']).toBeNull();

    // The second of the two comes back.
    dead.delete('/dead2');
    answer(USAGE);
    await new Promise(setImmediate);
    const second = await read(collector, 10_000);
    expect(asked.slice(3)).toEqual(['/', '/dead2', '/other']);
    expect(second.values['filesystem.used{/other}']).toBe(300 * 4096);
    expect(second.values['filesystem.used{/dead1}']).toBeNull();
  });
});
