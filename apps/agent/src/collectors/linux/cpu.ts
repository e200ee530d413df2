import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters, share } from '../counters';
import { fields, numberAfter, numberAt } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Most cores with a series of their own; the sum over all cores is always there. */
const MAX_CORES = 512;

/** The modes of a line of `/proc/stat` in its order (proc_stat(5)). Guest time comes behind them and is already in user and nice. */
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;
type Mode = (typeof MODES)[number];
type Ticks = Readonly<Record<Mode, number | null>>;

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
  readonly #keys = new Map<string, readonly string[]>();

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
    for (const mode of MODES) {
      if (mode !== 'idle') sink.add(`cpu.${mode}`, null, share(ticks[mode], whole));
    }
  }

  #ticks(name: string, parts: readonly string[]): Ticks {
    const keys = this.#keysOf(name);
    const of = (place: number) =>
      this.#counters.delta(keys[place] ?? '', numberAt(parts, place + 1));
    return {
      user: of(0),
      nice: of(1),
      system: of(2),
      idle: of(3),
      iowait: of(4),
      irq: of(5),
      softirq: of(6),
      steal: of(7),
    };
  }

  /** Names of a processor's counters, made once: on a machine with many cores they would be most of what a reading makes. */
  #keysOf(name: string): readonly string[] {
    let keys = this.#keys.get(name);
    if (keys === undefined) {
      keys = MODES.map((mode) => `${name}.${mode}`);
      this.#keys.set(name, keys);
    }
    return keys;
  }
}

/** All time of the span; `null` when a counter that only grows went back, as after a restore of a machine. */
function total({ idle, iowait, ...working }: Ticks): number | null {
  // The kernel documents that idle and iowait may shrink a little; no time was spent in them then.
  let sum = (idle ?? 0) + (iowait ?? 0);
  for (const ticks of Object.values(working)) {
    if (ticks === null) return null;
    sum += ticks;
  }
  return sum;
}

/** Share of the time in which the processor was neither idle nor waiting for I/O, as top and node_exporter count it. */
function busy(ticks: Ticks): number | null {
  const whole = total(ticks);
  return whole === null ? null : share(whole - (ticks.idle ?? 0) - (ticks.iowait ?? 0), whole);
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
