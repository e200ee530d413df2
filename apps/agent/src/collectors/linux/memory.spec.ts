import { read, RecordedMachine } from '../../../test/recorded-machine';
import { MemoryCollector, SwapCollector } from './memory';

describe('memory and swap', () => {
  let machine: RecordedMachine;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  it('takes for used what could not be given to a new program', async () => {
    machine.write(
      'proc/meminfo',
      'MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  400 kB\nBuffers:  20 kB\nCached:  200 kB\nSwapCached: 9 kB\nSReclaimable:  30 kB\n',
    );
    const { values } = await read(new MemoryCollector(machine.files), 0);
    expect(values).toEqual({
      'memory.used': 600 * 1024,
      'memory.available': 400 * 1024,
      'memory.cached': 230 * 1024,
      'memory.buffers': 20 * 1024,
      'memory.used_share': 60,
    });
  });

  it('reads the recording', async () => {
    const { values } = await read(new MemoryCollector(machine.files), 0);
    expect(values['memory.used']).toBe((24_684_084 - 23_985_736) * 1024);
  });

  it('leaves unknown what an old kernel does not tell', async () => {
    machine.write('proc/meminfo', 'MemTotal:  1000 kB\nMemFree:  100 kB\n');
    const { values } = await read(new MemoryCollector(machine.files), 0);
    expect(values['memory.used']).toBeNull();
    expect(values['memory.used_share']).toBeNull();
  });

  it('turns pages swapped into bytes per second', async () => {
    machine.write('proc/meminfo', 'SwapTotal:  5000 kB\nSwapFree:  3000 kB\n');
    machine.write('proc/vmstat', 'pgfault 5\npswpin 100\npswpout 7\n');
    const swap = new SwapCollector(machine.files);
    expect((await read(swap, 0)).values).toEqual({
      'swap.used': 2000 * 1024,
      'swap.in': null,
      'swap.out': null,
    });
    machine.write('proc/vmstat', 'pgfault 9\npswpin 120\npswpout 7\n');
    const { values } = await read(swap, 2000);
    expect(values['swap.in']).toBe(10 * 4096);
    expect(values['swap.out']).toBe(0);
  });

  it('does not guess the size of a page', async () => {
    machine.remove('proc/self/auxv');
    const swap = new SwapCollector(machine.files);
    await read(swap, 0);
    expect((await read(swap, 1000)).values['swap.in']).toBeNull();
  });
});
