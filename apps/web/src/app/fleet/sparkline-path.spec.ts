import { SPARKLINE_HEIGHT, SPARKLINE_WIDTH, sparklinePaths, sparklineTop } from './sparkline-path';

describe('a sparkline', () => {
  it('runs from edge to edge, 0 at the lower one', () => {
    const { line } = sparklinePaths([0, 50, 100], 100);
    expect(line).toBe(`M0 ${SPARKLINE_HEIGHT - 1}L60 16L${SPARKLINE_WIDTH} 1`);
  });

  it('is broken where nothing is known', () => {
    const { line, area } = sparklinePaths([10, 10, null, 10, 10], 100);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(area.match(/Z/g)).toHaveLength(2);
  });

  it('stays inside its box whatever the value', () => {
    const { line } = sparklinePaths([-5, 1e9], 100);
    expect(line).toBe(`M0 ${SPARKLINE_HEIGHT - 1}L${SPARKLINE_WIDTH} 1`);
    expect(sparklinePaths([], 100)).toEqual({ line: '', area: '' });
    expect(sparklinePaths([null], 100)).toEqual({ line: '', area: '' });
  });

  it('reaches the top with its largest value, and stays low when all are small', () => {
    expect(sparklineTop([null, 5, 70], 10)).toBe(70);
    expect(sparklineTop([null, 5], 10)).toBe(10);
  });
});
