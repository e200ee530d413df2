import type { MetricId } from '@hostdeck/contracts';
import { SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { Counters } from '../counters';
import { fields, numberAt, sumKnown } from './fields';
import type { KernelFiles } from './kernel-files';
import { netCounter } from './net-counters';
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
    const snmp = this.#snmp.read(now);
    const netstat = this.#netstat.readOptional(now) ?? '';
    this.#counters.begin(now);
    const inUse = [numberIn(sockets, 'TCP', 'inuse'), numberIn(sockets6, 'TCP6', 'inuse')];
    sink.add('tcp.in_use', null, sumKnown(inUse));
    sink.add('tcp.time_wait', null, numberIn(sockets, 'TCP', 'tw'));
    sink.add('tcp.orphaned', null, numberIn(sockets, 'TCP', 'orphan'));
    sink.add('sockets.used', null, numberIn(sockets, 'sockets', 'used'));
    const rate = (metric: MetricId, value: number | null) =>
      sink.add(metric, null, this.#counters.perSecond(metric, value));
    rate('tcp.active_opens', netCounter(snmp, 'Tcp', 'ActiveOpens'));
    rate('tcp.passive_opens', netCounter(snmp, 'Tcp', 'PassiveOpens'));
    rate('tcp.failed_opens', netCounter(snmp, 'Tcp', 'AttemptFails'));
    rate('tcp.resets', netCounter(snmp, 'Tcp', 'OutRsts'));
    rate('tcp.receive_errors', netCounter(snmp, 'Tcp', 'InErrs'));
    rate('tcp.listen_overflows', netCounter(netstat, 'TcpExt', 'ListenOverflows'));
    rate('tcp.listen_drops', netCounter(netstat, 'TcpExt', 'ListenDrops'));
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
    const snmp = this.#snmp.read(now);
    const snmp6 = this.#snmp6.readOptional(now) ?? '';
    const sockets = this.#sockstat.read(now);
    const sockets6 = this.#sockstat6.readOptional(now) ?? '';
    this.#counters.begin(now);
    const inUse = [numberIn(sockets, 'UDP', 'inuse'), numberIn(sockets6, 'UDP6', 'inuse')];
    sink.add('udp.in_use', null, sumKnown(inUse));
    const rate = (metric: MetricId, ...names: readonly string[]) => {
      const both = names.flatMap((name) => [
        netCounter(snmp, 'Udp', name),
        numberBehind(snmp6, `Udp6${name}`),
      ]);
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
  const line = text.split('\n').find((one) => one.startsWith(`${heading}: `));
  if (line === undefined) return null;
  const parts = fields(line);
  const place = parts.indexOf(word);
  return place === -1 ? null : numberAt(parts, place + 1);
}

/** The number in the line of `name`, of which blanks separate it. */
function numberBehind(text: string, name: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? null : numberAt(fields(line), 1);
}
