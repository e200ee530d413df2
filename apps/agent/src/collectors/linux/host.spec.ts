import { read, RecordedMachine } from '../../../test/recorded-machine';
import { LoadCollector, UptimeCollector } from './load';
import { ProcessCountCollector, TaskStateCollector } from './processes';

describe('load, uptime and processes', () => {
  let machine: RecordedMachine;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
    machine.load('second');
  });
  afterEach(() => machine.dispose());

  it('reads the load averages', async () => {
    expect((await read(new LoadCollector(machine.files), 0)).values).toEqual({
      'load.1': 2.66,
      'load.5': 1.2,
      'load.15': 0.61,
    });
  });

  it('reads the uptime', async () => {
    expect((await read(new UptimeCollector(machine.files), 0)).values).toEqual({
      uptime: 2352.38,
    });
  });

  it('reads how many tasks run and are blocked', async () => {
    expect((await read(new TaskStateCollector(machine.files), 0)).values).toEqual({
      'processes.running': 5,
      'processes.blocked': 0,
    });
  });

  it('counts processes, not what else is in /proc', async () => {
    for (const pid of [1, 27, 31_337]) machine.write(`proc/${pid}/stat`, '');
    const count = new ProcessCountCollector(machine.files);
    expect((await read(count, 0)).values).toEqual({ 'processes.total': 3 });
    machine.write('proc/28/stat', '');
    expect((await read(count, 10_000)).values).toEqual({ 'processes.total': 4 });
  });

  it('counts processes by the links of /proc where those are all of the machine', async () => {
    machine.link('proc/self/ns/pid', 'pid:[4026531836]');
    for (const pid of [1, 27]) machine.write(`proc/${pid}/stat`, '');
    const count = new ProcessCountCollector(machine.files);
    expect((await read(count, 0)).values).toEqual({ 'processes.total': 2 });
    machine.write('proc/28/stat', '');
    machine.write('proc/29/stat', '');
    machine.remove('proc/1');
    expect((await read(count, 10_000)).values).toEqual({ 'processes.total': 3 });
    // Something else came into being, which is found out in time.
    machine.write('proc/driver/x', '');
    expect((await read(count, 600_000)).values).toEqual({ 'processes.total': 3 });
  });
});
