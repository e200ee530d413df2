import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { DEFAULT_COLLECTOR_OPTIONS, type OptionsSource } from '../options';
import type { KernelFiles } from './kernel-files';
import { isWatched, parseInterfaces } from './network';
import type { ProcFile } from './proc-file';
import { SlowFile } from './slow-file';

const MEGABIT = 1_000_000;
/** What `operstate` says of a link that does not carry anything (RFC 2863); `unknown` is said of what has no such state, as tunnels. */
const DOWN: readonly string[] = ['down', 'lowerlayerdown', 'notpresent', 'dormant'];

interface Link {
  readonly state: SlowFile;
  readonly speed: SlowFile;
  /** Whether it ever had a speed: one that is down has none, and is not to come and go as a series. */
  hasSpeed: boolean;
}

/** State and speed of the links, from `/sys/class/net`; asking some drivers takes a lock of the network, so it is done beside. */
export class NetworkLinkCollector implements Collector {
  readonly name = 'network link';
  readonly family = 'network';
  readonly cadence = 30_000;
  readonly deadline = 3_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;
  readonly #options: OptionsSource;
  readonly #dev: ProcFile;
  #links = new Map<string, Link>();

  constructor(files: KernelFiles, options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS) {
    this.#files = files;
    this.#options = options;
    this.#dev = files.proc('net/dev');
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const { interfaces: selection } = this.#options();
    const interfaces = parseInterfaces(this.#dev.read(now), (name) => isWatched(selection, name));
    const gone = this.#links;
    this.#links = new Map();
    for (const { name } of limitInstances(interfaces, 'network interfaces', sink)) {
      const link = gone.get(name) ?? this.#openLink(name);
      gone.delete(name);
      this.#links.set(name, link);
      const label = toDisplayText(name);
      const state = await link.state.read();
      if (state === 'up') sink.add('network.link_up', label, 1);
      else if (state !== null && DOWN.includes(state)) sink.add('network.link_up', label, 0);
      const speed = await link.speed.readNumber();
      // Drivers that do not know it say -1.
      const isKnown = speed !== null && speed > 0;
      link.hasSpeed ||= isKnown;
      if (link.hasSpeed) sink.add('network.link_speed', label, isKnown ? speed * MEGABIT : null);
    }
    for (const { state, speed } of gone.values()) await Promise.all([state.close(), speed.close()]);
  }

  #openLink(name: string): Link {
    const file = (attribute: string) =>
      new SlowFile(this.#files.sysPath('class/net', name, attribute));
    return { state: file('operstate'), speed: file('speed'), hasSpeed: false };
  }
}
