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

  it('reads voltages and power, of which some chips have a mean only', async () => {
    const chip = 'sys/class/hwmon/hwmon0';
    machine.write(`${chip}/name`, 'nct6798\n');
    machine.write(`${chip}/in0_input`, '1040\n');
    machine.write(`${chip}/in1_input`, '-12096\n');
    machine.write(`${chip}/power1_average`, '9000000\n');
    machine.write(`${chip}/power2_average`, '1\n');
    machine.write(`${chip}/power2_input`, '21500000\n');
    expect((await read(new SensorCollector(machine.files), 0)).values).toEqual({
      'sensor.voltage{nct6798 in0}': 1.04,
      'sensor.voltage{nct6798 in1}': -12.096,
      'sensor.power{nct6798 power1}': 9,
      'sensor.power{nct6798 power2}': 21.5,
    });
  });

  it('reads the zones of a board that has no chips, and those that are chips too once', async () => {
    machine.write('sys/class/thermal/thermal_zone0/type', 'cpu-thermal\n');
    machine.write('sys/class/thermal/thermal_zone0/temp', '48312\n');
    machine.write('sys/class/thermal/thermal_zone1/type', 'acpitz\n');
    machine.write('sys/class/thermal/thermal_zone1/temp', '30000\n');
    machine.write('sys/class/thermal/thermal_zone1/hwmon1/temp1_input', '30000\n');
    machine.write('sys/class/thermal/cooling_device0/type', 'Fan\n');
    expect((await read(new SensorCollector(machine.files), 0)).values).toEqual({
      'sensor.temperature{cpu-thermal}': 48.312,
    });
  });

  it('knows nothing of sensors that print rubbish or do not answer, and all of the others', async () => {
    const chip = 'sys/class/hwmon/hwmon0';
    machine.write(`${chip}/name`, 'chip\n');
    machine.write(`${chip}/temp1_input`, 'rubbish\n');
    machine.write(`${chip}/temp2_input`, '');
    machine.write(`${chip}/temp3_input`, '65261850\n');
    machine.write(`${chip}/temp4_input`, '41000\n');
    // Reading a folder fails, as reading a sensor does whose bus is stuck.
    machine.write(`${chip}/fan1_input/x`, '');
    const { values } = await read(new SensorCollector(machine.files), 0);
    expect(values).toEqual({
      'sensor.temperature{chip temp1}': null,
      'sensor.temperature{chip temp2}': null,
      'sensor.temperature{chip temp3}': null,
      'sensor.temperature{chip temp4}': 41,
      'sensor.fan{chip fan1}': null,
    });
  });

  it('watches so many and says how many there are', async () => {
    for (let number = 1; number <= 100; number += 1) {
      machine.write(`sys/class/hwmon/hwmon0/temp${number}_input`, '1000\n');
    }
    const { values, warnings } = await read(new SensorCollector(machine.files), 0);
    expect(Object.keys(values)).toHaveLength(64);
    expect(warnings).toEqual(['100 sensors, of which the first 64 are watched']);
  });
});
