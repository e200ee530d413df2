import type { MetricId } from '@hostdeck/contracts';
import { hostSummary } from '../../../test/host-samples';
import type { Palette } from '../charts/palette';
import { CHARTS, type ChartSpec } from './chart-list';
import { chartPicture, chartSeries, MOST_LINES } from './chart-picture';
import type { SeriesData } from './series-book';

const WINDOW = { from: 0, to: 600_000 };
const PALETTE: Palette = {
  series: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
  muted: '',
  grid: '',
  cursor: '',
  surface: '',
  text: '',
};

function spec(id: string): ChartSpec {
  const found = CHARTS.find((chart) => chart.id === id);
  if (found === undefined) throw new Error(`expected a chart ${id}`);
  return found;
}

function data(instance: string | null, value: number): SeriesData {
  return {
    instance,
    times: [2_000, 4_000],
    values: [value, value],
    lows: [value, value],
    highs: [value, value],
  };
}

function network(...interfaces: readonly (readonly [name: string, rate: number])[]) {
  return (metric: MetricId) =>
    metric.startsWith('network.')
      ? interfaces.map(([name, rate]) => data(name, metric.includes('receive') ? rate : rate / 2))
      : [];
}

describe('the series of a chart', () => {
  it('are named by instance and metric, those of an instance together', () => {
    const { shown } = chartSeries(spec('network'), network(['eth10', 5], ['eth2', 9]), WINDOW);
    expect(shown.map(({ label }) => label)).toEqual([
      'eth2 in',
      'eth2 out',
      'eth10 in',
      'eth10 out',
    ]);
    expect(shown.map(({ colour }) => colour)).toEqual([1, 2, 3, 4]);
  });

  it('are the ones with most in them where there are too many', () => {
    const many = Array.from({ length: 100 }, (_, index) => [`eth${index}`, index] as const);
    const { shown, all } = chartSeries(spec('network'), network(...many), WINDOW);
    expect(all).toBe(200);
    expect(shown).toHaveLength(MOST_LINES);
    expect(shown.at(-1)?.label).toBe('eth99 out');
  });

  it('leave out what has gone', () => {
    const gone = (metric: MetricId) => (metric === 'disk.busy' ? [data('sda', 1)] : []);
    const later = { from: 100_000, to: 700_000 };
    expect(chartSeries(spec('disk-busy'), gone, later).shown).toEqual([]);
  });
});

describe('the picture of a chart', () => {
  it('reaches up to all memory', () => {
    const read = (metric: MetricId) => (metric === 'memory.used' ? [data(null, 4e9)] : []);
    const { shown } = chartSeries(spec('memory'), read, WINDOW);
    const picture = chartPicture(spec('memory'), shown, {
      window: WINDOW,
      step: null,
      gapAfter: 5_000,
      facts: hostSummary().facts,
      palette: PALETTE,
    });
    expect(picture.scale.max).toBe(16 * 1_024 ** 3);
    expect(picture.unit).toBe('bytes');
    expect(picture.lines).toMatchObject([{ key: 'memory.used', colour: 'c5', band: [] }]);
  });

  it('has a band where a point stands for several samples', () => {
    const series = { ...data(null, 50), lows: [10, 20], highs: [90, 80] };
    const read = (metric: MetricId) => (metric === 'cpu.busy' ? [series] : []);
    const { shown } = chartSeries(spec('cpu'), read, WINDOW);
    const { lines } = chartPicture(spec('cpu'), shown, {
      window: WINDOW,
      step: 2_000,
      gapAfter: 5_000,
      facts: null,
      palette: PALETTE,
    });
    expect(lines[0]?.band).toEqual([
      [2_000, 10, 90],
      [4_000, 20, 80],
    ]);
    expect(lines[0]?.points).toEqual([
      [2_000, 50, 10, 90],
      [4_000, 50, 20, 80],
    ]);
  });

  it('breaks the band where the line is broken', () => {
    const series = { ...data(null, 50), times: [2_000, 60_000], lows: [10, 20], highs: [90, 80] };
    const read = (metric: MetricId) => (metric === 'cpu.busy' ? [series] : []);
    const { shown } = chartSeries(spec('cpu'), read, WINDOW);
    const { lines } = chartPicture(spec('cpu'), shown, {
      window: WINDOW,
      step: 2_000,
      gapAfter: 5_000,
      facts: null,
      palette: PALETTE,
    });
    expect(lines[0]?.band).toEqual([
      [2_000, 10, 90],
      [2_001, null, null],
      [60_000, 20, 80],
    ]);
  });
});
