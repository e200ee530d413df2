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
  let line = '';
  let area = '';
  let runStart: number | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      if (runStart !== null) area += close(runStart, (index - 1) * stride);
      runStart = null;
      return;
    }
    const point = `${tenths(index * stride)} ${tenths(height(value, top))}`;
    if (runStart === null) {
      runStart = index * stride;
      line += `M${point}`;
      area += `M${point}`;
    } else {
      line += `L${point}`;
      area += `L${point}`;
    }
  });
  if (runStart !== null) area += close(runStart, SPARKLINE_WIDTH);
  return { line, area };
}

/** The largest known value, at least `least`: the upper edge of a sparkline without a natural one. */
export function sparklineTop(values: readonly (number | null)[], least: number): number {
  return values.reduce<number>((top, value) => Math.max(top, value ?? 0), least);
}

function height(value: number, top: number): number {
  const share = Math.min(1, Math.max(0, value / top));
  // Half a stroke of room above and below.
  return SPARKLINE_HEIGHT - 1 - share * (SPARKLINE_HEIGHT - 2);
}

function close(fromX: number, toX: number): string {
  return `L${tenths(toX)} ${SPARKLINE_HEIGHT}L${tenths(fromX)} ${SPARKLINE_HEIGHT}Z`;
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
