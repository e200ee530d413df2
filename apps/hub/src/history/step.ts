const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps people can read, ms, ascending; from ten minutes on multiples of the tiers of rollups. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  DAY,
];

/** How many steps, aligned to the epoch, a span touches. */
function stepsIn(from: number, to: number, step: number): number {
  return Math.floor((to - 1) / step) - Math.floor(from / step) + 1;
}

/** The shortest readable step, not under `least` ms, of which at most `maxPoints` cover the span. */
export function chooseStep(
  span: { readonly from: number; readonly to: number },
  maxPoints: number,
  least: number,
): number {
  const fits = (step: number) => stepsIn(span.from, span.to, step) <= maxPoints;
  const readable = STEPS.find((step) => step >= least && fits(step));
  if (readable !== undefined) return readable;
  let step = DAY;
  while (!fits(step)) step *= 2;
  return step;
}
