import type { MetricGroup, Unit } from '@hostdeck/contracts';
import { inLanguage } from '../language/language';
import { METRICS_DE } from './metrics.texts.de';

/** Headings of the groups of the catalogue. */
const GROUPS = {
  cpu: 'CPU',
  load: 'Load',
  memory: 'Memory',
  swap: 'Swap',
  pressure: 'Pressure',
  disk: 'Disks',
  filesystem: 'Filesystems',
  network: 'Network',
  tcp: 'TCP',
  udp: 'UDP',
  processes: 'Processes',
  sensor: 'Sensors',
  gpu: 'GPU',
  battery: 'Battery',
  raid: 'Software RAID',
  smart: 'Drive health',
  systemd: 'Services',
  container: 'Containers',
  cgroup: 'The agent’s container',
  custom: 'Custom metrics',
  system: 'System',
  agent: 'The agent itself',
} as const satisfies Readonly<Record<MetricGroup, string>>;

/** What the values of a chart are that several metrics share. */
const UNITS = {
  percent: 'shares',
  bytes: 'sizes',
  bytes_per_second: 'throughput',
  per_second: 'rates',
  count: 'counts',
  load: 'load',
  seconds: 'times',
  milliseconds: 'times',
  celsius: 'temperatures',
  rpm: 'speeds',
  watts: 'power',
  volts: 'voltages',
  hertz: 'frequencies',
  bits_per_second: 'link speeds',
  flag: 'states',
  number: 'values',
} as const satisfies Readonly<Record<Unit, string>>;

/** In English; other languages have the same keys. The names of the metrics themselves are in the catalogue. */
export const METRICS_EN = { groups: GROUPS, units: UNITS } as const;

export const METRICS_TEXTS = inLanguage(METRICS_EN, { de: METRICS_DE });
