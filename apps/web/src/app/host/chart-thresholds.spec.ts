import type { HostThreshold, MetricId } from '@hostdeck/contracts';
import { hostSummary } from '../../../test/host-samples';
import { placeThresholds } from '../charts/thresholds';
import { CHARTS } from './chart-list';
import { chartPicture, chartSeries } from './chart-picture';
import { chartThresholds, firingSpans } from './chart-thresholds';

const WINDOW = { from: 0, to: 600_000 };
const { facts } = hostSummary();

function rule(differences: Partial<HostThreshold>): HostThreshold {
  return {
    ruleId: 'a'.repeat(32),
    name: 'Rule',
    severity: 'warning',
    kind: 'above',
    metric: 'cpu.busy',
    instance: '*',
    threshold: 90,
    clear: null,
    for: 0,
    isOverridden: false,
    ...differences,
  };
}

/** What a chart draws of one value per series, and what of the rules stands in it. */
function draw(id: string, values: Readonly<Record<string, number>>, all: readonly HostThreshold[]) {
  const spec = CHARTS.find((chart) => chart.id === id);
  if (spec === undefined) throw new Error(`expected a chart ${id}`);
  const read = (metric: MetricId) =>
    Object.entries(values).flatMap(([key, value]) => {
      const [name, instance = null] = key.split('|');
      const steps = [value, value];
      const times = [2_000, 4_000];
      return name === metric ? [{ instance, times, values: steps, lows: steps, highs: steps }] : [];
    });
  const { shown } = chartSeries(spec, read, WINDOW);
  const thresholds = chartThresholds(spec, shown, { all, facts });
  const palette = { series: [], muted: '', grid: '', cursor: '', surface: '', text: '' };
  const context = { window: WINDOW, step: null, gapAfter: 5_000, facts, palette, thresholds };
  return { shown, picture: chartPicture(spec, shown, context) };
}

const drawn = (id: string, values: Readonly<Record<string, number>>, all: HostThreshold[]) =>
  draw(id, values, all).picture.thresholds?.map(({ words, isDrawn }) => [
    words.replaceAll('\u00a0', ' '),
    isDrawn,
  ]);

describe('thresholds in a chart', () => {
  it('are those of its metrics, and of the instances it draws', () => {
    const rules = [
      rule({ metric: 'disk.busy', instance: 'sd*', threshold: 80 }),
      rule({ metric: 'disk.busy', instance: 'nvme*', threshold: 70 }),
      rule({ metric: 'cpu.busy' }),
    ];
    expect(drawn('disk-busy', { 'disk.busy|sda': 5 }, rules)).toEqual([['above 80 %', true]]);
  });

  it('make room for themselves when they are near, and leave the data alone when they are far away', () => {
    const load = (threshold: number) => {
      const { picture } = draw('load', { 'load.1': 3 }, [rule({ metric: 'load.1', threshold })]);
      return [picture.thresholds?.[0]?.isDrawn, picture.scale.max];
    };
    expect(load(3.5)).toEqual([true, 4]);
    expect(load(5)).toEqual([true, 6]);
    expect(load(400)).toEqual([false, 3]);
  });

  it('that are a share of memory stand where that many bytes are', () => {
    const rules = [rule({ metric: 'memory.used_share', threshold: 75, clear: 50 })];
    const { picture } = draw('memory', { 'memory.used': 4e9 }, rules);
    expect(picture.thresholds).toMatchObject([
      { value: 12 * 1_024 ** 3, clear: 8 * 1_024 ** 3, isDrawn: true },
    ]);
    expect(drawn('memory', { 'memory.used': 4e9 }, rules)).toEqual([['above 12 GiB (75 %)', true]]);
  });

  it('of parts on top of others are not drawn where they do not belong', () => {
    const values = { 'cpu.user': 10, 'cpu.iowait': 10 };
    const rules = [rule({ metric: 'cpu.iowait' }), rule({ metric: 'cpu.user', threshold: 60 })];
    expect(drawn('cpu-modes', values, rules)).toEqual([['above 60 %', true]]);
  });

  it('never write one label over another', () => {
    const threshold = { label: 'Rule', words: '', severity: 'warning', isDrawn: true } as const;
    const at = (value: number, clear: number | null = null) => ({
      ...threshold,
      key: String(value),
      value,
      clear,
    });
    const placed = placeThresholds([at(50), at(99), at(55, 40), at(93)], 100);
    expect(placed.map(({ height, label, under }) => [height, label !== '', under])).toEqual([
      [0.99, true, true],
      [0.93, false, true],
      [0.55, true, false],
      [0.5, false, false],
    ]);
    expect(placed[2]?.clear).toBe(0.4);
  });
});

describe('the times in which rules fired', () => {
  it('are shaded in the charts of their series only', () => {
    const { shown } = draw('memory', { 'memory.used': 4e9 }, []);
    const firing = { incidentId: '', ruleId: '', severity: 'critical', from: 1, to: null } as const;
    const fired = ['memory.used_share', 'cpu.busy', 'down'].map((series) => ({
      ...firing,
      series,
    }));
    expect(firingSpans(shown, fired)).toEqual([{ severity: 'critical', from: 1, to: null }]);
  });
});
