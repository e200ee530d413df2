/** Width and height of the box sparklines are drawn in; stretched to their place. */
export const SPARKLINE_WIDTH = 120;
export const SPARKLINE_HEIGHT = 32;

/** A line and the area below it, as SVG path data. */
export interface SparklinePaths {
  readonly line: string;
  readonly area: string;
}

/**
 * Draws values at equal steps from left to right. Where a value is unknown the line is broken.
 *
 * @param top the value at the upper edge; 0 is at the lower one
 */
export function sparklinePaths(values: readonly (number | null)[], top: number): SparklinePaths {
  const stride = SPARKLINE_WIDTH / Math.max(1, values.length - 1);
  const runs: Run[] = [];
  let run: Run | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      run = null;
      continue;
    }
    const x = tenths(index * stride);
    if (run === null) {
      run = { from: x, to: x, points: [] };
      runs.push(run);
    }
    run.to = x;
    run.points.push(`${x} ${tenths(height(value, top))}`);
  }
  return {
    line: runs.map(({ points }) => `M${points.join('L')}`).join(''),
    area: runs
      .map(({ from, to, points }) => {
        const corners = `L${to} ${SPARKLINE_HEIGHT}L${from} ${SPARKLINE_HEIGHT}Z`;
        return `M${points.join('L')}${corners}`;
      })
      .join(''),
  };
}

/** Known values without an unknown one between them. */
interface Run {
  readonly from: number;
  to: number;
  readonly points: string[];
}

/** The largest known value, at least `least`: the upper edge of a sparkline without a natural one. */
export function sparklineTop(values: readonly (number | null)[], least: number): number {
  return values.reduce<number>((top, value) => Math.max(top, value ?? 0), least);
}

function height(value: number, top: number): number {
  const share = Math.min(1, Math.max(0, value / top));
  // Room for the stroke above and below.
  return SPARKLINE_HEIGHT - 1 - share * (SPARKLINE_HEIGHT - 2);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
