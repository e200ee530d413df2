import type { Collector } from './collector';
import { KernelFiles } from './linux/kernel-files';
import { linuxCollectors } from './linux/linux-collectors';
import { DEFAULT_COLLECTOR_OPTIONS, type OptionsSource } from './options';
import { portableCollectors } from './portable/portable-collectors';
import { TextfileCollector } from './textfile/textfile';

/** What the collectors of a system are made with. */
export interface PlatformSources {
  readonly platform: NodeJS.Platform;
  /** Folder of the files of custom metrics. */
  readonly textfileDir: string;
  readonly options?: OptionsSource;
}

/** The collectors for a system: Linux is read directly, every other one through `systeminformation`. */
export async function platformCollectors({
  platform,
  textfileDir,
  options = () => DEFAULT_COLLECTOR_OPTIONS,
}: PlatformSources): Promise<Collector[]> {
  const custom = new TextfileCollector(textfileDir);
  if (platform === 'linux') {
    const files = new KernelFiles({ proc: '/proc', sys: '/sys' });
    return [...linuxCollectors({ files, root: '/', options }), custom];
  }
  return [...portableCollectors(await import('systeminformation'), options), custom];
}
