import { toDisplayText, type MetricId, type Selection } from '@hostdeck/contracts';
import {
  EVERY_TICK,
  MAX_INSTANCES,
  SYNCHRONOUS,
  warnOfLimit,
  type Collector,
  type SampleSink,
} from '../collector';
import { Counters, share } from '../counters';
import { DEFAULT_COLLECTOR_OPTIONS, isSelected, type OptionsSource } from '../options';
import { eachLine, fields, numberAt, sumKnown, wordAt } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Unit of the sector counts, whatever the device's own sector is (the kernel's Documentation/admin-guide/iostats.rst). */
const SECTOR = 512;
/** Memory shown as a disk, files mounted as one, drives for discs and floppies, and the firmware's part of memory cards. */
const NO_DISK = /^(loop|ram|zram|sr|fd)\d|^mmcblk\d+(boot|rpmb)/;
/** How long it is believed what kind of thing a device is, ms: a card may be put into a reader. */
const KIND_LIFETIME = 60_000;

/** Fields of a line of `/proc/diskstats`, counted from 0. */
const FIELD = {
  name: 2,
  reads: 3,
  sectorsRead: 5,
  readTime: 6,
  writes: 7,
  sectorsWritten: 9,
  writeTime: 10,
  busyTime: 12,
  queueTime: 13,
} as const;

/**
 * `physical` is a device of the machine; `virtual` lies on others (RAID, LVM); `part` is a partition or a file that was asked for by
 * name, which another disk counts; `none` is not watched.
 */
type Kind = 'physical' | 'virtual' | 'part' | 'none';

/** What is known of a device by its name. */
interface Device {
  readonly kind: Kind;
  /** Its name as it is shown. */
  readonly label: string;
}

/** Per second; `null` is unknown. */
interface Transfer {
  readonly read: number | null;
  readonly write: number | null;
  readonly reads: number | null;
  readonly writes: number | null;
}

const TOTALS: readonly (readonly [MetricId, keyof Transfer])[] = [
  ['disk.total.read_bytes', 'read'],
  ['disk.total.write_bytes', 'write'],
  ['disk.total.read_ops', 'reads'],
  ['disk.total.write_ops', 'writes'],
];

/**
 * Transfers, use, queue and waiting time of whole disks from `/proc/diskstats`. The sums are over all physical disks, so that nothing is
 * counted twice through partitions, RAID or LVM; where there are none (in some virtual machines) over the virtual ones.
 */
export class DiskCollector implements Collector {
  readonly name = 'disk';
  readonly family = 'disks';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = TOTALS.map(([metric]) => metric);
  readonly #files: KernelFiles;
  readonly #options: OptionsSource;
  readonly #diskstats: ProcFile;
  readonly #counters = new Counters();
  #devices = new Map<string, Device>();
  #kindsFrom: number | null = null;
  #selection: Selection | null = null;

  constructor(files: KernelFiles, options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS) {
    this.#files = files;
    this.#options = options;
    this.#diskstats = files.proc('diskstats');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#diskstats.read(now);
    this.#counters.begin(now);
    this.#renewKinds(now);
    const transfers: Record<Exclude<Kind, 'none'>, Transfer[]> = {
      physical: [],
      virtual: [],
      part: [],
    };
    let count = 0;
    eachLine(text, (start, end) => {
      const name = wordAt(text, start, FIELD.name);
      const { kind, label } = this.#device(name);
      if (kind === 'none') return;
      count += 1;
      const shown = count <= MAX_INSTANCES ? sink : null;
      transfers[kind].push(this.#addDisk(shown, { name, label }, fields(text.slice(start, end))));
    });
    warnOfLimit(count, 'disks', sink);
    const counted = transfers.physical.length > 0 ? transfers.physical : transfers.virtual;
    for (const [metric, part] of TOTALS) {
      sink.add(metric, null, sumKnown(counted.map((transfer) => transfer[part])));
    }
  }

  /** @param sink `null` for a disk that is only counted in the sums */
  #addDisk(
    sink: SampleSink | null,
    { name, label: device }: { readonly name: string; readonly label: string },
    parts: readonly string[],
  ): Transfer {
    const counters = this.#counters.group(name);
    const delta = (field: number) => counters.delta(field, numberAt(parts, field));
    const { elapsed } = this.#counters;
    const perSecond = (value: number | null) =>
      value === null || elapsed === null ? null : (value / elapsed) * 1000;

    const reads = delta(FIELD.reads);
    const writes = delta(FIELD.writes);
    const transfer = {
      read: perSecond(scaled(delta(FIELD.sectorsRead), SECTOR)),
      write: perSecond(scaled(delta(FIELD.sectorsWritten), SECTOR)),
      reads: perSecond(reads),
      writes: perSecond(writes),
    };
    if (sink === null) return transfer;
    const waited = sumBoth(delta(FIELD.readTime), delta(FIELD.writeTime));
    const operations = sumBoth(reads, writes);
    const inQueue = delta(FIELD.queueTime);
    sink.add('disk.read_bytes', device, transfer.read);
    sink.add('disk.write_bytes', device, transfer.write);
    sink.add('disk.read_ops', device, transfer.reads);
    sink.add('disk.write_ops', device, transfer.writes);
    sink.add('disk.busy', device, share(delta(FIELD.busyTime), elapsed));
    // As iostat: the mean time of the operations that ended; with none there was no waiting.
    sink.add(
      'disk.await',
      device,
      waited === null || operations === null ? null : operations === 0 ? 0 : waited / operations,
    );
    sink.add('disk.queue', device, inQueue === null || elapsed === null ? null : inQueue / elapsed);
    return transfer;
  }

  #renewKinds(now: number): void {
    const { disks } = this.#options();
    const isOld = this.#kindsFrom === null || now - this.#kindsFrom >= KIND_LIFETIME;
    if (!isOld && disks === this.#selection) return;
    this.#devices = new Map();
    this.#kindsFrom = now;
    this.#selection = disks;
  }

  #device(name: string): Device {
    let device = this.#devices.get(name);
    if (device === undefined) {
      device = { kind: this.#readKind(name), label: toDisplayText(name) };
      this.#devices.set(name, device);
    }
    return device;
  }

  #readKind(name: string): Kind {
    if (name === '') return 'none';
    // A slash in a device's name (cciss/c0d0) is an exclamation mark in /sys; partitions are not listed there.
    const folder = name.replaceAll('/', '!');
    const size = this.#files.readSys('block', folder, 'size');
    const isDisk = size !== null && size !== '0' && !NO_DISK.test(name);
    if (!isSelected(this.#selection ?? DEFAULT_COLLECTOR_OPTIONS.disks, name, isDisk)) {
      return 'none';
    }
    if (!isDisk) return 'part';
    return this.#files.hasSys('block', folder, 'device') ? 'physical' : 'virtual';
  }
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

function sumBoth(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
