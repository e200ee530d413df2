import { READABLE_STEPS } from '@hostdeck/contracts';

const DAY = 86_400_000;

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
  const readable = READABLE_STEPS.find((step) => step >= least && fits(step));
  if (readable !== undefined) return readable;
  let step = DAY;
  while (!fits(step)) step *= 2;
  return step;
}
