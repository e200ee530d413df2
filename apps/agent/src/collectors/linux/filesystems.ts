import { statfs } from 'node:fs/promises';
import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { share } from '../counters';
import { errorText } from '../../log/error-text';
import { withDeadline } from '../../timing/deadline';
import type { KernelFiles } from './kernel-files';
import { parseMounts } from './mounts';
import type { ProcFile } from './proc-file';

/** What is asked of a filesystem, in blocks and inodes, as statfs(2) has it. */
export interface FilesystemUsage {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/** Longest one filesystem may take to answer, ms. */
const MOUNT_DEADLINE = 1_000;
/**
 * Questions without an answer at which no more are asked: each holds one of the four threads that Node reads files with,
 * and some must be left for everything else.
 */
const MAX_HANGING = 2;

/**
 * Space and inodes of the local filesystems. One that does not answer gives unknown for itself only, and is not asked again
 * until it has.
 */
export class FilesystemCollector implements Collector {
  readonly name = 'filesystem';
  readonly family = 'filesystems';
  readonly cadence = 10_000;
  readonly deadline = 5_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #mountinfo: ProcFile;
  readonly #usageOf: (mountPoint: string) => Promise<FilesystemUsage>;
  readonly #hanging = new Set<string>();

  /** @param usageOf asks a filesystem; the system's own question unless given */
  constructor(
    files: KernelFiles,
    usageOf: (mountPoint: string) => Promise<FilesystemUsage> = (path) => statfs(path),
  ) {
    this.#mountinfo = files.proc('self/mountinfo');
    this.#usageOf = usageOf;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const mounts = parseMounts(this.#mountinfo.read(now));
    for (const { point } of limitInstances(mounts, 'filesystems', sink)) {
      // One after the other, so that a dead disk takes one thread and not all.
      const usage = await this.#ask(point, sink);
      addUsage(sink, toDisplayText(point), usage);
    }
  }

  async #ask(point: string, sink: SampleSink): Promise<FilesystemUsage | null> {
    if (this.#hanging.has(point) || this.#hanging.size >= MAX_HANGING) {
      sink.warn(`${point} is not asked: ${[...this.#hanging].join(', ')} did not answer yet`);
      return null;
    }
    this.#hanging.add(point);
    const answer = this.#usageOf(point).finally(() => this.#hanging.delete(point));
    try {
      return await withDeadline(answer, MOUNT_DEADLINE);
    } catch (error) {
      sink.warn(`${point}: ${errorText(error)}`);
      return null;
    }
  }
}

function addUsage(sink: SampleSink, mount: string, usage: FilesystemUsage | null): void {
  const used = usage === null ? null : (usage.blocks - usage.bfree) * usage.bsize;
  const free = usage === null ? null : usage.bavail * usage.bsize;
  sink.add('filesystem.used', mount, used);
  sink.add('filesystem.free', mount, free);
  // As df: of what an ordinary user could ever use, without the blocks kept for root.
  sink.add(
    'filesystem.used_share',
    mount,
    used === null || free === null ? null : share(used, used + free),
  );
  // Some filesystems make inodes as they need them and say 0: their share is unknown.
  sink.add(
    'filesystem.inodes_used',
    mount,
    usage === null ? null : share(usage.files - usage.ffree, usage.files),
  );
}
