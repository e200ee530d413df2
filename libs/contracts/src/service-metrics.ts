/** Rows of the metric catalogue: services, containers, what people add, and the agent. */
import { BYTE_RATE, BYTES, COUNT, FLAG, group, PERCENT, SECONDS } from './metric';

export const SERVICE_METRICS = {
  ...group('systemd', COUNT, { 'systemd.failed': 'Services failed' }),
  ...group(
    'systemd',
    { ...FLAG, instance: 'service', extreme: 'min' },
    { 'service.active': 'Service active' },
  ),
  ...group('systemd', { ...FLAG, instance: 'service' }, { 'service.failed': 'Service failed' }),
  ...group(
    'systemd',
    { ...PERCENT, instance: 'service' },
    { 'service.cpu': 'Service CPU, share of one core' },
  ),
  ...group('systemd', { ...BYTES, instance: 'service' }, { 'service.memory': 'Service memory' }),
  ...group('systemd', { ...COUNT, instance: 'service' }, { 'service.tasks': 'Service tasks' }),
  ...group(
    'container',
    { ...PERCENT, instance: 'container' },
    {
      'container.cpu': 'Container CPU, share of one core',
      'container.throttled': 'Container held back by its CPU limit, share of time',
      'container.memory_share': 'Container memory, share of its limit',
    },
  ),
  ...group(
    'container',
    { ...BYTES, instance: 'container' },
    { 'container.memory': 'Container memory' },
  ),
  ...group(
    'container',
    { ...COUNT, instance: 'container' },
    { 'container.tasks': 'Container tasks' },
  ),
  ...group(
    'container',
    { ...BYTE_RATE, instance: 'container' },
    {
      'container.network.receive_bytes': 'Container received',
      'container.network.transmit_bytes': 'Container sent',
    },
  ),
  ...group(
    'container',
    { ...FLAG, instance: 'container', extreme: 'min' },
    { 'container.running': 'Container running' },
  ),
  // The container the agent itself runs in: everything else is of the host.
  ...group('cgroup', PERCENT, {
    'cgroup.cpu': "Agent's container: CPU, share of one core",
    'cgroup.cpu_limit': "Agent's container: CPU limit, share of one core",
    'cgroup.throttled': "Agent's container: held back by its CPU limit, share of time",
    'cgroup.memory_share': "Agent's container: memory, share of its limit",
  }),
  ...group('cgroup', BYTES, {
    'cgroup.memory': "Agent's container: memory",
    'cgroup.memory_limit': "Agent's container: memory limit",
  }),
  ...group('cgroup', COUNT, { 'cgroup.tasks': "Agent's container: tasks" }),
  // Values of unknown size: each row's step times 2^42, the most that is stored, is the largest it can carry (4.4 thousand million
  // for a step of 0.001). The row is chosen by the name's unit, as Prometheus writes names, never by the value, so that it stays.
  ...group(
    'custom',
    { unit: 'number', resolution: 0.001, instance: 'custom', extreme: 'both' },
    { 'custom.gauge': 'Custom value' },
  ),
  ...group(
    'custom',
    { unit: 'bytes', resolution: 64, instance: 'custom', extreme: 'both' },
    { 'custom.bytes': 'Custom size' },
  ),
  ...group(
    'custom',
    { unit: 'seconds', resolution: 0.0001, instance: 'custom', extreme: 'both' },
    { 'custom.seconds': 'Custom time' },
  ),
  ...group(
    'custom',
    { unit: 'number', resolution: 0.000_001, instance: 'custom', extreme: 'both' },
    { 'custom.ratio': 'Custom ratio' },
  ),
  ...group(
    'custom',
    { unit: 'per_second', resolution: 0.001, instance: 'custom', extreme: 'both' },
    { 'custom.rate': 'Custom rate' },
  ),
  ...group(
    'custom',
    { ...BYTE_RATE, instance: 'custom', extreme: 'both' },
    { 'custom.byte_rate': 'Custom throughput' },
  ),
  ...group(
    'custom',
    { ...SECONDS, instance: 'file' },
    { 'custom.file_age': 'Age of a file of custom metrics' },
  ),
  ...group('system', { ...SECONDS, extreme: 'min' }, { uptime: 'Uptime' }),
  ...group(
    'agent',
    { unit: 'percent', resolution: 0.01 },
    { 'agent.cpu': 'Agent CPU, share of one core' },
  ),
  ...group('agent', BYTES, {
    'agent.memory': 'Agent memory (RSS)',
    'agent.spool': 'Agent outbox size',
  }),
  ...group('agent', COUNT, { 'agent.custom_dropped': 'Custom series not taken' }),
} as const;
