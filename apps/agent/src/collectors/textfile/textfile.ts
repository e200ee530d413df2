import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_STEPS, METRICS, toDisplayText, type MetricId } from '@hostdeck/contracts';
import { MAX_INSTANCES, type Collector, type SampleSink } from '../collector';
import { isAbsent } from '../linux/proc-file';
import { errorText } from '../../log/error-text';
import { PromFile } from './prom-file';

/** Most custom series of a host. */
export const MAX_CUSTOM_SERIES = 200;
/** Most problems told at once. */
const MAX_TOLD = 3;

/**
 * Metrics that anything on this host writes into a folder as `*.prom` files in Prometheus' text format, as for the textfile collector of
 * node_exporter. The agent only reads. One file that can not be read does not harm the others, and is named.
 */
export class TextfileCollector implements Collector {
  readonly name = 'custom';
  readonly family = 'textfile';
  readonly cadence = 10_000;
  readonly deadline = 5_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #folder: string;
  readonly #clock: () => number;
  #files = new Map<string, PromFile>();

  /** @param clock the host's clock, ms since the epoch, as the file system has it */
  constructor(folder: string, clock: () => number = () => Date.now()) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async collect(sink: SampleSink): Promise<void> {
    const names = await listFiles(this.#folder);
    const problems: string[] = [];
    if (names.length > MAX_INSTANCES) {
      problems.push(`${names.length} files, of which the first ${MAX_INSTANCES} are read`);
    }
    const files = new Map<string, PromFile>();
    for (const name of names.slice(0, MAX_INSTANCES)) {
      const file = this.#files.get(name) ?? new PromFile(join(this.#folder, name));
      files.set(name, file);
      try {
        await file.refresh();
      } catch (error) {
        problems.push(`${toDisplayText(name)}: ${errorText(error)}`);
      }
    }
    this.#files = files;
    // A host without such files has no series of them.
    if (files.size > 0) this.#addSeries(sink, problems);
    if (problems.length > 0) sink.warn(told(problems));
  }

  #addSeries(sink: SampleSink, problems: string[]): void {
    const taken = new Set<string>();
    let tooMany = 0;
    let others = 0;
    for (const [name, file] of this.#files) {
      const label = toDisplayText(name);
      if (file.writtenAt !== null) {
        const age = Math.max(0, this.#clock() - file.writtenAt) / 1_000;
        sink.add('custom.file_age', label, age);
      }
      others += file.tooLong;
      if (file.tooLong > 0) problems.push(`${label}: ${file.tooLong} names are too long`);
      for (const { metric, instance, value } of file.series) {
        if (taken.has(instance)) {
          others += 1;
          problems.push(`${label}: ${instance} is in another file too`);
        } else if (taken.size === MAX_CUSTOM_SERIES) {
          tooMany += 1;
        } else {
          taken.add(instance);
          if (!fits(metric, value))
            problems.push(`${label}: ${instance} is too large for ${metric}`);
          sink.add(metric, instance, value);
        }
      }
    }
    if (tooMany > 0) {
      problems.unshift(
        `${taken.size + tooMany} custom series, of which the first ${MAX_CUSTOM_SERIES} are taken`,
      );
    }
    sink.add('agent.custom_dropped', null, tooMany + others);
  }
}

/** Whether a value is within what its metric can carry; beyond that it is unknown. */
function fits(metric: MetricId, value: number | null): boolean {
  return value === null || Math.abs(value) <= MOST_STEPS * METRICS[metric].resolution;
}

function told(problems: readonly string[]): string {
  const more = problems.length - MAX_TOLD;
  const first = problems.slice(0, MAX_TOLD).join('; ');
  return more > 0 ? `${first}; and ${more} more` : first;
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.prom')).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
