import { read, RecordedMachine } from '../../../test/recorded-machine';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { DiskCollector } from './disks';

/** A line of `/proc/diskstats` for a device with the same number everywhere. */
function line(name: string, value: number): string {
  return ` 259 0 ${name} ${Array(17).fill(value).join(' ')}`;
}

describe('disks', () => {
  let machine: RecordedMachine;
  let disks: DiskCollector;

  function addDisk(name: string, kind: 'physical' | 'virtual'): void {
    machine.write(`sys/block/${name}/size`, '1000\n');
    if (kind === 'physical') machine.write(`sys/block/${name}/device`, '');
  }

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
    disks = new DiskCollector(machine.files);
  });
  afterEach(() => machine.dispose());

  it('reads the recording', async () => {
    const first = await read(disks, 0);
    expect(first.values['disk.read_bytes{vda}']).toBeNull();
    expect(first.values['disk.total.read_bytes']).toBeNull();
    machine.load('second');
    const { values } = await read(disks, 7000);
    expect(values['disk.read_bytes{vda}']).toBeCloseTo((24_688 * 512) / 7, 6);
    expect(values['disk.write_bytes{vda}']).toBeCloseTo((624_736 * 512) / 7, 6);
    expect(values['disk.read_ops{vda}']).toBeCloseTo(2341 / 7, 10);
    expect(values['disk.write_ops{vda}']).toBeCloseTo(1365 / 7, 10);
    expect(values['disk.busy{vda}']).toBeCloseTo((632 / 7000) * 100, 10);
    expect(values['disk.await{vda}']).toBeCloseTo((794 + 8479) / (2341 + 1365), 10);
    expect(values['disk.total.read_ops']).toBe(values['disk.read_ops{vda}']);
    expect(values['disk.total.read_bytes']).toBe(values['disk.read_bytes{vda}']);
    expect(Object.keys(values).filter((key) => /loop|zram/.test(key))).toEqual([]);
  });

  it('leaves out partitions, and counts what lies on other disks once in the sums', async () => {
    for (const name of ['nvme0n1', 'nvme1n1']) addDisk(name, 'physical');
    addDisk('md0', 'virtual');
    addDisk('dm-0', 'virtual');
    const all = ['nvme0n1', 'nvme0n1p1', 'nvme1n1', 'md0', 'dm-0'];
    machine.write('proc/diskstats', all.map((name) => line(name, 0)).join('\n'));
    await read(disks, 0);
    machine.write('proc/diskstats', all.map((name) => line(name, 100)).join('\n'));
    const { values } = await read(disks, 1000);
    expect(Object.keys(values).filter((key) => key.startsWith('disk.busy'))).toEqual([
      'disk.busy{nvme0n1}',
      'disk.busy{nvme1n1}',
      'disk.busy{md0}',
      'disk.busy{dm-0}',
    ]);
    expect(values['disk.total.write_bytes']).toBe(2 * 100 * 512);
    // A hundred milliseconds of waiting in a second: a tenth of an operation was waiting at any time.
    expect(values['disk.queue{md0}']).toBe(0.1);
  });

  it('has what was asked for by name, and counts a partition in no sum', async () => {
    for (const name of ['sda', 'sdb']) addDisk(name, 'physical');
    const lines = (value: number) =>
      ['sda', 'sda1', 'sdb', 'loop0'].map((name) => line(name, value)).join('\n');
    machine.write('proc/diskstats', lines(0));
    let options = DEFAULT_COLLECTOR_OPTIONS;
    const watched = new DiskCollector(machine.files, () => options);
    await read(watched, 0);
    options = { ...options, disks: { include: ['sda*'], skip: [] } };
    machine.write('proc/diskstats', lines(100));
    const { values } = await read(watched, 1000);
    expect(Object.keys(values).filter((key) => key.startsWith('disk.busy'))).toEqual([
      'disk.busy{sda}',
      'disk.busy{sda1}',
    ]);
    expect(values['disk.total.write_bytes']).toBe(100 * 512);
  });

  it('has no waiting where there were no operations', async () => {
    await read(disks, 0);
    const { values } = await read(disks, 1000);
    expect(values['disk.await{vda}']).toBe(0);
    expect(values['disk.busy{vda}']).toBe(0);
  });

  it('knows nothing of a disk that was just put in, and forgets one that was taken out', async () => {
    addDisk('sdb', 'physical');
    machine.write('proc/diskstats', line('sdb', 500));
    await read(disks, 0);
    machine.write('proc/diskstats', '');
    expect((await read(disks, 1000)).values).toEqual({
      'disk.total.read_bytes': null,
      'disk.total.write_bytes': null,
      'disk.total.read_ops': null,
      'disk.total.write_ops': null,
    });
    machine.write('proc/diskstats', line('sdb', 900));
    expect((await read(disks, 2000)).values['disk.read_bytes{sdb}']).toBeNull();
  });

  it('watches so many and says how many there are', async () => {
    const names = [...Array(500).keys()].map((number) => `sd${number}`);
    for (const name of names) addDisk(name, 'physical');
    machine.write('proc/diskstats', names.map((name) => line(name, 1)).join('\n'));
    await read(disks, 0);
    machine.write('proc/diskstats', names.map((name) => line(name, 2)).join('\n'));
    const { values, warnings } = await read(disks, 1000);
    expect(values['disk.total.read_ops']).toBe(500);
    expect(Object.keys(values).filter((key) => key.startsWith('disk.busy'))).toHaveLength(64);
    expect(warnings).toEqual(['500 disks, of which the first 64 are watched']);
  });
});
