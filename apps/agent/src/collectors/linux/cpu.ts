import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { fields, numberAfter, numberAt } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Most cores with a series of their own; the sum over all cores is always there. */
const MAX_CORES = 512;

/**
 * The modes of a line of `/proc/stat` in its order (proc_stat(5)), by the metric of their share; idling has none. Guest time comes behind
 * them and is already in user and nice.
 */
const SHARES: readonly (MetricId | null)[] = [
  'cpu.user',
  'cpu.nice',
  'cpu.system',
  null,
  'cpu.iowait',
  'cpu.irq',
  'cpu.softirq',
  'cpu.steal',
];
const IDLE = 3;
const IOWAIT = 4;
type Ticks = readonly (number | null)[];

/** CPU time by mode and per core, as shares of the time between two readings, and what the kernel counts beside it, from `/proc/stat`. */
export class CpuCollector implements Collector {
  readonly name = 'cpu';
  readonly family = 'cpu';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [
    'cpu.busy',
    'cpu.user',
    'cpu.nice',
    'cpu.system',
    'cpu.iowait',
    'cpu.irq',
    'cpu.softirq',
    'cpu.steal',
    'cpu.interrupts',
    'cpu.context_switches',
    'cpu.forks',
  ];
  readonly #stat: ProcFile;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#stat = files.proc('stat');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#stat.read(now);
    this.#counters.begin(now);
    let cores = 0;
    // The lines of the processors come first; the one of the interrupts behind them may be very long.
    for (let start = 0; text.startsWith('cpu', start);) {
      const end = lineEnd(text, start);
      const parts = fields(text.slice(start, end));
      start = end + 1;
      const name = parts[0] ?? '';
      if (name === 'cpu') {
        this.#addTotal(sink, parts);
      } else {
        cores += 1;
        if (cores <= MAX_CORES)
          sink.add('cpu.core.busy', name.slice(3), busy(this.#ticks(name, parts)));
      }
    }
    const rate = (name: string) => this.#counters.perSecond(name, numberAfter(text, name));
    sink.add('cpu.interrupts', null, rate('intr '));
    sink.add('cpu.context_switches', null, rate('ctxt '));
    sink.add('cpu.forks', null, rate('processes '));
    if (cores > MAX_CORES) sink.warn(`${cores} cores, of which the first ${MAX_CORES} are watched`);
  }

  #addTotal(sink: SampleSink, parts: readonly string[]): void {
    const ticks = this.#ticks('cpu', parts);
    const whole = total(ticks);
    sink.add('cpu.busy', null, busy(ticks));
    SHARES.forEach((metric, mode) => {
      if (metric !== null) sink.add(metric, null, share(ticks[mode] ?? null, whole));
    });
  }

  /** Ticks in each mode since the reading before. */
  #ticks(name: string, parts: readonly string[]): Ticks {
    const counters = this.#counters.group(name);
    return SHARES.map((_, mode) => counters.delta(mode, numberAt(parts, mode + 1)));
  }
}

/** All time of the span; `null` when a counter that only grows went back, as after a restore of a machine. */
function total(ticks: Ticks): number | null {
  let sum = 0;
  for (let mode = 0; mode < ticks.length; mode += 1) {
    const spent = ticks[mode] ?? null;
    // The kernel documents that idle and iowait may shrink a little; no time was spent in them then.
    if (spent === null && mode !== IDLE && mode !== IOWAIT) return null;
    sum += spent ?? 0;
  }
  return sum;
}

/** Share of the time in which the processor was neither idle nor waiting for I/O, as top and node_exporter count it. */
function busy(ticks: Ticks): number | null {
  const whole = total(ticks);
  return whole === null ? null : share(whole - (ticks[IDLE] ?? 0) - (ticks[IOWAIT] ?? 0), whole);
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
