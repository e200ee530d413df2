import { loadavg, uptime } from 'node:os';
import { toDisplayText } from '@hostdeck/contracts';
import type { Systeminformation } from 'systeminformation';
import {
  EVERY_TICK,
  limitInstances,
  SYNCHRONOUS,
  type Collector,
  type SampleSink,
} from '../collector';
import { Counters, share } from '../counters';
import { DEFAULT_COLLECTOR_OPTIONS, isSelected, type OptionsSource } from '../options';
import { hardwareCollectors, type HardwareSource } from './portable-hardware';

/** What is used of `systeminformation`. */
export interface SystemSource extends HardwareSource {
  currentLoad(): Promise<Systeminformation.CurrentLoadData>;
  mem(): Promise<Systeminformation.MemData>;
  fsSize(): Promise<Systeminformation.FsSizeData[]>;
  // With `*`, all interfaces.
  networkStats(interfaces: string): Promise<Systeminformation.NetworkStatsData[]>;
  /** `null` where the system does not tell. */
  disksIO(): Promise<Systeminformation.DisksIoData | null>;
  /** `null` where the system does not tell. */
  fsStats(): Promise<Systeminformation.FsStatsData | null>;
  processes(): Promise<Pick<Systeminformation.ProcessesData, 'all' | 'running' | 'blocked'>>;
}

/** These start programs on some systems. */
const DEADLINE = 5_000;
const SLOW_CADENCE = 10_000;
/** Filesystems of the network and of memory, as macOS and Windows name them. */
const NOT_LOCAL = /^(nfs|smbfs|cifs|webdav|afpfs|autofs|devfs|tmpfs|network)/i;

/** The collectors of macOS, Windows and the BSDs: fewer metrics than on Linux, from one portable source. */
export function portableCollectors(
  source: SystemSource,
  options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS,
): Collector[] {
  return [
    cpuCollector(source),
    loadCollector(),
    memoryCollector(source),
    diskCollector(source),
    filesystemCollector(source, options),
    networkCollector(source, options),
    processCollector(source),
    ...hardwareCollectors(source),
    uptimeCollector(),
  ];
}

function cpuCollector(source: SystemSource): Collector {
  return {
    name: 'cpu',
    family: 'cpu',
    cadence: EVERY_TICK,
    deadline: DEADLINE,
    metrics: ['cpu.busy', 'cpu.user', 'cpu.nice', 'cpu.system', 'cpu.irq'],
    async collect(sink) {
      const load = await source.currentLoad();
      sink.add('cpu.busy', null, load.currentLoad);
      sink.add('cpu.user', null, load.currentLoadUser);
      sink.add('cpu.nice', null, load.currentLoadNice);
      sink.add('cpu.system', null, load.currentLoadSystem);
      sink.add('cpu.irq', null, load.currentLoadIrq);
      load.cpus.forEach((core, index) => sink.add('cpu.core.busy', String(index), core.load));
    },
  };
}

function loadCollector(): Collector {
  return {
    name: 'load',
    family: 'load',
    cadence: EVERY_TICK,
    deadline: SYNCHRONOUS,
    metrics: [],
    collect(sink): undefined {
      // Windows has no load average, and Node says 0 there.
      if (process.platform === 'win32') return;
      const [one = null, five = null, fifteen = null] = loadavg();
      sink.add('load.1', null, one);
      sink.add('load.5', null, five);
      sink.add('load.15', null, fifteen);
    },
  };
}

function memoryCollector(source: SystemSource): Collector {
  return {
    name: 'memory',
    family: 'memory',
    cadence: EVERY_TICK,
    deadline: DEADLINE,
    metrics: [
      'memory.used',
      'memory.available',
      'memory.cached',
      'memory.buffers',
      'memory.used_share',
      'swap.used',
    ],
    async collect(sink) {
      const memory = await source.mem();
      const used = memory.total - memory.available;
      sink.add('memory.used', null, used);
      sink.add('memory.available', null, memory.available);
      sink.add('memory.cached', null, memory.cached);
      sink.add('memory.buffers', null, memory.buffers);
      sink.add('memory.used_share', null, share(used, memory.total));
      sink.add('swap.used', null, memory.swapused);
    },
  };
}

