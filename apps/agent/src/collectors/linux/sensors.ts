import type { MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { UniqueNames } from '../unique-names';
import type { KernelFiles } from './kernel-files';
import { SlowFile } from './slow-file';

/** How long the list of sensors is believed, ms. */
const LIST_LIFETIME = 300_000;

type SensorMetric = 'sensor.temperature' | 'sensor.fan' | 'sensor.voltage' | 'sensor.power';

/** What a kind of channel measures, in which part of the metric's unit, and between which values a reading is one. */
interface Channel {
  readonly metric: SensorMetric;
  readonly perUnit: number;
  readonly least: number;
  readonly most: number;
}

/** By the name of the file (the kernel's Documentation/hwmon/sysfs-interface.rst). Chips without a sensor connected say their least or most. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  temp: { metric: 'sensor.temperature', perUnit: 1_000, least: -100, most: 200 },
  fan: { metric: 'sensor.fan', perUnit: 1, least: 0, most: 100_000 },
  in: { metric: 'sensor.voltage', perUnit: 1_000, least: -1_000, most: 1_000 },
  power: { metric: 'sensor.power', perUnit: 1_000_000, least: 0, most: 100_000 },
};
/** Of a chip's channel the file with its reading; of power some chips have a mean only. */
const READING = /^(temp|fan|in|power)(\d+)_(input|average)$/;

interface Sensor {
  readonly channel: Channel;
  readonly instance: string;
  readonly file: SlowFile;
}

/** Temperatures, fan speeds, voltages and power from the kernel's hardware monitoring, and on boards from its thermal zones. */
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
      await Promise.all(this.#sensors.map(({ file }) => file.close()));
      this.#sensors = listSensors(this.#files);
      this.#listedAt = now;
    }
    for (const { channel, instance, file } of limitInstances(this.#sensors, 'sensors', sink)) {
      const reading = await file.readNumber();
      sink.add(channel.metric, instance, reading === null ? null : valueOf(channel, reading));
    }
  }
}

/** `null` for what can not be: a sensor that is broken or not connected. */
function valueOf({ perUnit, least, most }: Channel, reading: number): number | null {
  const value = reading / perUnit;
  return value >= least && value <= most ? value : null;
}

function listSensors(files: KernelFiles): Sensor[] {
  const names = new UniqueNames();
  return [...listChips(files, names), ...listZones(files, names)];
}

function listChips(files: KernelFiles, names: UniqueNames): Sensor[] {
  const sensors: Sensor[] = [];
  for (const chip of files.listSys('class/hwmon')) {
    const folder = `class/hwmon/${chip}`;
    const chipName = files.readSys(folder, 'name') ?? chip;
    const seen = new Set<string>();
    // Behind its present value a channel of power may have its mean.
    for (const name of files.listSys(folder).sort(inputsFirst)) {
      const [, kind = '', number = ''] = READING.exec(name) ?? [];
      const channel = CHANNELS[kind];
      if (channel === undefined || seen.has(kind + number)) continue;
      seen.add(kind + number);
      const label = files.readSys(folder, `${kind}${number}_label`) ?? `${kind}${number}`;
      sensors.push({
        channel,
        instance: names.take(`${chipName} ${label}`),
        file: new SlowFile(files.sysPath(folder, name)),
      });
    }
  }
  return sensors;
}

function inputsFirst(a: string, b: string): number {
  return Number(b.endsWith('_input')) - Number(a.endsWith('_input'));
}

/** Zones that are not also shown as a chip, which most are (the kernel's Documentation/driver-api/thermal/sysfs-api.rst). */
function listZones(files: KernelFiles, names: UniqueNames): Sensor[] {
  const channel = CHANNELS.temp;
  if (channel === undefined) return [];
  return files
    .listSys('class/thermal')
    .filter((zone) => zone.startsWith('thermal_zone'))
    .filter((zone) =>
      files.listSys('class/thermal', zone).every((name) => !name.startsWith('hwmon')),
    )
    .map((zone) => ({
      channel,
      instance: names.take(files.readSys('class/thermal', zone, 'type') ?? zone),
      file: new SlowFile(files.sysPath('class/thermal', zone, 'temp')),
    }));
}
