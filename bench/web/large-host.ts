import {
  METRIC_IDS,
  METRICS,
  quantize,
  type MetricGroup,
  type MetricId,
} from '@hostdeck/contracts';
import type { ValueSource } from '@hostdeck/simulated-agent';

/** What a large server has and a small one does not. */
const GROUPS: ReadonlySet<MetricGroup> = new Set<MetricGroup>([
  'sensor',
  'gpu',
  'systemd',
  'container',
  'custom',
]);
/** Of each metric that has instances there are so many: disks, containers, sensors … */
const INSTANCES = 2;

interface Series {
  readonly metric: MetricId;
  readonly key: string;
  /** Where its wave begins. */
  readonly phase: number;
}

/** A host with all that another one says, and every metric of sensors, GPUs, services, containers and files of custom metrics. */
export class LargeHost implements ValueSource {
  readonly keys: readonly string[];
  private readonly others: readonly Series[];

  constructor(private readonly base: ValueSource) {
    const known = new Set(base.keys.map((key) => key.replace(/\{.*/, '')));
    this.others = METRIC_IDS.filter(
      (metric) => GROUPS.has(METRICS[metric].group) && !known.has(metric),
    ).flatMap((metric, place) =>
      METRICS[metric].instance === null
        ? [{ metric, key: metric, phase: place }]
        : Array.from({ length: INSTANCES }, (_, index) => ({
            metric,
            key: `${metric}{${METRICS[metric].instance ?? ''}-${String(index)}}`,
            phase: place + index,
          })),
    );
    this.keys = [...base.keys, ...this.others.map(({ key }) => key)];
  }

  at(time: number): (number | null)[] {
    const values = this.others.map(({ metric, phase }) => {
      const { unit } = METRICS[metric];
      const wave = 0.5 + 0.4 * Math.sin(time / 30_000 + phase) + 0.1 * Math.random();
      return quantize(metric, unit === 'flag' ? Math.round(wave) : wave * scaleOf(unit));
    });
    return [...this.base.at(time), ...values];
  }
}

function scaleOf(unit: (typeof METRICS)[MetricId]['unit']): number {
  switch (unit) {
    case 'bytes':
    case 'hertz':
    case 'bits_per_second':
      return 4e9;
    case 'bytes_per_second':
      return 1e6;
    case 'seconds':
      return 1e5;
    default:
      return 60;
  }
}
