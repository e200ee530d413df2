import { chartTooltip } from './chart-tooltip';
import { axisLabel, chartData, chartOption, type ChartPicture } from './line-chart-option';
import type { Palette } from './palette';
import { axisTime } from './time-labels';

const PALETTE: Palette = {
  series: ['#4cc2ff', '#f2b33d'],
  muted: '#93a3b5',
  grid: '#1d2733',
  cursor: '#2c3948',
  surface: '#18202b',
  text: '#e6edf5',
};

const HOSTILE = '<img src=x onerror=alert(1)>';

function picture(change: Partial<ChartPicture> = {}): ChartPicture {
  return {
    unit: 'percent',
    scale: { max: 100, interval: 25 },
    from: 1_000,
    to: 601_000,
    step: null,
    stacked: false,
    lines: [
      {
        key: 'disk.busy{sda}',
        label: HOSTILE,
        colour: '#4cc2ff',
        points: [[2_000, 12.4]],
        band: [],
      },
      { key: 'disk.busy{sdb}', label: 'sdb', colour: '#f2b33d', points: [[2_000, 40]], band: [] },
    ],
    ...change,
  };
}

function point(seriesId: string, value: number | null) {
  return { seriesId, value: [2_000, value] };
}

describe('the tooltip of a chart', () => {
  it('lists exact values, the largest first, in the colours of the lines', () => {
    const box = chartTooltip(
      [point('disk.busy{sda}', 12.4), point('disk.busy{sdb}', 40)],
      picture(),
      PALETTE,
    );
    if (typeof box === 'string') throw new Error('expected an element');
    const rows = [...box.querySelectorAll('b')].map((row) => row.textContent);
    expect(rows).toEqual(['40.0\u00a0%', '12.4\u00a0%']);
    expect(box.querySelector('i')?.style.background).toBe('rgb(242, 179, 61)');
  });

  it('says least and greatest beside the mean of a step, and how long the step is', () => {
    const step = { seriesId: 'disk.busy{sda}', value: [2_000, 12.4, 3, 88.8] };
    const box = chartTooltip([step], picture({ step: 300_000 }), PALETTE);
    if (typeof box === 'string') throw new Error('expected an element');
    const text = box.textContent.replaceAll('\u00a0', ' ');
    expect(text).toContain('mean and range of 5 min');
    expect(text).toContain('12.4 %3.0 % – 88.8 %');
  });

  it('keeps a hostile name text', () => {
    const box = chartTooltip([point('disk.busy{sda}', 1)], picture(), PALETTE);
    if (typeof box === 'string') throw new Error('expected an element');
    expect(box.querySelector('img')).toBeNull();
    expect(box.textContent).toContain(HOSTILE);
  });

  it('says nothing of bands and of unknown values', () => {
    const parameters = [point('disk.busy{sda} low', 3), point('disk.busy{sdb}', null)];
    expect(chartTooltip(parameters, picture(), PALETTE)).toBe('');
    expect(chartTooltip([], picture(), PALETTE)).toBe('');
  });
});

describe('a label of the axis', () => {
  it.each([
    ['percent', 25, '25 %'],
    ['bytes', 48 * 1_024 ** 3, '48 GiB'],
    ['bytes', 1.5 * 1_024 ** 3, '1.5 GiB'],
    ['bytes_per_second', 60e6, '60 MB/s'],
    ['bytes_per_second', 100e6, '100 MB/s'],
    ['bytes_per_second', 0, '0'],
    ['load', 10, '10'],
    ['load', 0.25, '0.25'],
  ] as const)('of %s at %d is %s', (unit, value, label) => {
    expect(axisLabel(unit, value)).toBe(label.replace(' ', '\u00a0'));
  });
});

describe('the options of a chart', () => {
  const series = (one: ChartPicture) => {
    const option = chartOption(
      () => one,
      PALETTE,
      () => true,
    );
    return [option.series ?? []].flat();
  };

  it('never animate data, nor draw over a gap', () => {
    const option = chartOption(picture, PALETTE, () => true);
    expect(option.animation).toBe(false);
    for (const line of series(picture())) {
      expect(line).toMatchObject({ showSymbol: false });
      expect(line.connectNulls).not.toBe(true);
    }
  });

  it('fill below a single line only, and stack only parts of a whole', () => {
    const [first] = picture().lines;
    if (first === undefined) throw new Error('expected a line');
    expect(series(picture({ lines: [first] }))[0]).toMatchObject({ areaStyle: { opacity: 0.1 } });
    expect(series(picture())[0]).not.toHaveProperty('areaStyle');
    expect(series(picture())[0]).not.toHaveProperty('stack');
    expect(series(picture({ stacked: true }))[0]).toHaveProperty('stack');
  });

  it('draw least and greatest as a band', () => {
    const [first] = picture().lines;
    if (first === undefined) throw new Error('expected a line');
    const lines = [{ ...first, band: [[2_000, 10, 30] as const, [3_000, null, null] as const] }];
    const [, low, high] = chartData(picture({ lines })).series;
    expect(low?.data).toEqual([
      [2_000, 10],
      [3_000, null],
    ]);
    expect(high?.data).toEqual([
      [2_000, 20],
      [3_000, null],
    ]);
  });

  it('name moments as finely as the time shown needs', () => {
    const at = new Date(2024, 0, 5, 13, 45, 10).getTime();
    expect(axisTime(at, 60_000)).toMatch(/13:45:10/);
    expect(axisTime(at, 3_600_000)).toMatch(/^13:45$/);
    expect(axisTime(at, 30 * 86_400_000)).not.toMatch(/13:45|2024/);
    expect(axisTime(at, 730 * 86_400_000)).toMatch(/2024/);
  });

  it('show just the time asked for', () => {
    expect(chartData(picture())).toMatchObject({
      xAxis: { min: 1_000, max: 601_000 },
      yAxis: { max: 100, interval: 25 },
    });
  });
});
