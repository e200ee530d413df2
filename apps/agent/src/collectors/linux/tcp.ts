import type { MetricId } from '@hostdeck/contracts';
import { EVERY_TICK, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters } from '../counters';
import type { KernelFiles } from './kernel-files';
import { netCounters } from './net-counters';
import type { ProcFile } from './proc-file';

/** Connections and retransmissions from the TCP lines of `/proc/net/snmp` (RFC 4022), which count IPv4 and IPv6 together. */
export class TcpCollector implements Collector {
  readonly name = 'tcp';
  readonly family = 'tcp';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = ['tcp.established', 'tcp.retransmits'];
  readonly #snmp: ProcFile;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#snmp = files.proc('net/snmp');
  }

  collect(sink: SampleSink, now: number): undefined {
    const tcp = netCounters(this.#snmp.read(now), 'Tcp');
    this.#counters.begin(now);
    sink.add('tcp.established', null, tcp('CurrEstab'));
    sink.add('tcp.retransmits', null, this.#counters.perSecond('RetransSegs', tcp('RetransSegs')));
  }
}
