import { read, RecordedMachine } from '../../../test/recorded-machine';
import { SensorCollector } from './sensors';

describe('sensors', () => {
  let machine: RecordedMachine;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  it('has none where the kernel has none', async () => {
    expect((await read(new SensorCollector(machine.files), 0)).values).toEqual({});
  });

  it('reads temperatures and fans by chip and label', async () => {
    const chip = 'sys/class/hwmon/hwmon0';
    machine.write(`${chip}/name`, 'coretemp\n');
    machine.write(`${chip}/temp1_input`, '45500\n');
    machine.write(`${chip}/temp1_label`, 'Package id 0\n');
    machine.write(`${chip}/temp2_input`, '-1000\n');
    machine.write(`${chip}/temp2_max`, '100000\n');
    machine.write(`${chip}/fan1_input`, '1200\n');
    for (const number of [1, 2]) {
      machine.write(`sys/class/hwmon/hwmon${number}/name`, 'nvme\n');
      machine.write(`sys/class/hwmon/hwmon${number}/temp1_input`, `${30_000 + number * 1000}\n`);
      machine.write(`sys/class/hwmon/hwmon${number}/temp1_label`, 'Composite\n');
    }
    expect((await read(new SensorCollector(machine.files), 0)).values).toEqual({
      'sensor.fan{coretemp fan1}': 1200,
      'sensor.temperature{coretemp Package id 0}': 45.5,
      'sensor.temperature{coretemp temp2}': -1,
      'sensor.temperature{nvme Composite}': 31,
      'sensor.temperature{nvme Composite #2}': 32,
    });
  });

  it('knows nothing of a sensor that does not answer', async () => {
    const chip = 'sys/class/hwmon/hwmon0';
    machine.write(`${chip}/temp1_input`, '45500\n');
    const sensors = new SensorCollector(machine.files);
    await read(sensors, 0);
    machine.remove(`${chip}/temp1_input`);
    expect((await read(sensors, 10_000)).values).toEqual({
      'sensor.temperature{hwmon0 temp1}': null,
    });
  });
});
