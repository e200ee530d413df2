import { read, RecordedMachine } from '../../../test/recorded-machine';
import { CpuFrequencyCollector } from './cpu-frequency';

const POLICIES = 'sys/devices/system/cpu/cpufreq';

describe('CPU frequency', () => {
  let machine: RecordedMachine;
  const value = async () => (await read(new CpuFrequencyCollector(machine.files), 0)).values;

  beforeEach(() => {
    machine = RecordedMachine.of({ 'proc/cpuinfo': '' });
  });
  afterEach(() => machine.dispose());

  it('of a board is the mean over the cores of its clusters', async () => {
    machine.write(`${POLICIES}/policy0/scaling_cur_freq`, '1800000\n');
    machine.write(`${POLICIES}/policy0/affected_cpus`, '0 1 2 3\n');
    machine.write(`${POLICIES}/policy4/scaling_cur_freq`, '2400000\n');
    machine.write(`${POLICIES}/policy4/affected_cpus`, '4 5\n');
    machine.write('proc/cpuinfo', 'processor\t: 0\nBogoMIPS\t: 108.00\n');
    expect(await value()).toEqual({ 'cpu.frequency': 2e9 });
  });

  it('of 128 cores is read from 16 spread over them', async () => {
    for (let core = 0; core < 128; core += 1) {
      const hertz = core % 8 === 0 ? 3_000_000 : 1_000_000;
      machine.write(`${POLICIES}/policy${core}/scaling_cur_freq`, `${hertz}\n`);
      machine.write(`${POLICIES}/policy${core}/affected_cpus`, `${core}\n`);
    }
    expect(await value()).toEqual({ 'cpu.frequency': 3e9 });
  });

  it('of a virtual PC is what cpuinfo says', async () => {
    machine.write('proc/cpuinfo', 'cpu MHz\t\t: 2999.998\n\ncpu MHz\t\t: 3000.002\n');
    expect((await value())['cpu.frequency']).toBeCloseTo(3e9, 0);
  });

  it('is no series where nothing tells it, and unknown where a clock prints rubbish', async () => {
    machine.write('proc/cpuinfo', 'processor\t: 0\nBogoMIPS\t: 108.00\n');
    expect(await value()).toEqual({});
    machine.write(`${POLICIES}/policy0/scaling_cur_freq`, '<unknown>\n');
    machine.write(`${POLICIES}/policy0/affected_cpus`, '0\n');
    expect(await value()).toEqual({ 'cpu.frequency': null });
  });
});
