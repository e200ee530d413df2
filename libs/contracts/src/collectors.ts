/**
 * The families of metrics an agent reads, by the names of its collectors: what can be turned off, and what errors are shown under.
 * A host has those that its system and hardware have.
 */
export const COLLECTOR_NAMES = [
  'cpu',
  'cpu-frequency',
  'load',
  'memory',
  'memory-details',
  'swap',
  'pressure',
  'disk',
  'filesystem',
  'network',
  'network-link',
  'tcp',
  'sockets',
  'processes',
  'process-count',
  'sensor',
  'gpu-sysfs',
  'gpu-nvidia',
  'battery',
  'raid',
  'smart',
  'systemd',
  'container',
  'cgroup',
  'custom',
  'uptime',
  'agent',
] as const;
export type CollectorName = (typeof COLLECTOR_NAMES)[number];
