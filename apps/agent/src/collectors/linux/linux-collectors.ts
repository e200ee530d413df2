import type { Collector } from '../collector';
import { ContainerCollector } from '../containers/containers';
import { OwnCgroupCollector } from '../containers/own-cgroup';
import { DEFAULT_COLLECTOR_OPTIONS, type OptionsSource } from '../options';
import { NvidiaCollector } from '../programs/nvidia';
import { Programs } from '../programs/programs';
import { SmartCollector } from '../programs/smart';
import { SystemdCollector } from '../programs/systemd';
import { containerKind } from '../../facts/linux-facts';
import { BatteryCollector } from './battery';
import { CpuCollector } from './cpu';
import { CpuFrequencyCollector } from './cpu-frequency';
import { DiskCollector } from './disks';
import { DistantFilesystemCollector } from './distant-filesystems';
import { FilesystemCollector } from './filesystems';
import { SysfsGpuCollector } from './gpu-sysfs';
import type { KernelFiles } from './kernel-files';
import { LoadCollector, UptimeCollector } from './load';
import { MemoryCollector, MemoryDetailsCollector, PagingCollector, SwapCollector } from './memory';
import { NetworkCollector } from './network';
import { NetworkLinkCollector } from './network-link';
import { PressureCollector } from './pressure';
import { ProcessCountCollector, TaskStateCollector } from './processes';
import { RaidCollector } from './raid';
import { SensorCollector } from './sensors';
import { TcpDetailsCollector, UdpCollector } from './sockets';
import { TcpCollector } from './tcp';

/** Where Linux is read from, and what of it is watched. */
export interface LinuxSources {
  readonly files: KernelFiles;
  /** The root of the filesystem, with a slash behind it: `/`, or a recorded tree. */
  readonly root: string;
  readonly programs?: Programs;
  readonly options?: OptionsSource;
}

/** The collectors of Linux, which read the kernel's files themselves, in the order of a frame. */
export function linuxCollectors({
  files,
  root,
  programs = new Programs(),
  options = () => DEFAULT_COLLECTOR_OPTIONS,
}: LinuxSources): Collector[] {
  const isInContainer = containerKind(files.roots.proc, root) !== null;
  return [
    new CpuCollector(files),
    new CpuFrequencyCollector(files),
    new LoadCollector(files),
    new MemoryCollector(files),
    new MemoryDetailsCollector(files),
    new SwapCollector(files),
    new PagingCollector(files),
    new PressureCollector(files),
    new DiskCollector(files, options),
    new FilesystemCollector(files, options),
    new DistantFilesystemCollector(files, programs, options),
    new NetworkCollector(files, options),
    new NetworkLinkCollector(files, options),
    new TcpCollector(files),
    new TcpDetailsCollector(files),
    new UdpCollector(files),
    new TaskStateCollector(files),
    new ProcessCountCollector(files),
    new SensorCollector(files),
    new SysfsGpuCollector(files),
    new NvidiaCollector(programs),
    new BatteryCollector(files),
    new RaidCollector(files),
    new SmartCollector(programs),
    new SystemdCollector({ files, programs, root }, options),
    new ContainerCollector(files, root, options),
    ...(isInContainer ? [new OwnCgroupCollector(files)] : []),
    new UptimeCollector(files),
  ];
}
