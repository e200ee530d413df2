import { read, RecordedMachine } from '../../../test/recorded-machine';
import { MemoryCollector, MemoryDetailsCollector, PagingCollector, SwapCollector } from './memory';

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
    expect((await read(new SwapCollector(machine.files), 0)).values).toEqual({
      'swap.used': 2000 * 1024,
    });
    const paging = new PagingCollector(machine.files);
    expect((await read(paging, 0)).values).toEqual({ 'swap.in': null, 'swap.out': null });
    machine.write('proc/vmstat', 'pgfault 9\npswpin 120\npswpout 7\n');
    const { values } = await read(paging, 2000);
    expect(values['swap.in']).toBe(10 * 4096);
    expect(values['swap.out']).toBe(0);
  });

  it('reads what moves seldom while there is no swap, and at every tick once there is', async () => {
    machine.write('proc/meminfo', 'SwapTotal:  0 kB\nSwapFree:  0 kB\n');
    const paging = new PagingCollector(machine.files);
    expect(paging.cadence).toBe(0);
    await read(paging, 0);
    expect(paging.cadence).toBe(10_000);
    machine.write('proc/meminfo', 'SwapTotal:  5000 kB\nSwapFree:  5000 kB\n');
    await read(paging, 10_000);
    expect(paging.cadence).toBe(0);
  });

  it('does not guess the size of a page', async () => {
    machine.remove('proc/self/auxv');
    const paging = new PagingCollector(machine.files);
    await read(paging, 0);
    expect((await read(paging, 1000)).values['swap.in']).toBeNull();
  });

  it('counts processes that were killed for want of memory, where the kernel does', async () => {
    machine.write('proc/vmstat', 'pswpin 1\npswpout 1\noom_kill 3\n');
    const paging = new PagingCollector(machine.files);
    await read(paging, 0);
    machine.write('proc/vmstat', 'pswpin 1\npswpout 1\noom_kill 4\n');
    expect((await read(paging, 2000)).values['memory.oom_kills']).toBe(0.5);
  });

  it('tells what memory is used for, and of features that are not there nothing', async () => {
    machine.write(
      'proc/meminfo',
      'MemTotal: 1000 kB\nDirty:  12 kB\nWriteback: 3 kB\nAnonHugePages: 2048 kB\nShmem:  40 kB\nSlab:  70 kB\n' +
        'SReclaimable:  30 kB\nCommitted_AS:  900 kB\nHugePages_Total:       8\nHugePages_Free:        3\nHugepagesize:       2048 kB\n',
    );
    const details = new MemoryDetailsCollector(machine.files);
    expect((await read(details, 0)).values).toEqual({
      'memory.slab': 70 * 1024,
      'memory.slab_reclaimable': 30 * 1024,
      'memory.shared': 40 * 1024,
      'memory.dirty': 12 * 1024,
      'memory.writeback': 3 * 1024,
      'memory.committed': 900 * 1024,
      'memory.transparent_huge_pages': 2048 * 1024,
      'memory.huge_pages': 8 * 2048 * 1024,
      'memory.huge_pages_free': 3 * 2048 * 1024,
    });
    machine.write('proc/meminfo', 'MemTotal: 1000 kB\nSlab: 1 kB\nHugePages_Total: 0\n');
    expect((await read(details, 10_000)).values).toEqual({ 'memory.slab': 1024 });
  });
});
