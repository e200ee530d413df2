import type { HostFacts, MetricId, Unit } from '@hostdeck/contracts';
import { HOST_TEXTS } from './host.texts';
import type { LatestValue } from './series-book';

const TEXTS = HOST_TEXTS.gauges;

/** How full something is now. */
export interface Gauge {
  readonly key: string;
  readonly label: string;
  /** What the label does not say: which mount, how much of what; empty where nothing is to be added. */
  readonly note: string;
  readonly unit: Unit;
  readonly value: number | null;
  /** Percent of what there is, for the arc; `null` where it is not known. */
  readonly share: number | null;
}

type Read = (metric: MetricId) => readonly LatestValue[];

/** What the first glance at a host is for, as far as the host has it. */
export function gauges(read: Read, facts: HostFacts | null): readonly Gauge[] {
  const one = (metric: MetricId) => read(metric)[0]?.value ?? null;
  const load = one('load.1');
  const cores = facts?.cpuCount ?? null;
  const shares: readonly (Gauge | null)[] = [
    share('cpu', read, 'cpu.busy'),
    {
      key: 'load',
      label: TEXTS.load,
      note: cores === null ? '' : TEXTS.ofCores(cores),
      unit: 'load',
      value: load,
      share: part(load, cores),
    },
    amount('memory', one('memory.used'), facts?.memoryTotal ?? null),
    facts?.swapTotal === 0 ? null : amount('swap', one('swap.used'), facts?.swapTotal ?? null),
    fullest('filesystem', read, 'filesystem.used_share'),
    fullest('disk', read, 'disk.busy'),
    share('cpuPressure', read, 'pressure.cpu.some'),
    share('memoryPressure', read, 'pressure.memory.some'),
    share('ioPressure', read, 'pressure.io.some'),
  ];
  return shares.filter((gauge) => gauge !== null);
}

type GaugeName = 'cpu' | 'memory' | 'swap' | 'filesystem' | 'disk' | PressureName;
type PressureName = 'cpuPressure' | 'memoryPressure' | 'ioPressure';

/** A metric that is a share by itself; none where the host does not have it. */
function share(key: GaugeName, read: Read, metric: MetricId): Gauge | null {
  const [latest] = read(metric);
  if (latest === undefined) return null;
  const { value } = latest;
  return { key, label: TEXTS[key], note: '', unit: 'percent', value, share: value };
}

/** An amount of something there is so much of. */
function amount(key: GaugeName, value: number | null, whole: number | null): Gauge | null {
  const percent = part(value, whole);
  if (percent === null) return null;
  return { key, label: TEXTS[key], note: '', unit: 'percent', value: percent, share: percent };
}

/** Of several the one with most. */
function fullest(key: GaugeName, read: Read, metric: MetricId): Gauge | null {
  const known = read(metric).filter(({ value }) => value !== null);
  const most = known.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
  if (most === undefined) return null;
  const { value, instance } = most;
  return { key, label: TEXTS[key], note: instance ?? '', unit: 'percent', value, share: value };
}

function part(value: number | null, whole: number | null): number | null {
  return value === null || whole === null || whole === 0 ? null : (100 * value) / whole;
}
