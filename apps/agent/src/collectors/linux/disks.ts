import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import {
  EVERY_TICK,
  limitInstances,
  SYNCHRONOUS,
  type Collector,
  type SampleSink,
} from '../collector';
import { Counters, share } from '../counters';
import { fields, numberAt, sumKnown } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Unit of the sector counts, whatever the device's own sector is (the kernel's Documentation/admin-guide/iostats.rst). */
const SECTOR = 512;
/** Memory shown as a disk, files mounted as one, and drives for discs and floppies. */
const NO_DISK = /^(loop|ram|zram|sr|fd)\d/;
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
} as const;

/** `physical` is a device of the machine; `virtual` lies on others (RAID, LVM); `none` is a partition or not a disk. */
type Kind = 'physical' | 'virtual' | 'none';

interface Transfer {
  readonly read: number | null;
  readonly write: number | null;
}

/**
 * Transfers, use and waiting time of whole disks from `/proc/diskstats`. The sums are over the physical disks, so that nothing is
 * counted twice through RAID or LVM; where there are none (in some virtual machines) over the virtual ones.
 */
export class DiskCollector implements Collector {
  readonly name = 'disk';
  readonly family = 'disks';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['disk.total.read_bytes', 'disk.total.write_bytes'];
  readonly #files: KernelFiles;
  readonly #diskstats: ProcFile;
  readonly #counters = new Counters();
  #kinds = new Map<string, Kind>();
  #kindsFrom: number | null = null;

  constructor(files: KernelFiles) {
    this.#files = files;
    this.#diskstats = files.proc('diskstats');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#diskstats.read(now);
    this.#counters.begin(now);
    if (this.#kindsFrom === null || now - this.#kindsFrom >= KIND_LIFETIME) {
      this.#kinds = new Map();
      this.#kindsFrom = now;
    }
    const disks = text
      .split('\n')
      .map(fields)
      .filter((parts) => this.#kind(parts[FIELD.name] ?? '') !== 'none');
    const transfers: Record<'physical' | 'virtual', Transfer[]> = { physical: [], virtual: [] };
    for (const parts of limitInstances(disks, 'disks', sink)) {
      const name = parts[FIELD.name] ?? '';
      const kind = this.#kind(name) === 'physical' ? 'physical' : 'virtual';
      transfers[kind].push(this.#addDisk(sink, name, parts));
    }
    const counted = transfers.physical.length > 0 ? transfers.physical : transfers.virtual;
    sink.add('disk.total.read_bytes', null, sumKnown(counted.map(({ read }) => read)));
    sink.add('disk.total.write_bytes', null, sumKnown(counted.map(({ write }) => write)));
  }

  #addDisk(sink: SampleSink, name: string, parts: readonly string[]): Transfer {
    const delta = (field: keyof typeof FIELD) =>
      this.#counters.delta(`${name}.${field}`, numberAt(parts, FIELD[field]));
    const { elapsed } = this.#counters;
    const perSecond = (value: number | null) =>
      value === null || elapsed === null ? null : (value / elapsed) * 1000;

    const reads = delta('reads');
    const writes = delta('writes');
    const waited = sumBoth(delta('readTime'), delta('writeTime'));
    const operations = sumBoth(reads, writes);
    const read = perSecond(scaled(delta('sectorsRead'), SECTOR));
    const write = perSecond(scaled(delta('sectorsWritten'), SECTOR));
    const device = toDisplayText(name);
    sink.add('disk.read_bytes', device, read);
    sink.add('disk.write_bytes', device, write);
    sink.add('disk.read_ops', device, perSecond(reads));
    sink.add('disk.write_ops', device, perSecond(writes));
    sink.add('disk.busy', device, share(delta('busyTime'), elapsed));
    // As iostat: the mean time of the operations that ended; with none there was no waiting.
    sink.add(
      'disk.await',
      device,
      waited === null || operations === null ? null : operations === 0 ? 0 : waited / operations,
    );
    return { read, write };
  }

  #kind(name: string): Kind {
    const known = this.#kinds.get(name);
    if (known !== undefined) return known;
    const kind = this.#readKind(name);
    this.#kinds.set(name, kind);
    return kind;
  }

  #readKind(name: string): Kind {
    if (name === '' || NO_DISK.test(name)) return 'none';
    // A slash in a device's name (cciss/c0d0) is an exclamation mark in /sys; partitions are not listed there.
    const folder = name.replaceAll('/', '!');
    const size = this.#files.readSys('block', folder, 'size');
    if (size === null || size === '0') return 'none';
    return this.#files.hasSys('block', folder, 'device') ? 'physical' : 'virtual';
  }
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

function sumBoth(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
