import type { Collector } from '../collector';
import { CpuCollector } from './cpu';
import { DiskCollector } from './disks';
import { FilesystemCollector } from './filesystems';
import type { KernelFiles } from './kernel-files';
import { LoadCollector, UptimeCollector } from './load';
import { MemoryCollector, SwapCollector } from './memory';
import { NetworkCollector } from './network';
import { PressureCollector } from './pressure';
import { ProcessCountCollector, TaskStateCollector } from './processes';
import { SensorCollector } from './sensors';
import { TcpCollector } from './tcp';

/** The collectors of Linux, which read the kernel's files themselves, in the order of a frame. */
export function linuxCollectors(files: KernelFiles): Collector[] {
  return [
    new CpuCollector(files),
    new LoadCollector(files),
    new MemoryCollector(files),
    new SwapCollector(files),
    new PressureCollector(files),
    new DiskCollector(files),
    new FilesystemCollector(files),
    new NetworkCollector(files),
    new TcpCollector(files),
    new TaskStateCollector(files),
    new ProcessCountCollector(files),
    new SensorCollector(files),
    new UptimeCollector(files),
  ];
}
