import { read, RecordedMachine } from '../../../test/recorded-machine';
import { CpuCollector } from './cpu';

describe('CPU', () => {
  let machine: RecordedMachine;
  let cpu: CpuCollector;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
    cpu = new CpuCollector(machine.files);
  });
  afterEach(() => machine.dispose());

  it('is unknown at the first reading', async () => {
    const { values } = await read(cpu, 0);
    expect(values['cpu.busy']).toBeNull();
    expect(values['cpu.core.busy{0}']).toBeNull();
  });

  it('is the share of each mode in the time between two readings', async () => {
    await read(cpu, 0);
    machine.load('second');
    const { values } = await read(cpu, 7000);
    // 1389 ticks went by, of which 191 idle and 35 waiting.
    expect(values['cpu.busy']).toBeCloseTo((1163 / 1389) * 100, 10);
    expect(values['cpu.user']).toBeCloseTo((886 / 1389) * 100, 10);
    expect(values['cpu.nice']).toBe(0);
    expect(values['cpu.system']).toBeCloseTo((255 / 1389) * 100, 10);
    expect(values['cpu.iowait']).toBeCloseTo((35 / 1389) * 100, 10);
    expect(values['cpu.irq']).toBe(0);
    expect(values['cpu.softirq']).toBeCloseTo((14 / 1389) * 100, 10);
    expect(values['cpu.steal']).toBeCloseTo((8 / 1389) * 100, 10);
    expect(values['cpu.core.busy{0}']).toBeCloseTo((553 / 689) * 100, 10);
    expect(values['cpu.core.busy{1}']).toBeCloseTo((607 / 697) * 100, 10);
  });

  it('counts interrupts, context switches and what was started', async () => {
    const stat = (interrupts: number, switches: number, started: number) =>
      `cpu  1 0 0 1 0 0 0 0 0 0\nintr ${interrupts} 9 9 9\nctxt ${switches}\nbtime 5\nprocesses ${started}\nprocs_running 1\n`;
    machine.write('proc/stat', stat(100, 5_000, 70));
    expect((await read(cpu, 0)).values['cpu.interrupts']).toBeNull();
    machine.write('proc/stat', stat(400, 9_000, 71));
    expect((await read(cpu, 2_000)).values).toMatchObject({
      'cpu.interrupts': 150,
      'cpu.context_switches': 2_000,
      'cpu.forks': 0.5,
    });
  });

  it('does not count the time of guests twice', async () => {
    machine.write('proc/stat', 'cpu  0 0 0 0 0 0 0 0 0 0\n');
    await read(cpu, 0);
    machine.write('proc/stat', 'cpu  50 0 0 50 0 0 0 0 50 0\n');
    const { values } = await read(cpu, 1000);
    expect(values['cpu.busy']).toBe(50);
    expect(values['cpu.user']).toBe(50);
  });

  it('takes idle time that shrinks, as the kernel says it may, for none', async () => {
    machine.write('proc/stat', 'cpu  100 0 0 900 50 0 0 0 0 0\n');
    await read(cpu, 0);
    machine.write('proc/stat', 'cpu  110 0 0 990 49 0 0 0 0 0\n');
    const { values } = await read(cpu, 1000);
    expect(values['cpu.busy']).toBe(10);
    expect(values['cpu.iowait']).toBeNull();
  });

  it('is unknown, not a spike, when the counters start anew', async () => {
    machine.write('proc/stat', 'cpu  5000 10 700 90000 50 0 5 5 0 0\n');
    await read(cpu, 0);
    machine.write('proc/stat', 'cpu  5 0 7 90 1 0 0 0 0 0\n');
    const { values } = await read(cpu, 1000);
    expect(Object.values(values).every((value) => value === null)).toBe(true);
  });

  it('reads a machine with many cores, and drops a core that was taken away', async () => {
    const stat = (cores: number, ticks: number) =>
      [...Array(cores).keys()]
        .map((core) => `cpu${core} ${ticks * core} 0 0 ${ticks * (cores - core)} 0 0 0 0 0 0`)
        .join('\n');
    machine.write('proc/stat', `cpu  1 0 0 1 0 0 0 0 0 0\n${stat(256, 1)}\nintr 1\n`);
    await read(cpu, 0);
    machine.write('proc/stat', `cpu  2 0 0 2 0 0 0 0 0 0\n${stat(256, 11)}\nintr 1\n`);
    const { values } = await read(cpu, 1000);
    expect(values['cpu.core.busy{192}']).toBe(75);
    machine.write('proc/stat', `cpu  3 0 0 3 0 0 0 0 0 0\n${stat(128, 21)}\nintr 1\n`);
    const fewer = await read(cpu, 2000);
    expect(fewer.values).not.toHaveProperty(['cpu.core.busy{192}']);
  });

  it('fails, so that its metrics are unknown, when the file can not be read, and recovers', async () => {
    machine.remove('proc/stat');
    expect(() => cpu.collect({ add: () => undefined, warn: () => undefined }, 0)).toThrow('ENOENT');
    machine.write('proc/stat', 'cpu  1 0 0 1 0 0 0 0 0 0\n');
    expect((await read(cpu, 1000)).values).toHaveProperty(['cpu.busy'], null);
  });
});
