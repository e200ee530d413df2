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
    expect((await read(new ProcessCountCollector(machine.files), 0)).values).toEqual({
      'processes.total': 3,
    });
  });
});
