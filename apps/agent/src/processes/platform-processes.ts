import type { AgentSettings } from '@hostdeck/contracts';
import { KernelFiles } from '../collectors/linux/kernel-files';
import { readPageSize } from '../collectors/linux/page-size';
import type { Logger } from '../log/logger';
import { CulpritWatch } from './culprit-watch';
import { HostClock } from './host-clock';
import type { CulpritSource, ProcessScanner } from './host-processes';
import { LinuxProcessScanner } from './linux-scanner';
import { PortableProcesses } from './portable-processes';
import { ProcessFiles } from './process-files';
import { UserNames } from './user-names';

/** Where Linux tells of processes and users: `/proc` and `/etc/passwd`, or files like them. */
export interface ProcessRoots {
  readonly proc: string;
  readonly passwd: string;
}

/** What tells of the processes of a host. */
export interface ProcessSources {
  readonly scanner: ProcessScanner;
  readonly culprits: CulpritSource;
}

export interface ProcessSourcesOptions {
  readonly settings: () => Pick<AgentSettings, 'processes' | 'commandLines'>;
  readonly logger: Logger;
}

/** The processes of Linux, read directly. */
export function linuxProcesses(
  { proc, passwd }: ProcessRoots,
  { settings, logger }: ProcessSourcesOptions,
): ProcessSources {
  const kernelFiles = new KernelFiles({ proc, sys: '/sys' });
  const sources = {
    files: new ProcessFiles(proc),
    clock: new HostClock(kernelFiles),
    users: new UserNames(passwd, logger),
    settings,
  };
  const pageSize = readPageSize(kernelFiles);
  return {
    scanner: new LinuxProcessScanner(sources, pageSize),
    culprits: new CulpritWatch(sources, pageSize),
  };
}

/** The processes of this system: Linux is read directly, every other one through `systeminformation`. */
export async function platformProcesses(
  platform: NodeJS.Platform,
  options: ProcessSourcesOptions,
): Promise<ProcessSources> {
  if (platform === 'linux') {
    return linuxProcesses({ proc: '/proc', passwd: '/etc/passwd' }, options);
  }
  const information = await import('systeminformation');
  return {
    scanner: new PortableProcesses(information, options.settings),
    culprits: new PortableProcesses(information, options.settings),
  };
}
