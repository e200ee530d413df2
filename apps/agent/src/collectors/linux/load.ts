import type { MetricId } from '@hostdeck/contracts';
import { SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { fields, numberAt } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** The kernel works load averages out every five seconds (LOAD_FREQ in its include/linux/sched/loadavg.h), ms. */
const LOAD_CADENCE = 5_000;

/** Load averages from `/proc/loadavg`. */
export class LoadCollector implements Collector {
  readonly name = 'load';
  readonly family = 'load';
  readonly cadence = LOAD_CADENCE;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['load.1', 'load.5', 'load.15'];
  readonly #loadavg: ProcFile;

  constructor(files: KernelFiles) {
    this.#loadavg = files.proc('loadavg');
  }

  collect(sink: SampleSink, now: number): undefined {
    const parts = fields(this.#loadavg.read(now));
    sink.add('load.1', null, numberAt(parts, 0));
    sink.add('load.5', null, numberAt(parts, 1));
    sink.add('load.15', null, numberAt(parts, 2));
  }
}

/** Time since the start of the machine, sleep included, from `/proc/uptime`. */
export class UptimeCollector implements Collector {
  readonly name = 'uptime';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['uptime'];
  readonly #uptime: ProcFile;

  constructor(files: KernelFiles) {
    this.#uptime = files.proc('uptime');
  }

  collect(sink: SampleSink, now: number): undefined {
    sink.add('uptime', null, numberAt(fields(this.#uptime.read(now)), 0));
  }
}
