import type { MetricId } from '@hostdeck/contracts';
import { SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters } from '../counters';
import { numberAfter, sumKnown } from './fields';
import type { KernelFiles } from './kernel-files';
import { netCounters } from './net-counters';
import type { ProcFile } from './proc-file';

/**
 * States of sockets from the kernel's own sums in `/proc/net/sockstat` and `sockstat6` (going through every connection in
 * `/proc/net/tcp` would cost more the busier the host is), and events from `/proc/net/snmp` and `/proc/net/netstat`.
 */
export class TcpDetailsCollector implements Collector {
  readonly name = 'tcp details';
  readonly family = 'tcp';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [
    'tcp.in_use',
    'tcp.time_wait',
    'tcp.orphaned',
    'sockets.used',
    'tcp.active_opens',
    'tcp.passive_opens',
    'tcp.failed_opens',
    'tcp.resets',
    'tcp.receive_errors',
    'tcp.listen_overflows',
    'tcp.listen_drops',
  ];
  readonly #sockstat: ProcFile;
  readonly #sockstat6: ProcFile;
  readonly #snmp: ProcFile;
  readonly #netstat: ProcFile;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#sockstat = files.proc('net/sockstat');
    this.#sockstat6 = files.proc('net/sockstat6');
    this.#snmp = files.proc('net/snmp');
    this.#netstat = files.proc('net/netstat');
  }

  collect(sink: SampleSink, now: number): undefined {
    const sockets = this.#sockstat.read(now);
    const sockets6 = this.#sockstat6.readOptional(now) ?? '';
    const tcp = netCounters(this.#snmp.read(now), 'Tcp');
    const extended = netCounters(this.#netstat.readOptional(now) ?? '', 'TcpExt');
    this.#counters.begin(now);
    const inUse = [numberIn(sockets, 'TCP', 'inuse'), numberIn(sockets6, 'TCP6', 'inuse')];
    sink.add('tcp.in_use', null, sumKnown(inUse));
    sink.add('tcp.time_wait', null, numberIn(sockets, 'TCP', 'tw'));
    sink.add('tcp.orphaned', null, numberIn(sockets, 'TCP', 'orphan'));
    sink.add('sockets.used', null, numberIn(sockets, 'sockets', 'used'));
    const rate = (metric: MetricId, value: number | null) =>
      sink.add(metric, null, this.#counters.perSecond(metric, value));
    rate('tcp.active_opens', tcp('ActiveOpens'));
    rate('tcp.passive_opens', tcp('PassiveOpens'));
    rate('tcp.failed_opens', tcp('AttemptFails'));
    rate('tcp.resets', tcp('OutRsts'));
    rate('tcp.receive_errors', tcp('InErrs'));
    rate('tcp.listen_overflows', extended('ListenOverflows'));
    rate('tcp.listen_drops', extended('ListenDrops'));
  }
}

/** Datagrams of IPv4 (`/proc/net/snmp`) and IPv6 (`/proc/net/snmp6`) together. */
export class UdpCollector implements Collector {
  readonly name = 'udp';
  readonly family = 'udp';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [
    'udp.in_use',
    'udp.receive',
    'udp.transmit',
    'udp.receive_errors',
    'udp.no_port',
    'udp.buffer_errors',
  ];
  readonly #sockstat: ProcFile;
  readonly #sockstat6: ProcFile;
  readonly #snmp: ProcFile;
  readonly #snmp6: ProcFile;
  readonly #counters = new Counters();

  constructor(files: KernelFiles) {
    this.#sockstat = files.proc('net/sockstat');
    this.#sockstat6 = files.proc('net/sockstat6');
    this.#snmp = files.proc('net/snmp');
    this.#snmp6 = files.proc('net/snmp6');
  }

  collect(sink: SampleSink, now: number): undefined {
    const udp = netCounters(this.#snmp.read(now), 'Udp');
    const snmp6 = this.#snmp6.readOptional(now) ?? '';
    const sockets = this.#sockstat.read(now);
    const sockets6 = this.#sockstat6.readOptional(now) ?? '';
    this.#counters.begin(now);
    const inUse = [numberIn(sockets, 'UDP', 'inuse'), numberIn(sockets6, 'UDP6', 'inuse')];
    sink.add('udp.in_use', null, sumKnown(inUse));
    const rate = (metric: MetricId, ...names: readonly string[]) => {
      const both = names.flatMap((name) => [udp(name), numberAfter(snmp6, `Udp6${name} `)]);
      sink.add(metric, null, this.#counters.perSecond(metric, sumKnown(both)));
    };
    rate('udp.receive', 'InDatagrams');
    rate('udp.transmit', 'OutDatagrams');
    rate('udp.receive_errors', 'InErrors');
    rate('udp.no_port', 'NoPorts');
    rate('udp.buffer_errors', 'RcvbufErrors', 'SndbufErrors');
  }
}

/** The number behind `word` in the line `heading:`, as in `TCP: inuse 5 orphan 0`. */
function numberIn(text: string, heading: string, word: string): number | null {
  const line = text.startsWith(`${heading}: `) ? 0 : text.indexOf(`\n${heading}: `);
  const place = line === -1 ? -1 : text.indexOf(` ${word} `, line);
  const end = text.indexOf('\n', line + 1);
  if (place === -1 || (end !== -1 && place > end)) return null;
  return Number.parseInt(text.slice(place + word.length + 2), 10);
}
