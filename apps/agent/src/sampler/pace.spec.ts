import { RecordedMachine } from '../../test/recorded-machine';
import { HostStrain } from './host-strain';
import { Pace } from './pace';

const SETTINGS = { interval: 4_000, watchedInterval: 1_000, adaptive: true };
const KEPT = { took: 5, skipped: 0 };
const MISSED = { took: 5, skipped: 1 };

describe('the pace', () => {
  const note = (pace: Pace, beat: typeof KEPT, times: number) => {
    for (let count = 0; count < times; count += 1) pace.note(beat);
  };

  it('is the one that is set, and a shorter one while somebody looks', () => {
    const pace = new Pace(SETTINGS);
    expect(pace.inForce).toEqual({ interval: 4_000, reason: 'set' });
    pace.watch(true);
    expect(pace.inForce).toEqual({ interval: 1_000, reason: 'watched' });
    pace.set({ ...SETTINGS, interval: 1_000, watchedInterval: 2_000 });
    expect(pace.inForce).toEqual({ interval: 1_000, reason: 'set' });
  });

  it('is slower on a battery, except for those who look, and where that is not wanted', () => {
    const pace = new Pace(SETTINGS);
    pace.feel({ onBattery: true, underPressure: false });
    expect(pace.inForce).toEqual({ interval: 8_000, reason: 'battery' });
    pace.watch(true);
    expect(pace.inForce).toEqual({ interval: 1_000, reason: 'watched' });
    pace.watch(false);
    pace.set({ ...SETTINGS, adaptive: false });
    expect(pace.inForce).toEqual({ interval: 4_000, reason: 'set' });
    pace.set({ ...SETTINGS, interval: 50_000 });
    expect(pace.inForce).toEqual({ interval: 60_000, reason: 'battery' });
  });

  it('is slower when most beats are missed, up to four times, and recovers step by step', () => {
    const pace = new Pace(SETTINGS);
    note(pace, MISSED, 2);
    expect(pace.inForce.reason).toBe('set');
    note(pace, MISSED, 1);
    expect(pace.inForce).toEqual({ interval: 8_000, reason: 'overloaded' });
    note(pace, { took: 4_100, skipped: 0 }, 3);
    expect(pace.inForce.interval).toBe(16_000);
    note(pace, MISSED, 9);
    expect(pace.inForce.interval).toBe(16_000);
    pace.watch(true);
    expect(pace.inForce).toEqual({ interval: 4_000, reason: 'overloaded' });
    pace.watch(false);
    note(pace, KEPT, 29);
    expect(pace.inForce.interval).toBe(16_000);
    note(pace, KEPT, 1);
    expect(pace.inForce.interval).toBe(8_000);
    note(pace, KEPT, 29);
    note(pace, MISSED, 1);
    note(pace, KEPT, 29);
    expect(pace.inForce.interval).toBe(8_000);
    note(pace, KEPT, 1);
    expect(pace.inForce).toEqual({ interval: 4_000, reason: 'set' });
  });

  it('does not mind a beat that is missed now and then', () => {
    const pace = new Pace(SETTINGS);
    for (let times = 0; times < 50; times += 1) {
      note(pace, MISSED, 2);
      note(pace, KEPT, 3);
    }
    expect(pace.inForce.reason).toBe('set');
  });
});

describe('the strain of a host', () => {
  let machine: RecordedMachine;
  let now = 0;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  const supply = (name: string, files: Readonly<Record<string, string>>) => {
    for (const [file, content] of Object.entries(files)) {
      machine.write(`sys/class/power_supply/${name}/${file}`, `${content}\n`);
    }
  };
  const pressure = (share: number) =>
    machine.write(
      'proc/pressure/memory',
      `some avg10=0.00 avg60=99.00 avg300=0.00 total=1\n` +
        `full avg10=0.00 avg60=${share.toFixed(2)} avg300=0.00 total=1\n`,
    );
  const read = (strain: HostStrain) => strain.read((now += 1));

  it('is a battery that is drained, with no other supply', () => {
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    supply('AC', { type: 'Mains', online: '0' });
    supply('mouse', { type: 'Battery', scope: 'Device', status: 'Discharging' });
    const strain = new HostStrain(machine.files);
    expect(read(strain)).toEqual({ onBattery: true, underPressure: false });
    supply('AC', { type: 'Mains', online: '1' });
    expect(read(strain).onBattery).toBe(false);
    supply('AC', { type: 'Mains', online: '0' });
    supply('BAT0', { type: 'Battery', status: 'Charging' });
    expect(read(strain).onBattery).toBe(false);
  });

  it('is pressure of a minute, which has to fall well below before it counts as over', () => {
    const strain = new HostStrain(machine.files);
    pressure(19);
    expect(read(strain)).toEqual({ onBattery: false, underPressure: false });
    pressure(21);
    expect(read(strain).underPressure).toBe(true);
    pressure(11);
    expect(read(strain).underPressure).toBe(true);
    pressure(9);
    expect(read(strain).underPressure).toBe(false);
  });

  it('is not known without files that tell', () => {
    machine.remove('proc/pressure');
    expect(read(new HostStrain(machine.files))).toEqual({ onBattery: false, underPressure: false });
  });
});
