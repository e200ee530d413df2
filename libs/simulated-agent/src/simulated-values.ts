import { METRICS, quantize, type MetricId } from '@hostdeck/contracts';

/** Metrics of a simulated host by their instances: some 80 series, as a small server has. */
const SHAPE: readonly (readonly [MetricId, readonly string[]])[] = [
  ...(
    [
      'cpu.busy',
      'cpu.user',
      'cpu.system',
      'cpu.iowait',
      'cpu.steal',
      'load.1',
      'load.5',
      'load.15',
      'memory.used',
      'memory.available',
      'memory.cached',
      'memory.buffers',
      'memory.used_share',
      'swap.used',
      'swap.in',
      'swap.out',
      'pressure.cpu.some',
      'pressure.memory.some',
      'pressure.memory.full',
      'pressure.io.some',
      'pressure.io.full',
      'disk.total.read_bytes',
      'disk.total.write_bytes',
      'network.total.receive_bytes',
      'network.total.transmit_bytes',
      'tcp.established',
      'tcp.retransmits',
      'processes.total',
      'processes.running',
      'processes.blocked',
      'uptime',
      'agent.cpu',
      'agent.memory',
    ] as const
  ).map((metric): [MetricId, string[]] => [metric, []]),
  ['cpu.core.busy', ['0', '1', '2', '3', '4', '5', '6', '7']],
  ['disk.read_bytes', ['sda', 'sdb']],
  ['disk.write_bytes', ['sda', 'sdb']],
  ['disk.read_ops', ['sda', 'sdb']],
  ['disk.write_ops', ['sda', 'sdb']],
  ['disk.busy', ['sda', 'sdb']],
  ['disk.await', ['sda', 'sdb']],
  ['filesystem.used', ['/', '/home', '/srv']],
  ['filesystem.free', ['/', '/home', '/srv']],
  ['filesystem.used_share', ['/', '/home', '/srv']],
  ['filesystem.inodes_used', ['/', '/home', '/srv']],
  ['network.receive_bytes', ['eth0', 'eth1']],
  ['network.transmit_bytes', ['eth0', 'eth1']],
  ['network.receive_errors', ['eth0', 'eth1']],
  ['network.transmit_errors', ['eth0', 'eth1']],
  ['network.receive_drops', ['eth0', 'eth1']],
  ['sensor.temperature', ['package', 'nvme', 'board', 'inlet', 'outlet']],
];

const SERIES = SHAPE.flatMap(([metric, instances]) =>
  instances.length === 0
    ? [{ metric, key: metric }]
    : instances.map((instance) => ({ metric, key: `${metric}{${instance}}` })),
);

/** Most series a simulated host can have. */
export const MAX_SIMULATED_SERIES = SERIES.length;

const MEMORY = 16 * 2 ** 30;

/** How busy a simulated host is. */
export interface Character {
  /** Mean CPU use, percent. */
  readonly cpu: number;
  /** Memory used, percent. */
  readonly memory: number;
  /** Root file system used, percent. */
  readonly disk: number;
  /** Traffic received, bytes per second. */
  readonly traffic: number;
}

export const QUIET: Character = { cpu: 20, memory: 40, disk: 50, traffic: 2e6 };

/** Size around which a metric's values wander. */
function scaleOf(metric: MetricId, { cpu, memory, disk, traffic }: Character): number {
  switch (metric) {
    case 'cpu.busy':
    case 'cpu.core.busy':
      return cpu;
    case 'cpu.user':
      return cpu * 0.7;
    case 'cpu.system':
      return cpu * 0.25;
    case 'cpu.iowait':
    case 'cpu.steal':
      return 0.4;
    case 'memory.used_share':
      return memory;
    case 'memory.used':
      return (MEMORY * memory) / 100;
    case 'memory.available':
      return MEMORY * (1 - memory / 100);
    case 'filesystem.used_share':
      return disk;
    case 'network.total.receive_bytes':
      return traffic;
    case 'network.total.transmit_bytes':
      return traffic * 0.6;
    case 'load.1':
    case 'load.5':
    case 'load.15':
      return cpu / 12;
    default:
      return scaleOfUnit(metric);
  }
}

function scaleOfUnit(metric: MetricId): number {
  switch (METRICS[metric].unit) {
    case 'percent':
      return 8;
    case 'bytes':
      return 4e9;
    case 'bytes_per_second':
      return 1e6;
    case 'seconds':
      return 1e6;
    case 'per_second':
    case 'count':
    case 'load':
    case 'milliseconds':
    case 'celsius':
    case 'rpm':
    case 'watts':
    case 'volts':
    case 'number':
      return 40;
    case 'hertz':
    case 'bits_per_second':
      return 2e9;
    case 'flag':
      return 1;
  }
}

/** The values of one simulated host: they wander round a size and swing slowly, each in its own time. */
export class SimulatedValues {
  readonly keys: readonly string[];
  private readonly metrics: readonly MetricId[];
  private readonly scales: readonly number[];
  private readonly phases: readonly number[];
  private readonly noise: number[];

  constructor(seriesCount: number, character: Character) {
    const series = SERIES.slice(0, seriesCount);
    this.keys = series.map(({ key }) => key);
    this.metrics = series.map(({ metric }) => metric);
    this.scales = this.metrics.map((metric) => scaleOf(metric, character));
    this.phases = series.map(() => Math.random() * 2 * Math.PI);
    this.noise = series.map(() => 0);
  }

  /** All values at a time, rounded as an agent rounds them. */
  at(time: number): (number | null)[] {
    return this.metrics.map((metric, index) => {
      const noise = 0.9 * (this.noise[index] ?? 0) + (Math.random() - 0.5) * 0.12;
      this.noise[index] = noise;
      // Storage moves slowly; everything else swings within minutes.
      const swing = metric.startsWith('filesystem') || metric.startsWith('memory') ? 0.01 : 0.3;
      const wave = swing * Math.sin(time / 90_000 + (this.phases[index] ?? 0));
      const value = Math.max(0, (this.scales[index] ?? 0) * (1 + wave + noise * swing * 4));
      return quantize(metric, METRICS[metric].unit === 'percent' ? Math.min(100, value) : value);
    });
  }
}
