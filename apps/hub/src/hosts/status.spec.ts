import { judgeStatus, type StatusEvidence } from './status';

const START = 1_000_000;

function judged(change: Partial<StatusEvidence>, age: number): string {
  const evidence: StatusEvidence = {
    interval: 2_000,
    lastSeen: START,
    lastLate: null,
    restartingSince: null,
    countedFrom: START,
    ...change,
  };
  return judgeStatus(evidence, START + age);
}

describe('the status of a host', () => {
  it.each([
    [0, 'live'],
    [6_000, 'live'],
    [6_001, 'stale'],
    [30_000, 'stale'],
    [30_001, 'down'],
  ])('after %i ms without data at an interval of 2 s is %s', (age, expected) => {
    expect(judged({}, age)).toBe(expected);
  });

  it('leaves a slow host five intervals before it is down', () => {
    expect(judged({ interval: 60_000 }, 299_000)).toBe('stale');
    expect(judged({ interval: 60_000 }, 300_001)).toBe('down');
  });

  it('does not charge a host with the time the hub was off', () => {
    const before = { lastSeen: START - 3_600_000 };
    expect(judged(before, 1_000)).toBe('stale');
    expect(judged(before, 60_000)).toBe('stale');
    expect(judged(before, 60_001)).toBe('down');
  });

  it('is not live before the first data', () => {
    expect(judged({ lastSeen: null }, 1_000)).toBe('stale');
    expect(judged({ lastSeen: null }, 60_001)).toBe('down');
  });

  it('is catching up while only the backlog comes', () => {
    expect(judged({ lastLate: START + 59_000 }, 60_000)).toBe('catching_up');
    expect(judged({ lastLate: START + 59_000, lastSeen: START + 59_000 }, 60_000)).toBe('live');
  });

  it('is restarting for a minute after the agent said so', () => {
    expect(judged({ restartingSince: START + 10_000 }, 69_999)).toBe('restarting');
    expect(judged({ restartingSince: START + 10_000 }, 70_001)).toBe('down');
  });
});
