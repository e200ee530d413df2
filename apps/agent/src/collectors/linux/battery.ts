import type { MetricId } from '@hostdeck/contracts';
import type { Collector, SampleSink } from '../collector';
import { share } from '../counters';
import { sumKnown } from './fields';
import type { KernelFiles } from './kernel-files';
import { readSmallFile } from './slow-file';

const FOLDER = 'class/power_supply';
/** The kernel counts in millionths of volt, ampere, watt and their hours (its Documentation/ABI/testing/sysfs-class-power). */
const MICRO = 1_000_000;
const SECONDS_PER_HOUR = 3_600;

/** One battery; energies in watt-hours, power in watts; `null` is unknown. */
interface Battery {
  readonly status: string | null;
  readonly level: number | null;
  readonly energy: number | null;
  readonly energyFull: number | null;
  readonly energyDesign: number | null;
  readonly power: number | null;
  readonly cycles: number | null;
}

/** The batteries that power this machine, taken together; those of mice and headsets are not. Without a battery there is no series. */
export class BatteryCollector implements Collector {
  readonly name = 'battery';
  readonly family = 'battery';
  readonly cadence = 30_000;
  // A battery's controller sits on a slow bus.
  readonly deadline = 3_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;

  constructor(files: KernelFiles) {
    this.#files = files;
  }

  async collect(sink: SampleSink): Promise<void> {
    const batteries: Battery[] = [];
    for (const name of this.#files.listSys(FOLDER)) {
      const battery = await this.#readBattery(name);
      if (battery !== null) batteries.push(battery);
    }
    if (batteries.length === 0) return;
    const sum = (of: (battery: Battery) => number | null) => sumKnown(batteries.map(of));
    const energy = sum((battery) => battery.energy);
    const full = sum((battery) => battery.energyFull);
    const isDischarging = batteries.some(({ status }) => status === 'Discharging');
    const power = sum((battery) => battery.power);
    const ofWhole = share(energy, full);
    sink.add('battery.level', null, ofWhole ?? batteries[0]?.level ?? null);
    sink.add(
      'battery.health',
      null,
      share(
        full,
        sum((battery) => battery.energyDesign),
      ),
    );
    sink.add('battery.discharging', null, isDischarging ? 1 : 0);
    sink.add('battery.power', null, power);
    const hasTime = isDischarging && energy !== null && power !== null && power > 0;
    if (hasTime) sink.add('battery.time_left', null, (energy / power) * SECONDS_PER_HOUR);
    const cycles = batteries.map((battery) => battery.cycles ?? 0);
    // Controllers that do not count say 0.
    if (cycles.some((count) => count > 0)) sink.add('battery.cycles', null, Math.max(...cycles));
  }

  async #readBattery(name: string): Promise<Battery | null> {
    const read = (file: string) => readSmallFile(this.#files.sysPath(FOLDER, name, file));
    if ((await read('type')) !== 'Battery' || (await read('scope')) === 'Device') return null;
    const number = async (file: string) => {
      const text = await read(file);
      return text === null || text === '' ? null : Number(text);
    };
    const micro = async (file: string) => {
      const value = await number(file);
      return value === null || !Number.isFinite(value) ? null : value / MICRO;
    };
    // Some tell charge and current instead of energy and power: with the voltage one gives the other.
    const volts = (await micro('voltage_now')) ?? null;
    const energy = async (what: string) =>
      (await micro(`energy_${what}`)) ?? times(await micro(`charge_${what}`), volts);
    const current = times(await micro('current_now'), volts);
    const power = (await micro('power_now')) ?? current;
    return {
      status: await read('status'),
      level: await number('capacity'),
      energy: await energy('now'),
      energyFull: await energy('full'),
      energyDesign: await energy('full_design'),
      // Some say it negative while discharging.
      power: power === null ? null : Math.abs(power),
      cycles: await number('cycle_count'),
    };
  }
}

function times(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one * other;
}
