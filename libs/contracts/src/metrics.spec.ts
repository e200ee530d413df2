import { METRIC_GROUPS, UNITS } from './metric';
import { isMetricId, METRIC_IDS, METRICS } from './metrics';

describe('the metric catalogue', () => {
  it('has the metrics that the design names', () => {
    expect(METRIC_IDS).toEqual(
      expect.arrayContaining([
        'cpu.busy',
        'cpu.core.busy',
        'load.1',
        'memory.used',
        'swap.in',
        'pressure.memory.full',
        'disk.await',
        'filesystem.inodes_used',
        'network.receive_bytes',
        'tcp.retransmits',
        'processes.blocked',
        'sensor.temperature',
        'container.cpu',
        'gpu.power',
        'battery.level',
        'uptime',
        'agent.spool',
      ]),
    );
  });

  it.each(METRIC_IDS.map((id) => [id]))('%s is a whole row', (id) => {
    const metric = METRICS[id];
    expect(metric.id).toBe(id);
    expect(id).toMatch(/^[a-z]+(\.[a-z0-9_]+)*$/);
    expect(UNITS).toContain(metric.unit);
    expect(METRIC_GROUPS).toContain(metric.group);
    expect(metric.label).not.toBe('');
    expect(metric.resolution).toBeGreaterThan(0);
  });

  it('lists the metrics group by group', () => {
    const order = METRIC_IDS.map((id) => METRIC_GROUPS.indexOf(METRICS[id].group));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('knows its own ids only', () => {
    expect(isMetricId('cpu.busy')).toBe(true);
    expect(isMetricId('cpu')).toBe(false);
    expect(isMetricId('constructor')).toBe(false);
    expect(isMetricId('__proto__')).toBe(false);
  });
});
