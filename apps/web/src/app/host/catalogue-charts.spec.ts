import { METRIC_IDS, type MetricId } from '@hostdeck/contracts';
import { hostSummary } from '../../../test/host-samples';
import { chartGroups } from './catalogue-charts';
import { gauges } from './gauges';
import type { LatestValue } from './series-book';

const UNDRAWN = ['memory.used_share', 'uptime'];

describe('the charts of a host', () => {
  it('show every metric of the catalogue that the host has, each once', () => {
    const shown = chartGroups(new Set(METRIC_IDS))
      .flatMap(({ charts }) => charts)
      .flatMap(({ metrics }) => metrics.map(({ id }) => id));
    expect(METRIC_IDS.filter((id) => !shown.includes(id))).toEqual(UNDRAWN);
    const ids = chartGroups(new Set(METRIC_IDS)).flatMap(({ charts }) =>
      charts.map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leave out groups of which the host has nothing', () => {
    const groups = chartGroups(new Set<MetricId>(['load.1', 'udp.in_use', 'smart.healthy']));
    expect(groups.map(({ key, charts }) => [key, charts.length])).toEqual([
      ['load', 1],
      ['udp', 1],
      ['smart', 1],
    ]);
  });

  it('put metrics without instances together by their units, and those with apart', () => {
    const present = new Set<MetricId>(['udp.receive', 'udp.transmit', 'udp.in_use', 'sensor.fan']);
    const [udp, sensor] = chartGroups(present);
    expect(udp?.charts.map(({ title, metrics }) => [title, metrics.length])).toEqual([
      ['UDP sockets in use', 1],
      ['UDP: rates', 2],
    ]);
    expect(sensor?.charts[0]).toMatchObject({ title: 'Fan speed', metrics: [{ label: '' }] });
  });
});

describe('the gauges of a host', () => {
  const { facts } = hostSummary();
  const read = (values: Partial<Record<MetricId, readonly LatestValue[]>>) =>
    gauges((metric) => values[metric] ?? [], facts).map(({ key, note, share }) => [
      key,
      note,
      share,
    ]);

  it('say how full what the host has is, and name the fullest', () => {
    const one = (value: number | null) => [{ instance: null, value }];
    expect(
      read({
        'cpu.busy': one(40),
        'load.1': one(1),
        'memory.used': one(4 * 1_024 ** 3),
        'filesystem.used_share': [
          { instance: '/', value: 20 },
          { instance: '/data', value: 91 },
          { instance: '/mnt', value: null },
        ],
      }),
    ).toEqual([
      ['cpu', '', 40],
      ['load', 'of 2 cores', 50],
      ['memory', '', 25],
      ['filesystem', '/data', 91],
    ]);
  });

  it('know what is not known', () => {
    expect(read({ 'cpu.busy': [{ instance: null, value: null }] })).toEqual([
      ['cpu', '', null],
      ['load', 'of 2 cores', null],
    ]);
  });
});
