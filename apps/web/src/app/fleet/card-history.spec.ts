import type { CardValues } from '@hostdeck/contracts';
import { continueHistory, startHistory } from './card-history';

const NOW = 1_700_000_000_000;
const STEP = 10_000;

function values(cpu: number | null): CardValues {
  return {
    cpu,
    memory: 40,
    memoryUsed: 1,
    disk: { mount: '/', share: 70 },
    receive: 1_000,
    transmit: 10,
    load: 1,
    uptime: 1,
  };
}

function start(cpu: readonly (number | null)[]) {
  const unknown = cpu.map(() => null);
  return startHistory(
    {
      from: NOW - cpu.length * STEP,
      step: STEP,
      cpu,
      memory: unknown,
      disk: unknown,
      receive: unknown,
      transmit: unknown,
    },
    NOW,
  );
}

describe('the history on a card', () => {
  it('averages what falls into one step', () => {
    let history = startHistory(
      { from: 0, step: STEP, cpu: [1, 2], memory: [], disk: [], receive: [], transmit: [] },
      NOW,
    );
    history = continueHistory(history, values(10), NOW + 1_000);
    history = continueHistory(history, values(20), NOW + 3_000);
    expect(history.lines.cpu).toEqual([2, 15]);
  });

  it('moves on by a step at a time and keeps its length', () => {
    const history = continueHistory(start([1, 2, 3]), values(9), NOW + 500);
    expect(history.lines.cpu).toEqual([2, 3, 9]);
    expect(history.lines.disk).toEqual([null, null, 70]);
    expect(history.lines.receive).toEqual([null, null, 1_000]);
  });

  it('leaves steps without data unknown', () => {
    const history = continueHistory(start([1, 2, 3, 4]), values(9), NOW + 2.5 * STEP);
    expect(history.lines.cpu).toEqual([4, null, null, 9]);
  });

  it('forgets everything after an hour of silence', () => {
    const history = continueHistory(start([1, 2, 3]), values(9), NOW + 3_600_000);
    expect(history.lines.cpu).toEqual([null, null, 9]);
  });

  it('does not take an unknown value for 0', () => {
    const before = continueHistory(start([1]), values(8), NOW + 500);
    expect(continueHistory(before, values(null), NOW + 900).lines.cpu).toEqual([8]);
  });
});
