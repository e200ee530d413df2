import { READABLE_STEPS } from '@hostdeck/contracts';
import { chooseStep } from './step';
import { DEFAULT_RETENTION, RAW_WINDOW, tiersOf } from './tiers';

const DAY = 86_400_000;

describe('the step of a chart', () => {
  it.each([
    ['ten minutes to 60 points', { from: 0, to: 600_000 }, 60, 10_000],
    ['a day to 500 points', { from: 0, to: DAY }, 500, 300_000],
    ['thirty days to 100 points', { from: 0, to: 30 * DAY }, 100, 43_200_000],
    ['years to 10 points', { from: 0, to: 1_000 * DAY }, 10, 128 * DAY],
  ])('of %s is one people can read', (_, span, maxPoints, expected) => {
    expect(chooseStep(span, maxPoints, 2_000)).toBe(expected);
  });

  it('never gives more points than asked for, however the span lies', () => {
    for (let from = 0; from < 100_000; from += 7_919) {
      const span = { from, to: from + 600_000 };
      const step = chooseStep(span, 60, 2_000);
      const points = Math.floor((span.to - 1) / step) - Math.floor(from / step) + 1;
      expect(points).toBeLessThanOrEqual(60);
    }
  });

  it('is not shorter than the interval of sampling', () => {
    expect(chooseStep({ from: 0, to: 10_000 }, 5_000, 4_000)).toBe(5_000);
  });
});

describe('every readable step', () => {
  it.each([...READABLE_STEPS])('fits the tiers and what is stored together: %i ms', (step) => {
    const tiers = tiersOf(DEFAULT_RETENTION);
    const tier = tiers.findLast((one) => one.step <= step);
    // Read from the coarsest tier that is not longer, of which it is a whole number, in whole windows.
    expect(step % (tier?.step ?? 1)).toBe(0);
    expect((tier?.window ?? RAW_WINDOW) % step).toBe(0);
    // Where only a coarser tier is left, its steps are whole numbers of this one.
    for (const coarser of tiers) if (coarser.step > step) expect(coarser.step % step).toBe(0);
  });
});
