/** Rows of the metric catalogue: what every system has. */
import { BYTE_RATE, BYTES, COUNT, FLAG, group, HERTZ, PERCENT, RATE } from './metric';

export const SYSTEM_METRICS = {
  ...group('cpu', PERCENT, {
    'cpu.busy': 'CPU busy',
    'cpu.user': 'CPU user',
    'cpu.nice': 'CPU nice',
    'cpu.system': 'CPU system',
    'cpu.iowait': 'CPU waiting for I/O',
    'cpu.irq': 'CPU interrupts',
    'cpu.softirq': 'CPU soft interrupts',
    'cpu.steal': 'CPU steal',
  }),
  ...group('cpu', { ...PERCENT, instance: 'core' }, { 'cpu.core.busy': 'Core busy' }),
  ...group('cpu', HERTZ, { 'cpu.frequency': 'CPU frequency, mean of the cores' }),
  ...group(
    'cpu',
    { unit: 'per_second', resolution: 1 },
    { 'cpu.interrupts': 'Interrupts', 'cpu.context_switches': 'Context switches' },
  ),
  ...group('cpu', RATE, { 'cpu.forks': 'Processes and threads started' }),
  ...group(
    'load',
    { unit: 'load', resolution: 0.01 },
    {
      'load.1': 'Load, 1 minute',
      'load.5': 'Load, 5 minutes',
      'load.15': 'Load, 15 minutes',
    },
  ),
  ...group('memory', BYTES, {
    'memory.used': 'Memory used',
    'memory.cached': 'Memory cached',
    'memory.buffers': 'Memory buffers',
    'memory.slab': "Kernel's objects (slab)",
    'memory.slab_reclaimable': "Kernel's objects that can be given back",
    'memory.shared': 'Memory shared and in tmpfs',
    'memory.dirty': 'Waiting to be written to disk',
    'memory.writeback': 'Being written to disk',
    'memory.committed': 'Memory promised to programs',
    'memory.transparent_huge_pages': 'Memory in transparent huge pages',
    'memory.huge_pages': 'Pool of huge pages',
  }),
  ...group(
    'memory',
    { ...BYTES, extreme: 'min' },
    {
      'memory.available': 'Memory available',
      'memory.huge_pages_free': 'Huge pages free',
    },
  ),
  ...group('memory', PERCENT, { 'memory.used_share': 'Memory used, share' }),
  // Rare and grave: one kill in a minute must not round to nothing.
  ...group(
    'memory',
    { unit: 'per_second', resolution: 0.01 },
    { 'memory.oom_kills': 'Processes killed for want of memory' },
  ),
  ...group('swap', BYTES, { 'swap.used': 'Swap used' }),
  ...group('swap', BYTE_RATE, { 'swap.in': 'Swapped in', 'swap.out': 'Swapped out' }),
  ...group('pressure', PERCENT, {
    'pressure.cpu.some': 'CPU pressure, some',
    'pressure.memory.some': 'Memory pressure, some',
    'pressure.memory.full': 'Memory pressure, full',
    'pressure.io.some': 'I/O pressure, some',
    'pressure.io.full': 'I/O pressure, full',
  }),
  ...group('disk', BYTE_RATE, {
    'disk.total.read_bytes': 'Disks read',
    'disk.total.write_bytes': 'Disks written',
  }),
  ...group('disk', RATE, {
    'disk.total.read_ops': 'Reads of all disks',
    'disk.total.write_ops': 'Writes of all disks',
  }),
  ...group(
    'disk',
    { ...BYTE_RATE, instance: 'device' },
    { 'disk.read_bytes': 'Disk read', 'disk.write_bytes': 'Disk written' },
  ),
  ...group(
    'disk',
    { ...RATE, instance: 'device' },
    { 'disk.read_ops': 'Disk reads', 'disk.write_ops': 'Disk writes' },
  ),
  ...group('disk', { ...PERCENT, instance: 'device' }, { 'disk.busy': 'Disk busy' }),
  ...group(
    'disk',
    { unit: 'milliseconds', resolution: 0.1, instance: 'device' },
    { 'disk.await': 'Disk wait per operation' },
  ),
  ...group(
    'disk',
    { unit: 'number', resolution: 0.01, instance: 'device' },
    { 'disk.queue': 'Disk queue, mean length' },
  ),
  ...group('filesystem', { ...BYTES, instance: 'mount' }, { 'filesystem.used': 'Filesystem used' }),
  ...group(
    'filesystem',
    { ...BYTES, instance: 'mount', extreme: 'min' },
    { 'filesystem.free': 'Filesystem free' },
  ),
  ...group(
    'filesystem',
    { ...PERCENT, instance: 'mount' },
    {
      'filesystem.used_share': 'Filesystem used, share',
      'filesystem.inodes_used': 'Inodes used, share',
    },
  ),
  ...group(
    'filesystem',
    { ...FLAG, instance: 'mount' },
    { 'filesystem.read_only': 'Filesystem read-only' },
  ),
  ...group('network', BYTE_RATE, {
    'network.total.receive_bytes': 'Network received',
    'network.total.transmit_bytes': 'Network sent',
  }),
  ...group(
    'network',
    { ...BYTE_RATE, instance: 'interface' },
    { 'network.receive_bytes': 'Interface received', 'network.transmit_bytes': 'Interface sent' },
  ),
  ...group(
    'network',
    { ...RATE, instance: 'interface' },
    {
      'network.receive_errors': 'Receive errors',
      'network.transmit_errors': 'Transmit errors',
      'network.receive_drops': 'Receive drops',
      'network.transmit_drops': 'Transmit drops',
    },
  ),
  ...group(
    'network',
    { unit: 'per_second', resolution: 1, instance: 'interface' },
    {
      'network.receive_packets': 'Packets received',
      'network.transmit_packets': 'Packets sent',
    },
  ),
  ...group(
    'network',
    { unit: 'bits_per_second', resolution: 1_000_000, instance: 'interface', extreme: 'min' },
    { 'network.link_speed': 'Link speed' },
  ),
  ...group(
    'network',
    { ...FLAG, instance: 'interface', extreme: 'min' },
    { 'network.link_up': 'Link up' },
  ),
  ...group('tcp', COUNT, {
    'tcp.established': 'TCP connections established',
    'tcp.in_use': 'TCP sockets in use',
    'tcp.time_wait': 'TCP connections in TIME-WAIT',
    'tcp.orphaned': 'TCP connections of no process',
    'sockets.used': 'Sockets of all kinds',
  }),
  ...group('tcp', RATE, {
    'tcp.retransmits': 'TCP segments retransmitted',
    'tcp.active_opens': 'TCP connections opened',
    'tcp.passive_opens': 'TCP connections accepted',
    'tcp.failed_opens': 'TCP connections that failed to open',
    'tcp.resets': 'TCP resets sent',
    'tcp.receive_errors': 'TCP segments received broken',
    'tcp.listen_overflows': 'TCP accept queue overflows',
    'tcp.listen_drops': 'TCP connections dropped while listening',
  }),
  ...group('udp', COUNT, { 'udp.in_use': 'UDP sockets in use' }),
  ...group('udp', RATE, {
    'udp.receive': 'UDP datagrams received',
    'udp.transmit': 'UDP datagrams sent',
    'udp.receive_errors': 'UDP datagrams not delivered',
    'udp.no_port': 'UDP datagrams for no one',
    'udp.buffer_errors': 'UDP datagrams lost to full buffers',
  }),
  ...group('processes', COUNT, {
    'processes.total': 'Processes',
    'processes.running': 'Processes running',
    'processes.blocked': 'Processes blocked',
  }),
} as const;
