import { linuxCollectors } from '../src/collectors/linux/linux-collectors';
import type { Collector } from '../src/collectors/collector';
import { readLinuxFacts } from '../src/facts/linux-facts';
import { Logger } from '../src/log/logger';
import { Sampler, type SampledFrame } from '../src/sampler/sampler';
import { BOARD, NOTEBOOK, SERVER } from './machines';
import { RecordedMachine } from './recorded-machine';

describe('a frame', () => {
  const logger = new Logger({ level: 'error', write: () => undefined });
  let machine: RecordedMachine;

  const collectorsOf = (): Collector[] =>
    linuxCollectors({
      files: machine.files,
      root: `${machine.root}/`,
      programs: machine.programs,
    });
  /** The second frame: all that is slow has been read, and rates are known. */
  async function secondFrame(sampler: Sampler): Promise<SampledFrame> {
    await sampler.sample(2_000);
    return sampler.sample(2_000);
  }
  const valueOf = ({ schema, values }: SampledFrame, key: string) =>
    values[schema.series.indexOf(key)];
  const groupsOf = ({ schema }: SampledFrame) =>
    new Set(schema.series.map((key) => key.split('.')[0]));

  afterEach(() => machine.dispose());

  it('of a server has what it has, and nothing of what it has not', async () => {
    machine = RecordedMachine.of(SERVER);
    const sampler = new Sampler(collectorsOf(), logger);
    const frame = await secondFrame(sampler);
    expect(sampler.health.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(frame.schema.series.filter((key) => key.startsWith('cpu.core.busy'))).toHaveLength(128);
    expect(valueOf(frame, 'raid.missing{md0}')).toBe(1);
    expect(valueOf(frame, 'container.tasks{dddddddddddd}')).toBe(1);
    expect(valueOf(frame, 'network.link_speed{eth0}')).toBe(1e9);
    expect(valueOf(frame, 'disk.read_bytes{nvme1n1}')).toBe(0);
    for (const absent of ['pressure', 'sensor', 'gpu', 'battery', 'smart', 'systemd', 'cgroup']) {
      expect(groupsOf(frame)).not.toContain(absent);
    }
  });

  it('of a notebook has its battery, sensors and GPU', async () => {
    machine = RecordedMachine.of(NOTEBOOK);
    const frame = await secondFrame(new Sampler(collectorsOf(), logger));
    expect(valueOf(frame, 'battery.level')).toBe(50);
    expect(valueOf(frame, 'battery.time_left')).toBe(9_000);
    expect(valueOf(frame, 'sensor.temperature{coretemp temp1}')).toBe(52);
    expect(valueOf(frame, 'sensor.fan{thinkpad fan1}')).toBe(2_400);
    expect(valueOf(frame, 'gpu.frequency{Intel card0}')).toBe(3e8);
    expect(valueOf(frame, 'cpu.frequency')).toBe(2.1e9);
    expect(valueOf(frame, 'pressure.memory.full')).not.toBeUndefined();
  });

  it('of an ARM board has its clock, its zone and its card', async () => {
    machine = RecordedMachine.of(BOARD);
    const frame = await secondFrame(new Sampler(collectorsOf(), logger));
    expect(valueOf(frame, 'cpu.frequency')).toBe(2.4e9);
    expect(valueOf(frame, 'sensor.temperature{cpu-thermal}')).toBe(47.2);
    expect(frame.schema.series.filter((key) => key.startsWith('disk.busy'))).toEqual([
      'disk.busy{mmcblk0}',
    ]);
    const facts = readLinuxFacts({
      proc: `${machine.root}/proc`,
      sys: `${machine.root}/sys`,
      root: machine.root,
    });
    expect(facts.model).toBe('Raspberry Pi 5 Model B Rev 1.0');
  });

  it('keeps its beat when a file disappears and when a collector throws', async () => {
    machine = RecordedMachine.of(SERVER);
    const thrower: Collector = {
      name: 'thrower',
      cadence: 0,
      deadline: 1_000,
      metrics: ['battery.level'],
      collect: () => {
        throw new TypeError('a mistake');
      },
    };
    const sampler = new Sampler([thrower, ...collectorsOf()], logger);
    await sampler.sample(2_000);
    machine.files.close();
    machine.remove('proc/diskstats');
    const frame = await sampler.sample(2_000);
    expect(valueOf(frame, 'disk.read_bytes{nvme1n1}')).toBeNull();
    expect(valueOf(frame, 'battery.level')).toBeNull();
    expect(valueOf(frame, 'memory.used')).toBe(4_096_000);
    expect(valueOf(frame, 'network.receive_bytes{eth0}')).toBe(0);
    const troubles = sampler.health.filter(({ problem }) => problem !== null);
    expect(troubles.map(({ name }) => name)).toEqual(['thrower', 'disk']);

    machine.write('proc/diskstats', SERVER['proc/diskstats'] ?? '');
    await sampler.sample(2_000);
    const again = await sampler.sample(2_000);
    expect(valueOf(again, 'disk.read_bytes{nvme1n1}')).toBe(0);
  });
});
