import type { Collector } from './collector';
import { KernelFiles } from './linux/kernel-files';
import { linuxCollectors } from './linux/linux-collectors';
import { portableCollectors } from './portable/portable-collectors';

/** The collectors for a system: Linux is read directly, every other one through `systeminformation`. */
export async function platformCollectors(platform: NodeJS.Platform): Promise<Collector[]> {
  if (platform === 'linux') return linuxCollectors(new KernelFiles({ proc: '/proc', sys: '/sys' }));
  return portableCollectors(await import('systeminformation'));
}
