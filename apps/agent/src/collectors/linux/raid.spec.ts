import { read, RecordedMachine } from '../../../test/recorded-machine';
import { RaidCollector } from './raid';

function array(name: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([file, text]) => [`sys/block/${name}/md/${file}`, `${text}\n`]),
  );
}

describe('software RAID', () => {
  it('tells what is missing and how far a rebuild is', async () => {
    const machine = RecordedMachine.of({
      'sys/block/sda/size': '1000\n',
      ...array('md0', {
        array_state: 'clean',
        raid_disks: '2',
        degraded: '0',
        sync_action: 'idle',
        sync_completed: 'none',
      }),
      ...array('md1', {
        array_state: 'active',
        raid_disks: '4 (3)',
        degraded: '1',
        sync_action: 'recover',
        sync_completed: '250 / 1000',
      }),
      ...array('md2', { array_state: 'clean', raid_disks: '3' }),
      ...array('md3', { array_state: 'inactive', raid_disks: '2' }),
      ...array('md4', {
        array_state: 'clean',
        raid_disks: '2',
        degraded: '0',
        sync_action: 'check',
        sync_completed: 'delayed',
      }),
    });
    expect((await read(new RaidCollector(machine.files), 0)).values).toEqual({
      'raid.devices{md0}': 2,
      'raid.missing{md0}': 0,
      'raid.devices{md1}': 3,
      'raid.missing{md1}': 1,
      'raid.sync{md1}': 25,
      'raid.devices{md2}': 3,
      'raid.missing{md2}': 0,
      'raid.devices{md4}': 2,
      'raid.missing{md4}': 0,
      'raid.sync{md4}': 0,
    });
    machine.dispose();
  });
});
