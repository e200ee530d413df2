import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { DEFAULT_COLLECTOR_OPTIONS, type OptionsSource } from '../options';
import type { Programs } from '../programs/programs';
import { errorText } from '../../log/error-text';
import { withDeadline } from '../../timing/deadline';
import { addUsage, type FilesystemUsage } from './filesystem-usage';
import type { KernelFiles } from './kernel-files';
import { MountTable, type Mount } from './mounts';

/** Longest one filesystem may take to answer, ms. */
const MOUNT_DEADLINE = 3_000;
/** Programs that wait for an answer at a time, at most: some of them can not even be killed before they have one. */
const MAX_WAITING = 4;

/**
 * Space and inodes of filesystems that a server or another program answers for. Each is asked by a program of its own (`stat -f`), since
 * a thread that waits for a dead one can not be stopped and would even keep the agent from ending.
 */
export class DistantFilesystemCollector implements Collector {
  readonly name = 'distant filesystem';
  readonly family = 'filesystems';
  readonly cadence = 60_000;
  readonly deadline = 30_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #mounts: MountTable;
  readonly #programs: Programs;
  readonly #options: OptionsSource;
  readonly #waiting = new Set<string>();

  constructor(
    files: KernelFiles,
    programs: Programs,
    options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS,
  ) {
    this.#mounts = new MountTable(files);
    this.#programs = programs;
    this.#options = options;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const mounts = this.#mounts.mounts(now, this.#options());
    const distant = mounts.filter(({ isDistant }) => isDistant);
    if (distant.length === 0) return;
    const stat = this.#programs.find('stat', now);
    if (stat === null) throw new Error('the program stat, which asks network mounts, is missing');
    const asked = limitInstances(distant, 'network mounts', sink);
    // In groups, so that many dead ones do not take a deadline each.
    for (let first = 0; first < asked.length; first += MAX_WAITING) {
      const group = asked.slice(first, first + MAX_WAITING);
      const usages = await Promise.all(group.map((mount) => this.#ask(stat, mount, sink)));
      group.forEach((mount, index) => addUsage(sink, mount, usages[index] ?? null));
    }
  }

  async #ask(stat: string, { point }: Mount, sink: SampleSink): Promise<FilesystemUsage | null> {
    const label = toDisplayText(point);
    if (this.#waiting.has(point)) {
      sink.warn(`${label} did not answer yet`);
      return null;
    }
    if (this.#waiting.size >= MAX_WAITING) {
      sink.warn(`${label} is not asked: ${this.#waiting.size} others did not answer yet`);
      return null;
    }
    this.#waiting.add(point);
    const answer = this.#programs
      .run(stat, ['-f', '-c', '%S %b %f %a %c %d', '--', point], MOUNT_DEADLINE)
      .finally(() => this.#waiting.delete(point));
    try {
      // A program that waits in the kernel may outlive its killing: then it is not waited for either.
      const { text, status } = await withDeadline(answer, MOUNT_DEADLINE + 500);
      if (status === 0) return parseUsage(text);
      sink.warn(`${label} can not be asked`);
    } catch (error) {
      sink.warn(`${label}: ${errorText(error)}`);
    }
    return null;
  }
}

function parseUsage(text: string): FilesystemUsage | null {
  const numbers = text.trim().split(' ').map(Number);
  const [bsize, blocks, bfree, bavail, files, ffree] = numbers;
  const isWhole =
    bsize !== undefined &&
    blocks !== undefined &&
    bfree !== undefined &&
    bavail !== undefined &&
    files !== undefined &&
    ffree !== undefined;
  return isWhole && numbers.every(Number.isFinite)
    ? { bsize, blocks, bfree, bavail, files, ffree }
    : null;
}
