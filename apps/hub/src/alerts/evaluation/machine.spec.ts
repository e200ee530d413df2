import { AlertMachine, gapOf, type Signal, type Step } from './machine';

const TIMING = { for: 60_000, clearFor: 60_000, gap: 30_000 };

function run(machine: AlertMachine, samples: readonly (readonly [number, Signal])[]): Step[] {
  return samples.map(([second, signal]) => machine.step(signal, second * 1_000, TIMING));
}

describe('the state of an alert', () => {
  it('does not count time without samples for firing', () => {
    const machine = new AlertMachine(0);
    expect(
      run(machine, [
        [20, 'bad'],
        [120, 'bad'],
        [150, 'bad'],
        [179, 'bad'],
        [180, 'bad'],
      ]),
    ).toEqual([null, null, null, null, 'fired']);
    expect(machine.since).toBe(120_000);
  });

  it('does not count time without samples for resolving', () => {
    const machine = new AlertMachine(0);
    machine.phase = 'firing';
    expect(
      run(machine, [
        [10, 'good'],
        [30, 'good'],
        [100, 'good'],
        [130, 'good'],
        [160, 'good'],
      ]),
    ).toEqual([null, null, null, null, 'resolved']);
  });

  it('is left as it is by what is not known', () => {
    const machine = new AlertMachine(0);
    expect(
      run(machine, [
        [20, 'bad'],
        [25, 'unknown'],
        [45, 'bad'],
        [60, 'bad'],
      ]),
    ).toEqual([null, null, null, 'fired']);
    expect(
      run(machine, [
        [70, 'unknown'],
        [80, 'good'],
        [100, 'between'],
        [110, 'good'],
        [150, 'bad'],
      ]),
    ).toEqual([null, null, null, null, null]);
  });

  it('waits longer for hosts that send seldom', () => {
    expect(gapOf(2_000)).toBe(30_000);
    expect(gapOf(60_000)).toBe(300_000);
  });
});
