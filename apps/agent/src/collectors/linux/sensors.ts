import { readdir, readFile } from 'node:fs/promises';
import { MAX_INSTANCE_LENGTH, toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import type { KernelFiles } from './kernel-files';
import { isAbsent } from './proc-file';

/** How long the list of sensors is believed, ms. */
const LIST_LIFETIME = 300_000;

type SensorMetric = 'sensor.temperature' | 'sensor.fan';

interface Sensor {
  readonly metric: SensorMetric;
  readonly instance: string;
  /** The file with the reading. */
  readonly path: string;
}

/** Temperatures and fan speeds from the kernel's hardware monitoring (its Documentation/hwmon/sysfs-interface.rst). */
export class SensorCollector implements Collector {
  readonly name = 'sensor';
  readonly family = 'sensors';
  readonly cadence = 10_000;
  // Some sensors sit on a slow bus.
  readonly deadline = 3_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;
  #sensors: readonly Sensor[] = [];
  #listedAt: number | null = null;

  constructor(files: KernelFiles) {
    this.#files = files;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    if (this.#listedAt === null || now - this.#listedAt >= LIST_LIFETIME) {
      this.#sensors = await listSensors(this.#files.sysPath('class/hwmon'));
      this.#listedAt = now;
    }
    for (const { metric, instance, path } of limitInstances(this.#sensors, 'sensors', sink)) {
      const reading = await readReading(path);
      // Temperatures are in thousandths of a degree.
      const value = reading === null || metric === 'sensor.fan' ? reading : reading / 1000;
      sink.add(metric, instance, value);
    }
  }
}

async function listSensors(folder: string): Promise<Sensor[]> {
  const sensors: Sensor[] = [];
  const taken = new Set<string>();
  for (const chip of await listFolder(folder)) {
    const path = `${folder}/${chip}`;
    const chipName = (await readText(`${path}/name`)) ?? chip;
    for (const file of await listFolder(path)) {
      const channel = /^(temp|fan)\d+(?=_input$)/.exec(file);
      if (channel === null) continue;
      const label = (await readText(`${path}/${channel[0]}_label`)) ?? channel[0];
      const instance = unusedName(`${chipName} ${label}`, taken);
      const metric = channel[1] === 'temp' ? 'sensor.temperature' : 'sensor.fan';
      sensors.push({ metric, instance, path: `${path}/${file}` });
    }
  }
  return sensors;
}

/** Two chips of one kind have sensors of the same names: the later ones get a number. */
function unusedName(name: string, taken: Set<string>): string {
  const base = toDisplayText(name).slice(0, MAX_INSTANCE_LENGTH - 8);
  let unused = base;
  for (let number = 2; taken.has(unused); number += 1) unused = `${base} #${number}`;
  taken.add(unused);
  return unused;
}

async function listFolder(path: string): Promise<string[]> {
  try {
    const names = await readdir(path);
    // The tenth behind the ninth; comparing as people of a language do would load its rules, some 6 MB, to stay.
    return names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** A sensor that is there but does not answer (a sleeping disk, a loose fan) is unknown. */
async function readReading(path: string): Promise<number | null> {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
