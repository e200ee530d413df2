import { deadMount, type DeadMount } from '../../../test/dead-mount';
import { read, RecordedMachine } from '../../../test/recorded-machine';
import { Logger } from '../../log/logger';
import { Sampler } from '../../sampler/sampler';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { DistantFilesystemCollector } from './distant-filesystems';
import { FilesystemCollector } from './filesystems';
import { KernelFiles } from './kernel-files';
import { UptimeCollector } from './load';

const ASKED = { ...DEFAULT_COLLECTOR_OPTIONS, networkMounts: true };

describe('filesystems that others answer for', () => {
  it('are asked by a program, each with the numbers of its own', async () => {
    const machine = RecordedMachine.of({
      'proc/self/mountinfo': '1 0 0:40 / /mnt/share rw - nfs4 server:/share rw\n',
    });
    machine.writeProgram('stat', 'test "$5" = /mnt/share && echo 4096 1000 700 650 200 180');
    const collector = new DistantFilesystemCollector(machine.files, machine.programs, () => ASKED);
    expect((await read(collector, 0)).values).toEqual({
      'filesystem.used{/mnt/share}': 300 * 4096,
      'filesystem.free{/mnt/share}': 650 * 4096,
      'filesystem.used_share{/mnt/share}': (300 / 950) * 100,
      'filesystem.inodes_used{/mnt/share}': 10,
      'filesystem.read_only{/mnt/share}': 0,
    });
    machine.writeProgram('stat', 'echo "stale file handle" >&2; exit 1');
    const failed = await read(collector, 60_000);
    expect(failed.values['filesystem.used{/mnt/share}']).toBeNull();
    expect(failed.warnings).toEqual(['/mnt/share can not be asked']);
    machine.dispose();
  });

  describe('and never do', () => {
    let dead: DeadMount;

    beforeAll(async () => {
      dead = await deadMount();
    });
    afterAll(() => dead.dispose());

    it('are unknown, and everything else keeps its beat', async () => {
      const files = new KernelFiles({ proc: dead.proc, sys: '/sys' });
      const distant = new DistantFilesystemCollector(files, dead.programs, () => ASKED);
      const logger = new Logger({ level: 'error', write: () => undefined });
      const sampler = new Sampler(
        [distant, new FilesystemCollector(files, () => ASKED), new UptimeCollector(files)],
        logger,
      );
      const first = await sampler.sample(2_000);
      const place = first.schema.series.indexOf('filesystem.used{/}');
      expect(first.values[place]).toBeGreaterThan(0);
      // The dead one is not in it, for it was not waited for.
      expect(first.schema.series).not.toContain(`filesystem.used{${dead.point}}`);
      for (let tick = 0; tick < 3; tick += 1) {
        const { schema, values } = await sampler.sample(2_000);
        expect(values[schema.series.indexOf('uptime')]).not.toBeNull();
      }
      const reading = await read(
        new DistantFilesystemCollector(files, dead.programs, () => ASKED),
        0,
      );
      expect(reading.values[`filesystem.used{${dead.point}}`]).toBeNull();
      expect(reading.warnings[0]).toContain('did not end within');
      files.close();
    });
  });
});
