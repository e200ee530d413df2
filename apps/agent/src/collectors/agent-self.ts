import type { MetricId } from '@hostdeck/contracts';
import { SYNCHRONOUS, type Collector, type SampleSink } from './collector';
import { Counters } from './counters';

/** What the agent itself costs. */
export class AgentSelfCollector implements Collector {
  readonly name = 'agent';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['agent.cpu', 'agent.memory', 'agent.spool'];
  readonly #counters = new Counters();
  readonly #spoolBytes: () => number;

  /** @param spoolBytes size of what waits to be stored by the hub */
  constructor(spoolBytes: () => number) {
    this.#spoolBytes = spoolBytes;
  }

  collect(sink: SampleSink, now: number): undefined {
    const { user, system } = process.cpuUsage();
    this.#counters.begin(now);
    // Microseconds per second of one core, in percent.
    const cpu = this.#counters.perSecond('cpu', user + system);
    sink.add('agent.cpu', null, cpu === null ? null : cpu / 10_000);
    sink.add('agent.memory', null, process.memoryUsage.rss());
    sink.add('agent.spool', null, this.#spoolBytes());
  }
}
