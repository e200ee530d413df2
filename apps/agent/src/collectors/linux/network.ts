import { toDisplayText, type MetricId, type Selection } from '@hostdeck/contracts';
import {
  EVERY_TICK,
  MAX_INSTANCES,
  SYNCHRONOUS,
  warnOfLimit,
  type Collector,
  type SampleSink,
} from '../collector';
import { Counters } from '../counters';
import { DEFAULT_COLLECTOR_OPTIONS, isSelected, type OptionsSource } from '../options';
import { eachLine, fields, numberAt, sumKnown } from './fields';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** The loopback, and ends of the cables of containers and traffic shapers: they come and go and repeat what another interface counts. */
const LEFT_OUT = /^(lo$|veth|cali|lxc\w{8,}|ifb\d|dummy\d|nodelocaldns)/;
/** Bridges, tunnels and the like: shown, but what goes through them also goes through another interface. */
const PASSING =
  /^(docker|br-|virbr|vnet|tap|tun|wg|bond|team|vmbr|cni|flannel|cilium_|kube|vxlan|ppp|sit|gre|ip6tnl|tunl|tailscale|zt)/;
/** How long it is believed of what kind an interface is, ms. */
const KIND_LIFETIME = 60_000;

/** A line of `/proc/net/dev`. */
export interface Interface {
  readonly name: string;
  /** The numbers behind the name. */
  readonly counters: readonly string[];
}

/** What is known of an interface by its name. */
interface Kind {
  readonly isWatched: boolean;
  readonly isPhysical: boolean;
  readonly isPassing: boolean;
  /** Its name as it is shown. */
  readonly label: string;
}

interface Traffic {
  readonly received: number | null;
  readonly sent: number | null;
}

/**
 * Traffic, packets, errors and drops per interface from `/proc/net/dev`. The sums are over all physical interfaces; where there are none, as
 * in a container, over those that do not merely pass on what another counts.
 */
export class NetworkCollector implements Collector {
  readonly name = 'network';
  readonly family = 'network';
  readonly cadence = EVERY_TICK;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [
    'network.total.receive_bytes',
    'network.total.transmit_bytes',
  ];
  readonly #files: KernelFiles;
  readonly #options: OptionsSource;
  readonly #dev: ProcFile;
  readonly #counters = new Counters();
  #kinds = new Map<string, Kind>();
  #kindsFrom: number | null = null;
  #selection: Selection | null = null;

  constructor(files: KernelFiles, options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS) {
    this.#files = files;
    this.#options = options;
    this.#dev = files.proc('net/dev');
  }

  collect(sink: SampleSink, now: number): undefined {
    const text = this.#dev.read(now);
    this.#counters.begin(now);
    this.#renewKinds(now);
    const physical: Traffic[] = [];
    const others: Traffic[] = [];
    const interfaces = parseInterfaces(text, (name) => this.#kind(name).isWatched);
    interfaces.forEach((one, index) => {
      const { isPhysical, isPassing } = this.#kind(one.name);
      const traffic = this.#addInterface(index < MAX_INSTANCES ? sink : null, one);
      if (isPhysical) physical.push(traffic);
      else if (!isPassing) others.push(traffic);
    });
    warnOfLimit(interfaces.length, 'network interfaces', sink);
    const counted = physical.length > 0 ? physical : others;
    sink.add(
      'network.total.receive_bytes',
      null,
      sumKnown(counted.map(({ received }) => received)),
    );
    sink.add('network.total.transmit_bytes', null, sumKnown(counted.map(({ sent }) => sent)));
  }

  /** @param sink `null` for an interface that is only counted in the sums */
  #addInterface(sink: SampleSink | null, { name, counters }: Interface): Traffic {
    const group = this.#counters.group(name);
    const rate = (field: number) => group.perSecond(field, numberAt(counters, field));
    // The order of the fields is in the file's two lines of heading.
    const received = rate(0);
    const sent = rate(8);
    if (sink === null) return { received, sent };
    const { label } = this.#kind(name);
    sink.add('network.receive_bytes', label, received);
    sink.add('network.transmit_bytes', label, sent);
    sink.add('network.receive_packets', label, rate(1));
    sink.add('network.transmit_packets', label, rate(9));
    sink.add('network.receive_errors', label, rate(2));
    sink.add('network.transmit_errors', label, rate(10));
    sink.add('network.receive_drops', label, rate(3));
    sink.add('network.transmit_drops', label, rate(11));
    return { received, sent };
  }

  #renewKinds(now: number): void {
    const { interfaces } = this.#options();
    const isOld = this.#kindsFrom === null || now - this.#kindsFrom >= KIND_LIFETIME;
    if (!isOld && interfaces === this.#selection) return;
    this.#kinds = new Map();
    this.#kindsFrom = now;
    this.#selection = interfaces;
  }

  #kind(name: string): Kind {
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      kind = {
        isWatched: isWatched(this.#selection ?? DEFAULT_COLLECTOR_OPTIONS.interfaces, name),
        isPhysical: this.#files.hasSys('class/net', name, 'device'),
        isPassing: PASSING.test(name),
        label: toDisplayText(name),
      };
      this.#kinds.set(name, kind);
    }
    return kind;
  }
}

/** Whether an interface is watched, by its name. */
export function isWatched(selection: Selection, name: string): boolean {
  return isSelected(selection, name, !LEFT_OUT.test(name));
}

/** The interfaces of a `/proc/net/dev` that are wanted. */
export function parseInterfaces(text: string, isWanted: (name: string) => boolean): Interface[] {
  const found: Interface[] = [];
  eachLine(text, (start, end) => {
    const line = text.slice(start, end);
    const colon = line.lastIndexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon === -1 || !isWanted(name)) return;
    found.push({ name, counters: fields(line.slice(colon + 1)) });
  });
  return found;
}
