import { readdirSync } from 'node:fs';
import { numberAfter } from '../collectors/linux/fields';
import { KernelFiles } from '../collectors/linux/kernel-files';
import type { Strain } from './pace';

/** Share of the last minute in which some process had to wait for a processor, percent: from the first on a host is under pressure, below the second no more. */
const CPU_PRESSURE = { begins: 95, ends: 80 } as const;
/** Share in which all processes at once waited for memory, percent. */
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
    this.#underPressure =
      this.#isPressed(this.#average('cpu', 'some', now), CPU_PRESSURE) ||
      this.#isPressed(this.#average('memory', 'full', now), MEMORY_PRESSURE);
    return { onBattery: this.#isOnBattery(), underPressure: this.#underPressure };
  }

  #isPressed(share: number | null, bounds: { begins: number; ends: number }): boolean {
    return share !== null && share >= (this.#underPressure ? bounds.ends : bounds.begins);
  }

  /** Mean of the last minute, percent; `null` where the kernel does not tell. */
  #average(resource: 'cpu' | 'memory', kind: 'some' | 'full', now: number): number | null {
    const text = this.#files.proc(`pressure/${resource}`).readOptional(now) ?? '';
    const line = text.split('\n').find((candidate) => candidate.startsWith(kind)) ?? '';
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
