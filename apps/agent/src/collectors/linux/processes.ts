import { readdir } from 'node:fs/promises';
import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { numberAfter } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Tasks that run or wait for a processor, and those blocked by I/O, from `/proc/stat`. */
export class TaskStateCollector implements Collector {
  readonly name = 'processes';
  readonly family = 'processes';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['processes.running', 'processes.blocked'];
  readonly #stat: ProcFile;

  constructor(files: KernelFiles) {
    this.#stat = files.proc('stat');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#stat.read(now);
    sink.add('processes.running', null, numberAfter(text, 'procs_running '));
    sink.add('processes.blocked', null, numberAfter(text, 'procs_blocked '));
  }
}

/** Number of processes: the numbered folders of `/proc`. (`/proc/loadavg` has a cheaper number, but that counts threads.) */
export class ProcessCountCollector implements Collector {
  readonly name = 'process count';
  readonly family = 'processes';
  readonly cadence = 10_000;
  readonly deadline = 2_000;
  readonly metrics: readonly MetricId[] = ['processes.total'];
  readonly #proc: string;

  constructor(files: KernelFiles) {
    this.#proc = files.roots.proc;
  }

  async collect(sink: SampleSink): Promise<void> {
    let count = 0;
    for (const name of await readdir(this.#proc)) {
      const first = name.charCodeAt(0);
      if (first >= 0x30 && first <= 0x39) count += 1;
    }
    sink.add('processes.total', null, count);
  }
}
