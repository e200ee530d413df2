import { readdirSync } from 'node:fs';
import { numberAfter } from '../collectors/linux/fields';
import { KernelFiles } from '../collectors/linux/kernel-files';
import type { Strain } from './pace';

/**
 * Share of the last minute in which all processes at once waited for memory, percent: from the first on a host is under pressure, below
 * the second no more. Processors that are busy are no such reason: as long as the agent keeps its beat it takes a thousandth of one.
 */
const MEMORY_PRESSURE = { begins: 20, ends: 10 } as const;

/** What a Linux host is short of, from its power supplies and its pressure (PSI; `Documentation/accounting/psi.rst`). */
export class HostStrain {
  readonly #files: KernelFiles;
  readonly #hasSupplies: boolean;
  #underPressure = false;

  constructor(files: KernelFiles) {
    this.#files = files;
    this.#hasSupplies = files.hasSys('class/power_supply');
  }

  /** Reads. @param now monotonic time, ms @throws errors of the system */
  read(now: number): Strain {
    const share = this.#memoryPressure(now);
    const { begins, ends } = MEMORY_PRESSURE;
    this.#underPressure = share !== null && share >= (this.#underPressure ? ends : begins);
    return { onBattery: this.#isOnBattery(), underPressure: this.#underPressure };
  }

  /** Mean of the last minute, percent; `null` where the kernel does not tell. */
  #memoryPressure(now: number): number | null {
    const text = this.#files.proc('pressure/memory').readOptional(now) ?? '';
    const line = text.split('\n').find((candidate) => candidate.startsWith('full')) ?? '';
    return numberAfter(line.replaceAll(' ', '\n'), 'avg60=');
  }

  /** Whether a battery is being drained and nothing else supplies the host (`Documentation/ABI/testing/sysfs-class-power`). */
  #isOnBattery(): boolean {
    if (!this.#hasSupplies) return false;
    let isDraining = false;
    for (const name of readdirSync(this.#files.sysPath('class/power_supply'))) {
      const read = (file: string) => this.#files.readSys('class/power_supply', name, file);
      const type = read('type');
      // A battery of a mouse or a keyboard supplies only that.
      if (read('scope') === 'Device') continue;
      if (type === 'Battery') isDraining ||= read('status') === 'Discharging';
      else if (read('online') === '1') return false;
    }
    return isDraining;
  }
}

/** What tells of the strain of this system; of others than Linux nothing is known. */
export function platformStrain(platform: NodeJS.Platform): (now: number) => Strain {
  if (platform !== 'linux') return () => ({ onBattery: false, underPressure: false });
  const strain = new HostStrain(new KernelFiles({ proc: '/proc', sys: '/sys' }));
  return (now) => strain.read(now);
}
