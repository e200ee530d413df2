import type { MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { UniqueNames } from '../unique-names';
import type { KernelFiles } from './kernel-files';
import { readSmallFile, SlowFile } from './slow-file';

/** How long the list of cards is believed, ms. */
const LIST_LIFETIME = 300_000;
const FOLDER = 'class/drm';
/** Numbers of the makers on the PCI bus. */
const MAKERS: Readonly<Record<string, 'AMD' | 'Intel'>> = { '0x1002': 'AMD', '0x8086': 'Intel' };

/** A value that is read as it is. */
interface Gauge {
  readonly metric: MetricId;
  readonly file: SlowFile;
  /** What a reading is multiplied with to be in the metric's unit. */
  readonly factor: number;
}

interface Card {
  readonly name: string;
  /** Says `suspended` while the card is off; reading anything else would wake it up. */
  readonly runtimeStatus: string;
  readonly gauges: readonly Gauge[];
  readonly memory: { readonly used: SlowFile; readonly total: SlowFile } | null;
  /** Grows by a millisecond for every one that the card is asleep. */
  readonly asleep: SlowFile | null;
  /** Grows by a millionth of a joule. */
  readonly energy: SlowFile | null;
}

/**
 * AMD's and Intel's GPUs as their drivers show them in `/sys` (amdgpu, i915, xe). Intel's tell no load to others than root's performance
 * counters, so of theirs it is the share of time in which the card was awake.
 */
export class SysfsGpuCollector implements Collector {
  readonly name = 'gpu';
  readonly family = 'gpu';
  readonly cadence = 10_000;
  readonly deadline = 3_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;
  readonly #counters = new Counters();
  #cards: readonly Card[] = [];
  #listedAt: number | null = null;

  constructor(files: KernelFiles) {
    this.#files = files;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    if (this.#listedAt === null || now - this.#listedAt >= LIST_LIFETIME) {
      await Promise.all(this.#cards.flatMap(filesOf).map((file) => file.close()));
      this.#cards = this.#listCards();
      this.#listedAt = now;
    }
    this.#counters.begin(now);
    for (const card of limitInstances(this.#cards, 'GPUs', sink)) await this.#addCard(sink, card);
  }

  async #addCard(sink: SampleSink, card: Card): Promise<void> {
    const isOff = (await readSmallFile(card.runtimeStatus)) === 'suspended';
    const read = async (file: SlowFile) => (isOff ? null : file.readNumber());
    for (const { metric, file, factor } of card.gauges) {
      const value = await read(file);
      sink.add(metric, card.name, value === null ? null : value * factor);
    }
    if (card.memory !== null) {
      const used = await read(card.memory.used);
      sink.add('gpu.memory_used', card.name, used);
      sink.add('gpu.memory_used_share', card.name, share(used, await read(card.memory.total)));
    }
    if (card.asleep !== null) {
      const asleep = this.#counters.delta(`${card.name} asleep`, await read(card.asleep));
      const sleeping = share(asleep, this.#counters.elapsed);
      sink.add('gpu.awake', card.name, sleeping === null ? null : 100 - sleeping);
    }
    if (card.energy !== null) {
      const microwatts = this.#counters.perSecond(`${card.name} energy`, await read(card.energy));
      sink.add('gpu.power', card.name, microwatts === null ? null : microwatts / 1e6);
    }
  }

  #listCards(): Card[] {
    const names = new UniqueNames();
    return this.#files
      .listSys(FOLDER)
      .filter((name) => /^card\d+$/.test(name))
      .flatMap((name) => {
        const maker = MAKERS[this.#files.readSys(FOLDER, name, 'device/vendor') ?? ''];
        if (maker === undefined) return [];
        const card = this.#openCard(name, names.take(`${maker} ${name}`));
        return filesOf(card).length === 0 ? [] : [card];
      });
  }

  #openCard(folder: string, name: string): Card {
    const first = (...paths: readonly string[]) => this.#firstOf(folder, paths);
    const gauge = (metric: MetricId, factor: number, file: SlowFile | null): Gauge[] =>
      file === null ? [] : [{ metric, factor, file }];
    const used = first('device/mem_info_vram_used');
    const total = first('device/mem_info_vram_total');
    return {
      name,
      runtimeStatus: this.#files.sysPath(FOLDER, folder, 'device/power/runtime_status'),
      memory: used === null || total === null ? null : { used, total },
      asleep: first(
        'gt/gt0/rc6_residency_ms',
        'power/rc6_residency_ms',
        'device/tile0/gt0/gtidle/idle_residency_ms',
      ),
      energy: first('device/hwmon/energy1_input'),
      gauges: [
        ...gauge('gpu.busy', 1, first('device/gpu_busy_percent')),
        ...gauge('gpu.temperature', 1e-3, first('device/hwmon/temp1_input')),
        ...gauge(
          'gpu.power',
          1e-6,
          first('device/hwmon/power1_average', 'device/hwmon/power1_input'),
        ),
        ...gauge('gpu.fan', 100 / 255, first('device/hwmon/pwm1')),
        ...gauge('gpu.frequency', 1, first('device/hwmon/freq1_input')),
        ...gauge(
          'gpu.frequency',
          1e6,
          first('gt/gt0/rps_act_freq_mhz', 'gt_act_freq_mhz', 'device/tile0/gt0/freq0/act_freq'),
        ),
      ],
    };
  }

  /** The first of the files that the card has; `hwmon` in a path stands for the one chip below it. */
  #firstOf(card: string, paths: readonly string[]): SlowFile | null {
    for (const path of paths) {
      const [before = '', after] = path.split('hwmon/');
      const chip = this.#files.listSys(FOLDER, card, 'device/hwmon')[0];
      const whole = after === undefined ? path : `${before}hwmon/${chip ?? ''}/${after}`;
      if (this.#files.hasSys(FOLDER, card, whole)) {
        return new SlowFile(this.#files.sysPath(FOLDER, card, whole));
      }
    }
    return null;
  }
}

function filesOf({ gauges, memory, asleep, energy }: Card): SlowFile[] {
  return [
    ...gauges.map(({ file }) => file),
    ...(memory === null ? [] : [memory.used, memory.total]),
    ...(asleep === null ? [] : [asleep]),
    ...(energy === null ? [] : [energy]),
  ];
}
