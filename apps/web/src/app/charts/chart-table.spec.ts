import { chartCsv, chartTable } from './chart-table';
import type { ChartPicture } from './line-chart-option';

const line = (key: string, label: string, points: [number, number | null][]) => ({
  key,
  label,
  colour: 'red',
  band: [],
  points,
});
const PICTURE: ChartPicture = {
  unit: 'percent',
  scale: { max: 100, interval: 25 },
  from: 1_000,
  to: 60_000,
  step: null,
  stacked: false,
  lines: [
    line('a', 'Busy', [
      [0, 1],
      [2_000, 12.5],
      [4_000, null],
      [6_000, 3],
    ]),
    line('b', '=HYPERLINK("x"),y', [[2_000, 7]]),
  ],
};

describe('the values behind a chart', () => {
  it('are a table of what is shown, the newest first, unknown ones as such', () => {
    const { columns, rows, moments } = chartTable(PICTURE, 10);
    expect(columns).toEqual(['Busy', '=HYPERLINK("x"),y']);
    expect(rows.map(({ time, cells }) => [time, cells.length])).toEqual([
      [6_000, 2],
      [2_000, 2],
    ]);
    expect(rows[0]?.cells[1]).toBe('–');
    expect(moments).toBe(2);
    expect(chartTable(PICTURE, 1).rows.map(({ time }) => time)).toEqual([6_000]);
  });

  it('are a file in which a name is never a formula', () => {
    expect(chartCsv(PICTURE)).toBe(
      'time,Busy (percent),"\'=HYPERLINK(""x""),y (percent)"\r\n' +
        '1970-01-01T00:00:02.000Z,12.5,7\r\n' +
        '1970-01-01T00:00:06.000Z,3,\r\n',
    );
  });
});
