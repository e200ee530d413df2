import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { numberAfter } from './fields';
import type { KernelFiles } from './kernel-files';
import { readPageSize } from './page-size';
import type { ProcFile } from './proc-file';

const KIB = 1024;

function bytesOf(meminfo: string, name: string): number | null {
  const kibibytes = numberAfter(meminfo, `${name}:`);
  return kibibytes === null ? null : kibibytes * KIB;
}

function difference(whole: number | null, part: number | null): number | null {
  return whole === null || part === null ? null : whole - part;
}

/** Memory from `/proc/meminfo`. Used is what could not be given to a new program: total less available. */
export class MemoryCollector implements Collector {
  readonly name = 'memory';
  readonly family = 'memory';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [
    'memory.used',
    'memory.available',
    'memory.cached',
    'memory.buffers',
    'memory.used_share',
  ];
  readonly #meminfo: ProcFile;

  constructor(files: KernelFiles) {
    this.#meminfo = files.proc('meminfo');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#meminfo.read(now);
    const total = bytesOf(text, 'MemTotal');
    const available = bytesOf(text, 'MemAvailable');
    const used = difference(total, available);
    const cached = bytesOf(text, 'Cached');
    sink.add('memory.used', null, used);
    sink.add('memory.available', null, available);
    // As `free` counts it: the page cache and the slabs that can be given back.
    sink.add(
      'memory.cached',
      null,
      cached === null ? null : cached + (bytesOf(text, 'SReclaimable') ?? 0),
    );
    sink.add('memory.buffers', null, bytesOf(text, 'Buffers'));
    sink.add('memory.used_share', null, share(used, total));
  }
}

/** `/proc/meminfo` by metric: what moves slowly, or is looked at when something is wrong. */
const DETAILS = {
  'memory.slab': 'Slab',
  'memory.slab_reclaimable': 'SReclaimable',
  'memory.shared': 'Shmem',
  'memory.dirty': 'Dirty',
  'memory.writeback': 'Writeback',
  'memory.committed': 'Committed_AS',
  'memory.transparent_huge_pages': 'AnonHugePages',
} as const satisfies Partial<Record<MetricId, string>>;

/** What memory is used for, from `/proc/meminfo`; a kernel built without a feature has no such series. */
export class MemoryDetailsCollector implements Collector {
  readonly name = 'memory details';
  readonly family = 'memory';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [];
  readonly #meminfo: ProcFile;

  constructor(files: KernelFiles) {
    this.#meminfo = files.proc('meminfo');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#meminfo.read(now);
    for (const [metric, name] of entriesOf(DETAILS)) {
      const bytes = bytesOf(text, name);
      if (bytes !== null) sink.add(metric, null, bytes);
    }
    const pages = numberAfter(text, 'HugePages_Total:');
    const size = bytesOf(text, 'Hugepagesize');
    // A pool that nobody set up is not there.
    if (pages === null || size === null || pages === 0) return;
    const free = numberAfter(text, 'HugePages_Free:');
    sink.add('memory.huge_pages', null, pages * size);
    sink.add('memory.huge_pages_free', null, free === null ? null : free * size);
  }
}

function entriesOf<Key extends string>(record: Readonly<Record<Key, string>>): [Key, string][] {
  const entries: [Key, string][] = [];
  for (const key in record) entries.push([key, record[key]]);
  return entries;
}

/** Swap in use from `/proc/meminfo`. */
export class SwapCollector implements Collector {
  readonly name = 'swap';
  readonly family = 'memory';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['swap.used'];
  readonly #meminfo: ProcFile;

  constructor(files: KernelFiles) {
    this.#meminfo = files.proc('meminfo');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#meminfo.read(now);
    sink.add('swap.used', null, difference(bytesOf(text, 'SwapTotal'), bytesOf(text, 'SwapFree')));
  }
}

/** Time from one reading to the next while there is no swap, ms. */
const WITHOUT_SWAP = 10_000;

/** What moves in and out of swap, and processes killed for want of memory, from `/proc/vmstat`. */
export class PagingCollector implements Collector {
  readonly name = 'paging';
  readonly family = 'memory';
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['swap.in', 'swap.out'];
  readonly #meminfo: ProcFile;
  readonly #vmstat: ProcFile;
  readonly #counters = new Counters();
  readonly #pageSize: number | null;
  #hasSwap = true;

  constructor(files: KernelFiles) {
    this.#meminfo = files.proc('meminfo');
    this.#vmstat = files.proc('vmstat');
    this.#pageSize = readPageSize(files);
  }

  /** Every tick, unless nothing can move: the file is one of the longest, and the kernel sums it up over all processors. */
  get cadence(): number {
    return this.#hasSwap ? EVERY_TICK : WITHOUT_SWAP;
  }

  collect(sink: SampleSink, now: number): undefined {
    const vmstat = this.#vmstat.read(now);
    this.#hasSwap = bytesOf(this.#meminfo.read(now), 'SwapTotal') !== 0;
    this.#counters.begin(now);
    sink.add('swap.in', null, this.#bytesPerSecond(vmstat, 'pswpin'));
    sink.add('swap.out', null, this.#bytesPerSecond(vmstat, 'pswpout'));
    const kills = numberAfter(vmstat, 'oom_kill ');
    // Kernels before 4.13 do not count them.
    if (kills !== null)
      sink.add('memory.oom_kills', null, this.#counters.perSecond('kills', kills));
  }

  #bytesPerSecond(vmstat: string, name: string): number | null {
    const pages = this.#counters.perSecond(name, numberAfter(vmstat, `${name} `));
    return pages === null || this.#pageSize === null ? null : pages * this.#pageSize;
  }
}