function diskCollector(source: SystemSource): Collector {
  const counters = new Counters();
  return {
    name: 'disk',
    family: 'disks',
    cadence: EVERY_TICK,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink, now) {
      const [io, transfers] = await Promise.all([source.disksIO(), source.fsStats()]);
      counters.begin(now);
      // These are sums over the disks; some systems tell operations only, some nothing.
      if (transfers !== null) {
        sink.add('disk.total.read_bytes', null, counters.perSecond('read', transfers.rx));
        sink.add('disk.total.write_bytes', null, counters.perSecond('written', transfers.wx));
      }
      if (io !== null) {
        sink.add('disk.total.read_ops', null, counters.perSecond('reads', io.rIO));
        sink.add('disk.total.write_ops', null, counters.perSecond('writes', io.wIO));
      }
    },
  };
}

function filesystemCollector(source: SystemSource, options: OptionsSource): Collector {
  return {
    name: 'filesystem',
    family: 'filesystems',
    cadence: SLOW_CADENCE,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink) {
      const filesystems = await source.fsSize();
      const { mounts, networkMounts } = options();
      const watched = filesystems.filter(
        ({ mount, type, size }) =>
          size > 0 && isSelected(mounts, mount, networkMounts || !NOT_LOCAL.test(type)),
      );
      for (const { mount, used, available, rw } of limitInstances(watched, 'filesystems', sink)) {
        const instance = toDisplayText(mount);
        sink.add('filesystem.used', instance, used);
        sink.add('filesystem.free', instance, available);
        sink.add('filesystem.used_share', instance, share(used, used + available));
        if (rw !== null) sink.add('filesystem.read_only', instance, rw ? 0 : 1);
      }
    },
  };
}

type NetworkCounter =
  'rx_bytes' | 'tx_bytes' | 'rx_errors' | 'tx_errors' | 'rx_dropped' | 'tx_dropped';

function networkCollector(source: SystemSource, options: OptionsSource): Collector {
  const counters = new Counters();
  const addInterface = (sink: SampleSink, one: Systeminformation.NetworkStatsData) => {
    const rate = (field: NetworkCounter) => counters.perSecond(`${one.iface} ${field}`, one[field]);
    const instance = toDisplayText(one.iface);
    const received = rate('rx_bytes');
    const sent = rate('tx_bytes');
    sink.add('network.receive_bytes', instance, received);
    sink.add('network.transmit_bytes', instance, sent);
    sink.add('network.receive_errors', instance, rate('rx_errors'));
    sink.add('network.transmit_errors', instance, rate('tx_errors'));
    sink.add('network.receive_drops', instance, rate('rx_dropped'));
    sink.add('network.transmit_drops', instance, rate('tx_dropped'));
    if (one.operstate === 'up' || one.operstate === 'down') {
      sink.add('network.link_up', instance, one.operstate === 'up' ? 1 : 0);
    }
    return { received, sent };
  };
  return {
    name: 'network',
    family: 'network',
    cadence: EVERY_TICK,
    deadline: DEADLINE,
    metrics: ['network.total.receive_bytes', 'network.total.transmit_bytes'],
    async collect(sink, now) {
      const interfaces = await source.networkStats('*');
      counters.begin(now);
      const watched = interfaces.filter(({ iface }) =>
        isSelected(options().interfaces, iface, !/^lo\d*$|loopback/i.test(iface)),
      );
      let received: number | null = null;
      let sent: number | null = null;
      for (const one of limitInstances(watched, 'network interfaces', sink)) {
        const traffic = addInterface(sink, one);
        if (traffic.received !== null) received = (received ?? 0) + traffic.received;
        if (traffic.sent !== null) sent = (sent ?? 0) + traffic.sent;
      }
      sink.add('network.total.receive_bytes', null, received);
      sink.add('network.total.transmit_bytes', null, sent);
    },
  };
}

/** Seldom, since the whole list has to be made for it. */
function processCollector(source: SystemSource): Collector {
  return {
    name: 'processes',
    family: 'processes',
    cadence: 60_000,
    deadline: 20_000,
    metrics: ['processes.total'],
    async collect(sink) {
      const { all, running, blocked } = await source.processes();
      sink.add('processes.total', null, all);
      // Windows does not tell states, and none runs then.
      if (running === 0) return;
      sink.add('processes.running', null, running);
      sink.add('processes.blocked', null, blocked);
    },
  };
}

function uptimeCollector(): Collector {
  return {
    name: 'uptime',
    cadence: EVERY_TICK,
    deadline: SYNCHRONOUS,
    metrics: ['uptime'],
    collect(sink): undefined {
      sink.add('uptime', null, uptime());
    },
  };
}
