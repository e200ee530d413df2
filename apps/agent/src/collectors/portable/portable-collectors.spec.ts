import { readFileSync } from 'node:fs';
import { read, type Reading } from '../../../test/recorded-machine';
import type { Collector } from '../collector';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { portableCollectors, type SystemSource } from './portable-collectors';

/** What `systeminformation` says on a machine, by function. */
function recording(name: 'macos' | 'windows'): Record<string, unknown> {
  const path = new URL(`../../../test/fixtures/portable/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** A source that gives what was recorded, and other things by `changes`. */
function sourceOf(recorded: Record<string, unknown>): SystemSource {
  const answer =
    <Value>(name: string) =>
    () =>
      Promise.resolve(recorded[name] as Value);
  return {
    currentLoad: answer('currentLoad'),
    mem: answer('mem'),
    fsSize: answer('fsSize'),
    networkStats: answer('networkStats'),
    disksIO: answer('disksIO'),
    fsStats: answer('fsStats'),
    processes: answer('processes'),
    cpuCurrentSpeed: answer('cpuCurrentSpeed'),
    cpuTemperature: answer('cpuTemperature'),
    battery: answer('battery'),
    graphics: answer('graphics'),
  };
}

async function readFrom(collectors: readonly Collector[], name: string): Promise<Reading> {
  const found = collectors.find((collector) => collector.name === name);
  if (found === undefined) throw new Error(`no collector ${name}`);
  return read(found, 0);
}

describe('the portable collectors on macOS', () => {
  const collectors = portableCollectors(sourceOf(recording('macos')));
  const valuesOf = async (name: string) => (await readFrom(collectors, name)).values;

  it('read processors, memory and processes', async () => {
    expect(await valuesOf('cpu')).toMatchObject({ 'cpu.busy': 12.5, 'cpu.core.busy{1}': 5 });
    expect(await valuesOf('memory')).toMatchObject({
      'memory.used': 12_884_901_888,
      'memory.used_share': 75,
      'swap.used': 1_073_741_824,
    });
    expect(await valuesOf('processes')).toEqual({
      'processes.total': 512,
      'processes.running': 3,
      'processes.blocked': 0,
    });
  });

  it('read local filesystems as df counts, and others where they are asked for', async () => {
    expect(await valuesOf('filesystem')).toEqual({
      'filesystem.used{/}': 60,
      'filesystem.free{/}': 30,
      'filesystem.used_share{/}': (60 / 90) * 100,
      'filesystem.read_only{/}': 1,
    });
    const all = portableCollectors(sourceOf(recording('macos')), () => ({
      ...DEFAULT_COLLECTOR_OPTIONS,
      networkMounts: true,
    }));
    expect((await readFrom(all, 'filesystem')).values).toHaveProperty([
      'filesystem.used{/Volumes/share}',
    ]);
  });

  it('read the battery, the temperature and the frequency', async () => {
    expect(await valuesOf('battery')).toEqual({
      'battery.level': 81,
      'battery.discharging': 1,
      'battery.health': (4_382 / 4_790) * 100,
      'battery.cycles': 214,
      'battery.time_left': 312 * 60,
    });
    expect(await valuesOf('sensor')).toEqual({ 'sensor.temperature{CPU}': 52.1 });
    expect(await valuesOf('cpu frequency')).toEqual({ 'cpu.frequency': 2.4e9 });
    expect(await valuesOf('gpu')).toEqual({});
  });

  it('make rates of counters, without the loopback', async () => {
    const changing = recording('macos');
    const network = portableCollectors(sourceOf(changing)).find(({ name }) => name === 'network');
    if (network === undefined) throw new Error('no network');
    expect((await read(network, 0)).values['network.receive_bytes{en0}']).toBeNull();
    changing.networkStats = [
      { iface: 'en0', operstate: 'up', rx_bytes: 1_500, tx_bytes: 2_500, rx_dropped: 2 },
      { iface: 'lo0', operstate: 'up', rx_bytes: 9_500, tx_bytes: 9_500, rx_dropped: 0 },
    ];
    const { values } = await read(network, 2_000);
    expect(values).toMatchObject({
      'network.receive_bytes{en0}': 250,
      'network.receive_drops{en0}': 1,
      'network.link_up{en0}': 1,
      'network.total.transmit_bytes': 250,
    });
    expect(values).not.toHaveProperty(['network.receive_bytes{lo0}']);
  });

  it('make rates of what all disks moved', async () => {
    const changing = recording('macos');
    const disk = portableCollectors(sourceOf(changing)).find(({ name }) => name === 'disk');
    if (disk === undefined) throw new Error('no disk');
    await read(disk, 0);
    changing.fsStats = { rx: 5_096, wx: 2_048 };
    changing.disksIO = { rIO: 120, wIO: 50 };
    expect((await read(disk, 1_000)).values).toEqual({
      'disk.total.read_bytes': 1_000,
      'disk.total.write_bytes': 0,
      'disk.total.read_ops': 20,
      'disk.total.write_ops': 0,
    });
  });
});

describe('the portable collectors on Windows', () => {
  const collectors = portableCollectors(sourceOf(recording('windows')));
  const valuesOf = async (name: string) => (await readFrom(collectors, name)).values;

  it('have nothing of what the system does not tell', async () => {
    expect(await valuesOf('disk')).toEqual({});
    expect(await valuesOf('sensor')).toEqual({});
    expect(await valuesOf('battery')).toEqual({});
    expect(await valuesOf('processes')).toEqual({ 'processes.total': 233 });
  });

  it("read NVIDIA's card, and know nothing of the one beside it", async () => {
    expect(await valuesOf('gpu')).toEqual({
      'gpu.busy{NVIDIA GeForce RTX 3060}': 37,
      'gpu.memory_used{NVIDIA GeForce RTX 3060}': 2_048 * 1024 ** 2,
      'gpu.memory_used_share{NVIDIA GeForce RTX 3060}': (2_048 / 12_288) * 100,
      'gpu.temperature{NVIDIA GeForce RTX 3060}': 56,
      'gpu.power{NVIDIA GeForce RTX 3060}': 84.3,
      'gpu.frequency{NVIDIA GeForce RTX 3060}': 1_852e6,
    });
  });

  it('read drives by their letters', async () => {
    expect(await valuesOf('filesystem')).toMatchObject({ 'filesystem.used{C:}': 300 });
  });
});
