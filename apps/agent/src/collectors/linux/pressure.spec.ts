import { read, RecordedMachine } from '../../../test/recorded-machine';
import { PressureCollector } from './pressure';

describe('pressure', () => {
  let machine: RecordedMachine;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  it('is the share of the time between two readings that was spent waiting', async () => {
    const pressure = new PressureCollector(machine.files);
    expect((await read(pressure, 0)).values['pressure.cpu.some']).toBeNull();
    machine.load('second');
    const { values } = await read(pressure, 7000);
    expect(values['pressure.cpu.some']).toBeCloseTo(24.2878, 3);
    expect(values['pressure.io.some']).toBeCloseTo(4.5881, 3);
    expect(values['pressure.io.full']).toBeCloseTo(2.534, 3);
    expect(values['pressure.memory.full']).toBe(0);
  });

  it('has no series on a kernel without it', async () => {
    machine.remove('proc/pressure');
    const pressure = new PressureCollector(machine.files);
    expect(await read(pressure, 0)).toEqual({ values: {}, warnings: [] });
    // It is looked for again now and then, not at every reading.
    machine.load('first');
    expect((await read(pressure, 2_000)).values).toEqual({});
    expect((await read(pressure, 62_000)).values).toHaveProperty(['pressure.io.some']);
  });
});
