import type { Unit } from '@hostdeck/contracts';

/** An axis from 0. */
export interface AxisScale {
  readonly max: number;
  /** Distance of two lines of the grid. */
  readonly interval: number;
}

/** Lines above 0 at most. */
const MOST_LINES = 4;
/** Steps people count in, for a power of ten and for one of 1,024. */
const DECIMAL_STEPS = [1, 2, 2.5, 5, 10];
const BINARY_STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];
/** Upper edge of an axis without any value above 0. */
const LEAST_TOP: Readonly<Record<Unit, number>> = {
  percent: 100,
  bytes: 1_024 ** 2,
  bytes_per_second: 1_000,
  per_second: 1,
  count: 1,
  load: 1,
  seconds: 1,
  milliseconds: 1,
  celsius: 100,
  rpm: 1_000,
  watts: 1,
  volts: 1,
  hertz: 1_000_000_000,
  bits_per_second: 1_000_000,
  flag: 1,
  number: 1,
};

/**
 * An axis on which `top` has its place: round steps in the unit's own counting, and as few jumps as possible while
 * data moves.
 *
 * @param whole the upper edge where it stands for something, such as all memory; else `null`
 */
export function axisScale(unit: Unit, top: number, whole: number | null): AxisScale {
  // More than one core can be busy for a process or a container.
  if (unit === 'percent' && top <= 100) return { max: 100, interval: 25 };
  if (unit === 'flag') return { max: 1, interval: 1 };
  const reach = whole !== null && whole > 0 ? whole : Math.max(top, LEAST_TOP[unit]);
  const interval = roundStep(reach / MOST_LINES, unit === 'bytes' ? 1_024 : 10);
  if (reach === whole) return { max: whole, interval };
  return { max: Math.ceil(reach / interval - 1e-9) * interval, interval };
}

function roundStep(least: number, base: 10 | 1_024): number {
  const power = base ** Math.floor(Math.log(least) / Math.log(base) + 1e-9);
  const steps = base === 10 ? DECIMAL_STEPS : BINARY_STEPS;
  return power * (steps.find((step) => power * step >= least * (1 - 1e-9)) ?? base);
}
