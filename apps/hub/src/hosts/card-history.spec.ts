import type { CardValues } from '@hostdeck/contracts';
import { CARD_HISTORY_STEP, CardHistoryRing } from './card-history';

const NOW = 1_700_000_005_000;

function values(cpu: number | null): CardValues {
  return {
    cpu,
    memory: null,
    memoryUsed: null,
    disk: cpu === null ? null : { mount: '/', share: cpu / 2 },
    receive: null,
    transmit: null,
    load: null,
    uptime: null,
  };
}

describe("a card's history", () => {
  it('is unknown everywhere at first', () => {
    const { cpu, from, step } = new CardHistoryRing().read(NOW);
    expect(cpu).toEqual(Array.from({ length: 60 }, () => null));
    expect(from + 59 * step).toBe(Math.floor(NOW / step) * step);
  });

  it('is the mean of every ten seconds; what is unknown does not count', () => {
    const ring = new CardHistoryRing();
    ring.add(NOW - CARD_HISTORY_STEP, values(10));
    ring.add(NOW, values(20));
    ring.add(NOW + 1, values(null));
    ring.add(NOW + 2, values(41));
    const { cpu, disk, memory } = ring.read(NOW);
    expect(cpu.slice(-3)).toEqual([null, 10, 30.5]);
    expect(disk.slice(-3)).toEqual([null, 5, 15.3]);
    expect(memory.slice(-3)).toEqual([null, null, null]);
  });

  it('takes late values where they belong and forgets what is older than ten minutes', () => {
    const ring = new CardHistoryRing();
    ring.add(NOW, values(1));
    ring.add(NOW - 59 * CARD_HISTORY_STEP, values(2));
    ring.add(NOW - 60 * CARD_HISTORY_STEP, values(3));
    const { cpu } = ring.read(NOW);
    expect(cpu[0]).toBe(2);
    expect(cpu.filter((value) => value !== null)).toEqual([2, 1]);
  });

  it('shows nothing of before in steps that come round again', () => {
    const ring = new CardHistoryRing();
    ring.add(NOW, values(1));
    const later = NOW + 61 * CARD_HISTORY_STEP;
    ring.add(later, values(7));
    expect(ring.read(later).cpu.filter((value) => value !== null)).toEqual([7]);
    expect(ring.read(later + 3_600_000).cpu.every((value) => value === null)).toBe(true);
  });
});
