import { readdirSync, statSync } from 'node:fs';
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

/** What `/proc/self/ns/pid` points at where processes of the whole machine are seen (PROC_PID_INIT_INO of the kernel). */
const WHOLE_MACHINE = 'pid:[4026531836]';
/** How long it is believed how many links of `/proc` are no processes, ms: drivers add some when they are loaded. */
const OTHERS_BELIEVED = 600_000;

/**
 * Number of processes, which are the numbered folders of `/proc`. Going through them costs the more the more there are, so that is only
 * done now and then: in between, the number of links of `/proc` itself tells, which the kernel gives as the processes and a few others.
 * (`/proc/loadavg` has a number too, but that counts threads.) In a container it does not tell, and the folders are counted every time.
 */
export class ProcessCountCollector implements Collector {
  readonly name = 'process count';
  readonly family = 'processes';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['processes.total'];
  readonly #proc: string;
  readonly #seesAll: boolean;
  #others: { readonly links: number; readonly at: number } | null = null;

  constructor(files: KernelFiles) {
    this.#proc = files.roots.proc;
    this.#seesAll = files.readProcLink('self/ns/pid') === WHOLE_MACHINE;
  }

  collect(sink: SampleSink, now: number): undefined {
    const isOld = this.#others === null || now - this.#others.at >= OTHERS_BELIEVED;
    if (this.#others === null || isOld || !this.#seesAll) {
      const count = countFolders(this.#proc);
      this.#others = { links: statSync(this.#proc).nlink - count, at: now };
      sink.add('processes.total', null, count);
    } else {
      sink.add('processes.total', null, statSync(this.#proc).nlink - this.#others.links);
    }
  }
}

function countFolders(proc: string): number {
  let count = 0;
  for (const name of readdirSync(proc)) {
    const first = name.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) count += 1;
  }
  return count;
}
