import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/**
 * Pressure stall information (the kernel's Documentation/accounting/psi.rst): share of the time between two readings in which
 * some, or all, of the tasks that had work waited for a resource. Taken from the exact `total` of microseconds, not from the kernel's
 * averages over ten seconds. A kernel without PSI has no such series.
 */
export class PressureCollector implements Collector {
  readonly name = 'pressure';
  readonly family = 'pressure';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [];
  readonly #cpu: ProcFile;
  readonly #memory: ProcFile;
  readonly #io: ProcFile;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#cpu = files.proc('pressure/cpu');
    this.#memory = files.proc('pressure/memory');
    this.#io = files.proc('pressure/io');
  }

  collect(sink: SampleSink, now: number): undefined {
    const cpu = this.#cpu.readOptional(now);
    const memory = this.#memory.readOptional(now);
    const io = this.#io.readOptional(now);
    this.#counters.begin(now);
    if (cpu !== null) this.#add(sink, 'pressure.cpu.some', cpu);
    if (memory !== null) {
      this.#add(sink, 'pressure.memory.some', memory);
      this.#add(sink, 'pressure.memory.full', memory);
    }
    if (io !== null) {
      this.#add(sink, 'pressure.io.some', io);
      this.#add(sink, 'pressure.io.full', io);
    }
  }

  #add(sink: SampleSink, metric: MetricId, text: string): void {
    const stalled = this.#counters.delta(metric, totalOf(text, metric.endsWith('.full')));
    const { elapsed } = this.#counters;
    sink.add(metric, null, share(stalled, elapsed === null ? null : elapsed * 1000));
  }
}

/** Microseconds behind `total=` in the line of `some`, which is the first, or of `full`. */
function totalOf(text: string, isFull: boolean): number | null {
  const line = isFull ? text.indexOf('\nfull ') : 0;
  const total = line === -1 ? -1 : text.indexOf(' total=', line);
  return total === -1 ? null : Number.parseInt(text.slice(total + ' total='.length), 10);
}
