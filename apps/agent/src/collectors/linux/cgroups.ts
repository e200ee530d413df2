import { numberAfter } from './fields';
import type { KernelFiles } from './kernel-files';

const FOLDER = 'fs/cgroup';
/** Version 1 says this, or a page less, where there is no limit: the largest number of bytes it can count. */
const NO_LIMIT = 2 ** 62;

/** What a control group uses; `null` is unknown, for a limit also: there is none. */
export interface CgroupUsage {
  /** Processor time so far, microseconds. */
  readonly cpu: number | null;
  /** Time in which it was held back by its limit so far, microseconds. */
  readonly throttled: number | null;
  /** Bytes, without the part of the page cache that can be dropped at once, as `docker stats` counts. */
  readonly memory: number | null;
  readonly memoryLimit: number | null;
  readonly tasks: number | null;
}

/**
 * The tree of control groups in `/sys/fs/cgroup`, of version 2 (the kernel's Documentation/admin-guide/cgroup-v2.rst) or 1, where every
 * controller has a tree of its own. Paths are as in `/proc/PID/cgroup`, from the root of the tree.
 */
export class CgroupTree {
  readonly #files: KernelFiles;
  readonly #isUnified: boolean;

  constructor(files: KernelFiles) {
    this.#files = files;
    this.#isUnified = files.hasSys(FOLDER, 'cgroup.controllers');
  }

  /** The groups below `path`, by name. */
  children(path: string): string[] {
    return this.#files.listSys(FOLDER, this.#isUnified ? '' : 'memory', path);
  }

  /** Whether there is such a group. */
  has(path: string): boolean {
    return this.#files.hasSys(FOLDER, this.#isUnified ? '' : 'memory', path, 'cgroup.procs');
  }

  /** A process of the group or of the first group in it that has one; `null` when there is none. */
  process(path: string): string | null {
    const own = this.#read('memory', path, 'cgroup.procs');
    if (own !== null && own !== '') return own.split('\n', 1)[0] ?? null;
    for (const child of this.children(path)) {
      const inner = this.#read('memory', `${path}/${child}`, 'cgroup.procs');
      if (inner !== null && inner !== '') return inner.split('\n', 1)[0] ?? null;
    }
    return null;
  }

  usage(path: string): CgroupUsage {
    return this.#isUnified ? this.#usageUnified(path) : this.#usageByController(path);
  }

  /** Most processor time it may use, as a share of one core in percent; `null` when there is no limit. */
  cpuLimit(path: string): number | null {
    const [quota, period] = this.#isUnified
      ? (this.#read('cpu', path, 'cpu.max') ?? '').split(' ')
      : [
          this.#read('cpu', path, 'cpu.cfs_quota_us') ?? undefined,
          this.#read('cpu', path, 'cpu.cfs_period_us') ?? undefined,
        ];
    const share = (Number(quota) / Number(period)) * 100;
    // `max` of version 2 is no number, and -1 of version 1 no share.
    return quota === undefined || !(share > 0) ? null : share;
  }

  #usageUnified(path: string): CgroupUsage {
    const cpu = this.#read('cpu', path, 'cpu.stat') ?? '';
    const memory = numberIn(this.#read('memory', path, 'memory.current'));
    const stat = this.#read('memory', path, 'memory.stat') ?? '';
    return {
      cpu: numberAfter(cpu, 'usage_usec '),
      throttled: numberAfter(cpu, 'throttled_usec '),
      memory: without(memory, numberAfter(stat, 'inactive_file ')),
      memoryLimit: numberIn(this.#read('memory', path, 'memory.max')),
      tasks: numberIn(this.#read('pids', path, 'pids.current')),
    };
  }

  #usageByController(path: string): CgroupUsage {
    const memory = numberIn(this.#read('memory', path, 'memory.usage_in_bytes'));
    const stat = this.#read('memory', path, 'memory.stat') ?? '';
    const limit = numberIn(this.#read('memory', path, 'memory.limit_in_bytes'));
    return {
      cpu: thousandth(numberIn(this.#read('cpuacct', path, 'cpuacct.usage'))),
      throttled: thousandth(
        numberAfter(this.#read('cpu', path, 'cpu.stat') ?? '', 'throttled_time '),
      ),
      memory: without(memory, numberAfter(stat, 'total_inactive_file ')),
      memoryLimit: limit === null || limit >= NO_LIMIT ? null : limit,
      tasks: numberIn(this.#read('pids', path, 'pids.current')),
    };
  }

  #read(controller: string, path: string, file: string): string | null {
    return this.#files.readSys(FOLDER, this.#isUnified ? '' : controller, path, file);
  }
}

/** `null` for what is no number, such as `max`. */
function numberIn(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function thousandth(value: number | null): number | null {
  return value === null ? null : value / 1_000;
}

function without(whole: number | null, part: number | null): number | null {
  return whole === null ? null : Math.max(0, whole - (part ?? 0));
}
