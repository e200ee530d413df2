import type { MetricId } from '@hostdeck/contracts';
import type { Collector, SampleSink } from '../collector';
import { fields } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';
import { SlowFile } from './slow-file';

/** Clocks read at most, spread evenly: on some kernels each reading waits for its core. */
const MAX_CLOCKS = 16;
/** How long the list of clocks is believed, ms. */
const LIST_LIFETIME = 600_000;
const KILOHERTZ = 1_000;
const MEGAHERTZ = 1_000_000;

interface Clock {
  readonly file: SlowFile;
  /** Cores that run at it: one on most PCs, a cluster on ARM boards. */
  readonly cores: number;
}

/**
 * The mean frequency of the cores, from cpufreq (the kernel's Documentation/admin-guide/pm/cpufreq.rst), else from `/proc/cpuinfo`, where
 * x86 has it also in a virtual machine. Where neither tells there is no such series.
 */
export class CpuFrequencyCollector implements Collector {
  readonly name = 'cpu frequency';
  readonly family = 'cpu';
  readonly cadence = 10_000;
  readonly deadline = 5_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;
  readonly #cpuinfo: ProcFile;
  #clocks: readonly Clock[] = [];
  #listedAt: number | null = null;

  constructor(files: KernelFiles) {
    this.#files = files;
    this.#cpuinfo = files.proc('cpuinfo');
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    if (this.#listedAt === null || now - this.#listedAt >= LIST_LIFETIME) {
      await Promise.all(this.#clocks.map(({ file }) => file.close()));
      this.#clocks = this.#listClocks();
      this.#listedAt = now;
    }
    const hertz =
      this.#clocks.length > 0
        ? await this.#meanOfClocks()
        : meanOfCpuinfo(this.#cpuinfo.readOptional(now) ?? '');
    if (hertz !== undefined) sink.add('cpu.frequency', null, hertz);
  }

  #listClocks(): Clock[] {
    const folder = 'devices/system/cpu/cpufreq';
    const policies = this.#files.listSys(folder).filter((name) => /^policy\d+$/.test(name));
    const every = Math.ceil(policies.length / MAX_CLOCKS);
    return policies
      .filter((_, index) => index % every === 0)
      .map((policy) => ({
        file: new SlowFile(this.#files.sysPath(folder, policy, 'scaling_cur_freq')),
        cores: fields(this.#files.readSys(folder, policy, 'affected_cpus') ?? '').length,
      }));
  }

  async #meanOfClocks(): Promise<number | null> {
    let sum = 0;
    let cores = 0;
    for (const clock of this.#clocks) {
      const kilohertz = await clock.file.readNumber();
      if (kilohertz === null || !Number.isFinite(kilohertz)) continue;
      sum += kilohertz * KILOHERTZ * clock.cores;
      cores += clock.cores;
    }
    return cores === 0 ? null : sum / cores;
  }
}

/** `undefined` where the file does not tell frequencies, as on ARM. */
function meanOfCpuinfo(text: string): number | undefined {
  let sum = 0;
  let cores = 0;
  for (const [, megahertz] of text.matchAll(/^cpu MHz\s*:\s*([\d.]+)$/gm)) {
    sum += Number(megahertz) * MEGAHERTZ;
    cores += 1;
  }
  return cores === 0 ? undefined : sum / cores;
}
