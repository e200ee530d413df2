import type { MetricId } from '@hostdeck/contracts';
import { z } from 'zod';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { UniqueNames } from '../unique-names';
import { errorText } from '../../log/error-text';
import { ProgramError, type Programs } from './programs';

/** Longest that one drive may take, ms: it may have to be asked through a slow bridge. */
const DRIVE_DEADLINE = 20_000;
const SECONDS_PER_HOUR = 3_600;
/** Bits of smartctl's exit status (smartctl(8)): it did not understand, could not open the drive, or let it sleep. */
const COULD_NOT_ASK = 0b11;
/** Numbers of attributes (ATA has not standardised them; smartmontools' drivedb.h has them so for nearly every drive). */
const REALLOCATED = 5;
const PENDING = 197;
const UNCORRECTABLE = 198;

const ScanSchema = z.object({
  devices: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
});

const Count = z.number().optional();
const DriveSchema = z.object({
  smart_status: z.object({ passed: z.boolean().optional() }).optional(),
  temperature: z.object({ current: Count }).optional(),
  power_on_time: z.object({ hours: Count }).optional(),
  endurance_used: z.object({ current_percent: Count }).optional(),
  ata_smart_attributes: z
    .object({ table: z.array(z.object({ id: z.number(), raw: z.object({ value: z.number() }) })) })
    .optional(),
  nvme_smart_health_information_log: z
    .object({ percentage_used: Count, available_spare: Count, media_errors: Count })
    .optional(),
  scsi_grown_defect_list: Count,
});
type Drive = z.infer<typeof DriveSchema>;

interface Device {
  readonly name: string;
  readonly type: string;
}

/**
 * Health of the drives as they tell it themselves (SMART), by `smartctl`, which needs root. A drive that sleeps is not woken up: it keeps
 * what it last said. Without smartctl or the right to ask there is no series, and without the right it is said.
 */
export class SmartCollector implements Collector {
  readonly name = 'smart';
  readonly family = 'smart';
  readonly cadence = 3_600_000;
  readonly deadline = 300_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #programs: Programs;
  #known = new Map<string, Drive>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const program = this.#programs.find('smartctl', now);
    if (program === null) return;
    const scan = await this.#programs.run(program, ['--json', '--scan'], DRIVE_DEADLINE);
    const { devices = [] } = ScanSchema.parse(JSON.parse(scan.text));
    const known = new Map<string, Drive>();
    const names = new UniqueNames();
    // One after the other: they may share a controller.
    for (const device of limitInstances(devices, 'drives', sink)) {
      const drive = await this.#ask(program, device, sink);
      if (drive === null) continue;
      known.set(device.name, drive);
      addDrive(sink, names.take(device.name.replace(/^\/dev\//, '')), drive);
    }
    this.#known = known;
  }

  async #ask(program: string, { name, type }: Device, sink: SampleSink): Promise<Drive | null> {
    // The names come from smartctl itself; a word that began with a dash would be taken for an option.
    const words = ['--json', '--nocheck=standby', '--all', `--device=${type}`, '--', name];
    try {
      const { text, status } = await this.#programs.run(program, words, DRIVE_DEADLINE);
      if ((status & COULD_NOT_ASK) === 0) return DriveSchema.parse(JSON.parse(text));
      const known = this.#known.get(name);
      if (known !== undefined) return known;
      sink.warn(`${name} can not be asked: smartctl needs root, or the drive sleeps`);
    } catch (error) {
      if (!isAboutOneDrive(error)) throw error;
      sink.warn(`${name}: ${errorText(error)}`);
    }
    return null;
  }
}

/** Trouble with one drive, or rubbish that it printed, is no reason not to ask the others. */
function isAboutOneDrive(error: unknown): boolean {
  return (
    error instanceof ProgramError || error instanceof SyntaxError || error instanceof z.ZodError
  );
}

/** A drive has the series that it tells. */
function addDrive(sink: SampleSink, label: string, drive: Drive): void {
  const add = (metric: MetricId, value: number | undefined) => {
    if (value !== undefined) sink.add(metric, label, value);
  };
  const attribute = (id: number) =>
    drive.ata_smart_attributes?.table.find((one) => one.id === id)?.raw.value;
  const passed = drive.smart_status?.passed;
  const nvme = drive.nvme_smart_health_information_log;
  const hours = drive.power_on_time?.hours;
  add('smart.healthy', passed === undefined ? undefined : Number(passed));
  add('smart.temperature', drive.temperature?.current);
  add('smart.powered_on', hours === undefined ? undefined : hours * SECONDS_PER_HOUR);
  add('smart.reallocated', attribute(REALLOCATED) ?? drive.scsi_grown_defect_list);
  add('smart.pending', attribute(PENDING));
  add('smart.uncorrectable', attribute(UNCORRECTABLE));
  add('smart.media_errors', nvme?.media_errors);
  add('smart.wear', nvme?.percentage_used ?? drive.endurance_used?.current_percent);
  add('smart.spare', nvme?.available_spare);
}
