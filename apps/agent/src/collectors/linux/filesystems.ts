import { statfs } from 'node:fs/promises';
import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { DEFAULT_COLLECTOR_OPTIONS, type OptionsSource } from '../options';
import { errorText } from '../../log/error-text';
import { withDeadline } from '../../timing/deadline';
import { addUsage, type FilesystemUsage } from './filesystem-usage';
import type { KernelFiles } from './kernel-files';
import { MountTable } from './mounts';

/** Longest one filesystem may take to answer, ms. */
const MOUNT_DEADLINE = 1_000;
/**
 * Questions without an answer at which no more are asked: each holds one of the four threads that Node reads files with,
 * and some must be left for everything else.
 */
const MAX_HANGING = 1;

/**
 * Space and inodes of the filesystems that this kernel keeps itself. One that does not answer, as on a dying disk, gives unknown for
 * itself only, and is not asked again until it has. Those that others answer for are asked by {@link DistantFilesystemCollector}.
 */
export class FilesystemCollector implements Collector {
  readonly name = 'filesystem';
  readonly family = 'filesystems';
  readonly cadence = 10_000;
  readonly deadline = 5_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #mounts: MountTable;
  readonly #options: OptionsSource;
  readonly #usageOf: (mountPoint: string) => Promise<FilesystemUsage>;
  readonly #hanging = new Set<string>();

  /** @param usageOf asks a filesystem; the system's own question unless given */
  constructor(
    files: KernelFiles,
    options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS,
    usageOf: (mountPoint: string) => Promise<FilesystemUsage> = (path) => statfs(path),
  ) {
    this.#mounts = new MountTable(files);
    this.#options = options;
    this.#usageOf = usageOf;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const mounts = this.#mounts.mounts(now, this.#options());
    const own = mounts.filter(({ isDistant }) => !isDistant);
    for (const mount of limitInstances(own, 'filesystems', sink)) {
      // One after the other, so that a dead disk takes one thread and not all.
      addUsage(sink, mount, await this.#ask(mount.point, sink));
    }
  }

  async #ask(point: string, sink: SampleSink): Promise<FilesystemUsage | null> {
    if (this.#hanging.size >= MAX_HANGING) {
      const waitedFor = [...this.#hanging].map(toDisplayText).join(', ');
      sink.warn(`${toDisplayText(point)} is not asked: ${waitedFor} did not answer yet`);
      return null;
    }
    this.#hanging.add(point);
    const answer = this.#usageOf(point).finally(() => this.#hanging.delete(point));
    try {
      return await withDeadline(answer, MOUNT_DEADLINE);
    } catch (error) {
      sink.warn(`${toDisplayText(point)}: ${errorText(error)}`);
      return null;
    }
  }
}
