import { read, RecordedMachine } from '../../../test/recorded-machine';
import { BatteryCollector } from './battery';

const SUPPLY = 'sys/class/power_supply';

function battery(folder: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const files = Object.entries({ type: 'Battery', ...values });
  return Object.fromEntries(
    files.map(([name, text]) => [`${SUPPLY}/${folder}/${name}`, `${text}\n`]),
  );
}

async function valuesOf(files: Readonly<Record<string, string>>) {
  const machine = RecordedMachine.of(files);
  const { values } = await read(new BatteryCollector(machine.files), 0);
  machine.dispose();
  return values;
}

describe('batteries', () => {
  it('of a notebook with two are taken together', async () => {
    const values = await valuesOf({
      [`${SUPPLY}/AC/type`]: 'Mains\n',
      ...battery('BAT0', {
        status: 'Discharging',
        capacity: '50',
        energy_now: '10000000',
        energy_full: '20000000',
        energy_full_design: '25000000',
        power_now: '5000000',
        cycle_count: '321',
      }),
      ...battery('BAT1', {
        status: 'Unknown',
        capacity: '100',
        energy_now: '20000000',
        energy_full: '20000000',
        energy_full_design: '25000000',
        power_now: '0',
        cycle_count: '0',
      }),
      ...battery('hidpp_battery_0', { scope: 'Device', capacity: '10', status: 'Discharging' }),
    });
    expect(values).toEqual({
      'battery.level': 75,
      'battery.health': 80,
      'battery.discharging': 1,
      'battery.power': 5,
      'battery.time_left': 6 * 3_600,
      'battery.cycles': 321,
    });
  });

  it('that tell charge and current are turned into energy and power', async () => {
    const values = await valuesOf(
      battery('BAT0', {
        status: 'Charging',
        capacity: '41',
        charge_now: '2000000',
        charge_full: '4000000',
        charge_full_design: '5000000',
        current_now: '-1500000',
        voltage_now: '12000000',
      }),
    );
    expect(values).toEqual({
      'battery.level': 50,
      'battery.health': 80,
      'battery.discharging': 0,
      'battery.power': 18,
    });
  });

  it('that tell their level only have that', async () => {
    const values = await valuesOf(battery('axp20x-battery', { status: 'Full', capacity: '97' }));
    expect(values['battery.level']).toBe(97);
    expect(values['battery.health']).toBeNull();
  });

  it('are no series on a machine without one', async () => {
    expect(await valuesOf({ [`${SUPPLY}/AC/type`]: 'Mains\n' })).toEqual({});
  });
});
