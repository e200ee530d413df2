import { existsSync } from 'node:fs';
import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { Counters } from '../counters';
import { CgroupTree } from '../linux/cgroups';
import type { KernelFiles } from '../linux/kernel-files';
import { DEFAULT_COLLECTOR_OPTIONS, matchesAny, type OptionsSource } from '../options';
import type { Programs } from './programs';

const DEADLINE = 10_000;
const WORDS = [
  'list-units',
  '--all',
  '--plain',
  '--full',
  '--no-legend',
  '--no-pager',
  '--type=service,socket,timer,mount,automount,swap,path',
];

interface Unit {
  readonly name: string;
  /** `active`, `failed`, `inactive`, `activating` … */
  readonly state: string;
}

/**
 * Units of systemd: how many have failed and which, and of those that were chosen whether they are active and what they use. The list is
 * one call of `systemctl` a minute with fixed words; what was chosen is picked from it here. What they use is in their control groups.
 */
export class SystemdCollector implements Collector {
  readonly name = 'systemd';
  readonly family = 'services';
  readonly cadence = 60_000;
  readonly deadline = DEADLINE + 1_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #programs: Programs;
  readonly #options: OptionsSource;
  readonly #tree: CgroupTree;
  readonly #running: string;
  readonly #counters = new Counters();

  /** @param root the root of the filesystem, with a slash behind it */
  constructor(
    sources: { readonly files: KernelFiles; readonly programs: Programs; readonly root: string },
    options: OptionsSource = () => DEFAULT_COLLECTOR_OPTIONS,
  ) {
    this.#programs = sources.programs;
    this.#options = options;
    this.#tree = new CgroupTree(sources.files);
    // There if, and only if, the system was started by systemd (sd_booted(3)).
    this.#running = `${sources.root}run/systemd/system`;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    if (!existsSync(this.#running)) return;
    const program = this.#programs.find('systemctl', now);
    if (program === null) return;
    const { text, status } = await this.#programs.run(program, WORDS, DEADLINE);
    if (status !== 0) throw new Error(`systemctl ended with status ${status}`);
    const units = parseUnits(text);
    this.#counters.begin(now);
    const failed = units.filter(({ state }) => state === 'failed');
    sink.add('systemd.failed', null, failed.length);
    for (const { name } of limitInstances(failed, 'failed units', sink)) {
      sink.add('service.failed', toDisplayText(name), 1);
    }
    const { services } = this.#options();
    const chosen = units.filter(({ name }) => matchesAny(services, name));
    const known = new Set(units.map(({ name }) => name));
    for (const name of services) {
      // One that is chosen by its whole name and that systemd does not know is not active either.
      if (!/[*?]/.test(name) && !known.has(name)) chosen.push({ name, state: 'inactive' });
    }
    for (const unit of limitInstances(chosen, 'chosen units', sink)) this.#addUnit(sink, unit);
  }

  #addUnit(sink: SampleSink, { name, state }: Unit): void {
    const label = toDisplayText(name);
    sink.add('service.active', label, state === 'active' || state === 'reloading' ? 1 : 0);
    const path = groupsOf(name).find((group) => this.#tree.has(group));
    // A unit that does not run has no group, and one without accounting no numbers.
    const usage = path === undefined ? null : this.#tree.usage(path);
    const used = this.#counters.delta(name, usage?.cpu ?? null);
    const { elapsed } = this.#counters;
    sink.add('service.cpu', label, used === null || elapsed === null ? null : used / elapsed / 10);
    sink.add('service.memory', label, usage?.memory ?? null);
    sink.add('service.tasks', label, usage?.tasks ?? null);
  }
}

/** Rows of unit, load state, active state, sub state and description (systemctl(1)). */
function parseUnits(text: string): Unit[] {
  return text.split('\n').flatMap((line) => {
    const [name, load, state] = line.trim().split(/\s+/);
    // Units that others only mention are not there.
    return name === undefined || state === undefined || load === 'not-found'
      ? []
      : [{ name, state }];
  });
}

/** Where the control group of a unit usually is (systemd.slice(5)): instances of a template have a slice of their own. */
function groupsOf(unit: string): string[] {
  const template = /^(.+)@.*\.service$/.exec(unit)?.[1];
  if (template === undefined) return [`/system.slice/${unit}`];
  const slice = `system-${template.replaceAll('-', '\\x2d')}.slice`;
  return [`/system.slice/${slice}/${unit}`, `/system.slice/${unit}`];
}
