import type { MetricId } from '@hostdeck/contracts';
import { SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { CgroupTree } from '../linux/cgroups';
import type { KernelFiles } from '../linux/kernel-files';

/**
 * What the container that the agent itself runs in uses and may use, beside the values of the host: `/proc` shows a container the whole
 * machine. Where the agent does not run in a container there is no such series.
 */
export class OwnCgroupCollector implements Collector {
  readonly name = 'cgroup';
  readonly family = 'containers';
  readonly cadence = 30_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [];
  readonly #tree: CgroupTree;
  readonly #path: string;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#tree = new CgroupTree(files);
    const path = pathIn(files.readProc('self/cgroup') ?? '');
    // A container is often shown its own group as the root of the tree while the path is still that of the host.
    this.#path = this.#tree.has(path) ? path : '';
  }

  collect(sink: SampleSink, now: number): undefined {
    const { cpu, throttled, memory, memoryLimit, tasks } = this.#tree.usage(this.#path);
    this.#counters.begin(now);
    const { elapsed } = this.#counters;
    const microseconds = elapsed === null ? null : elapsed * 1_000;
    const used = this.#counters.delta('cpu', cpu);
    sink.add(
      'cgroup.cpu',
      null,
      used === null || microseconds === null ? null : (used / microseconds) * 100,
    );
    const cpuLimit = this.#tree.cpuLimit(this.#path);
    if (cpuLimit !== null) sink.add('cgroup.cpu_limit', null, cpuLimit);
    if (throttled !== null) {
      const held = this.#counters.delta('throttled', throttled);
      sink.add('cgroup.throttled', null, share(held, microseconds));
    }
    sink.add('cgroup.memory', null, memory);
    if (memoryLimit !== null) {
      sink.add('cgroup.memory_limit', null, memoryLimit);
      sink.add('cgroup.memory_share', null, share(memory, memoryLimit));
    }
    if (tasks !== null) sink.add('cgroup.tasks', null, tasks);
  }
}

/** The group of a `/proc/PID/cgroup` (cgroups(7)): of version 2, else of the memory controller of version 1. */
function pathIn(text: string): string {
  const path =
    /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(text)?.[1] ??
    /^0::(.*)$/m.exec(text)?.[1] ??
    '';
  return path === '/' ? '' : path;
}
