import type { MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { CgroupTree } from '../linux/cgroups';
import type { KernelFiles } from '../linux/kernel-files';
import { DEFAULT_COLLECTOR_OPTIONS, isSelected, type OptionsSource } from '../options';
import { UniqueNames } from '../unique-names';
import { ContainerNames } from './container-names';
import { containerTraffic } from './container-traffic';
import { findContainers } from './find-containers';

/** Digits of its id that a container without a name is called by. */
const SHORT_ID = 12;

/** A container that runs, with its control group, or one that does not. */
interface Shown {
  readonly id: string;
  readonly name: string;
  readonly path: string | null;
}

/**
 * Containers of this host. What they use is in their control groups, whatever runs them; what they are called, and which are stopped,
 * Docker or Podman says where the agent may ask, else they are called by the first digits of their ids.
 */
export class ContainerCollector implements Collector {
  readonly name = 'container';
  readonly family = 'containers';
  readonly cadence = 10_000;
  readonly deadline = 6_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;
  readonly #tree: CgroupTree;
  readonly #names: ContainerNames;
  readonly #options: OptionsSource;
  readonly #counters = new Counters();

  /** @param root the root of the filesystem, with a slash behind it */
  constructor(
    files: KernelFiles,
    root: string,
    options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS,
  ) {
    this.#files = files;
    this.#tree = new CgroupTree(files);
    this.#names = new ContainerNames(root);
    this.#options = options;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const running = findContainers(this.#tree);
    const known = await this.#names.known(
      running.map(({ id }) => id),
      now,
    );
    if (this.#names.problem !== null && running.length > 0) sink.warn(this.#names.problem);
    const names = new UniqueNames();
    const nameOf = (id: string) => names.take(known.get(id)?.name ?? id.slice(0, SHORT_ID));
    const ids = new Set(running.map(({ id }) => id));
    const shown: Shown[] = [
      ...running.map(({ id, path }) => ({ id, path, name: nameOf(id) })),
      ...[...known.values()]
        .filter(({ id, isRunning }) => !isRunning && !ids.has(id))
        .map(({ id }) => ({ id, path: null, name: nameOf(id) })),
    ].filter(({ name }) => isSelected(this.#options().containers, name, true));
    this.#counters.begin(now);
    for (const container of limitInstances(shown, 'containers', sink)) this.#add(sink, container);
  }

  #add(sink: SampleSink, { id, name, path }: Shown): void {
    sink.add('container.running', name, path === null ? 0 : 1);
    if (path === null) return;
    const { elapsed } = this.#counters;
    const microseconds = elapsed === null ? null : elapsed * 1_000;
    const { cpu, throttled, memory, memoryLimit, tasks } = this.#tree.usage(path);
    const used = this.#counters.delta(`${id} cpu`, cpu);
    const share1 = used === null || microseconds === null ? null : (used / microseconds) * 100;
    sink.add('container.cpu', name, share1);
    // Only a container with a limit has it.
    if (throttled !== null) {
      const held = this.#counters.delta(`${id} throttled`, throttled);
      sink.add('container.throttled', name, share(held, microseconds));
    }
    sink.add('container.memory', name, memory);
    if (memoryLimit !== null) sink.add('container.memory_share', name, share(memory, memoryLimit));
    sink.add('container.tasks', name, tasks);
    const traffic = containerTraffic(this.#files, this.#tree.process(path));
    // One that uses the host's network has none of its own.
    if (traffic === null) return;
    sink.add(
      'container.network.receive_bytes',
      name,
      this.#counters.perSecond(`${id} received`, traffic.received),
    );
    sink.add(
      'container.network.transmit_bytes',
      name,
      this.#counters.perSecond(`${id} sent`, traffic.sent),
    );
  }
}
