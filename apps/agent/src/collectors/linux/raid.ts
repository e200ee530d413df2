import { toDisplayText, type MetricId } from '@hostdeck/contracts';
import { limitInstances, SYNCHRONOUS, type Collector, type SampleSink } from '../collector';
import { share } from '../counters';
import type { KernelFiles } from './kernel-files';

/** Software RAID (md) from `/sys/block/md…/md` (the kernel's Documentation/admin-guide/md.rst). */
export class RaidCollector implements Collector {
  readonly name = 'raid';
  readonly family = 'raid';
  readonly cadence = 10_000;
  readonly deadline = SYNCHRONOUS;
  readonly metrics: readonly MetricId[] = [];
  readonly #files: KernelFiles;

  constructor(files: KernelFiles) {
    this.#files = files;
  }

  collect(sink: SampleSink): undefined {
    const arrays = this.#files
      .listSys('block')
      .filter((name) => name.startsWith('md') && this.#files.hasSys('block', name, 'md'));
    for (const name of limitInstances(arrays, 'RAID arrays', sink)) this.#addArray(sink, name);
  }

  #addArray(sink: SampleSink, name: string): void {
    const read = (file: string) => this.#files.readSys('block', name, 'md', file);
    const state = read('array_state');
    // One that is defined but not running.
    if (state === 'clear' || state === 'inactive') return;
    const label = toDisplayText(name);
    const devices = wholeNumber(read('raid_disks'));
    // Arrays without redundancy (raid0, linear) do not say it: they have all their devices, or they do not run.
    const missing = wholeNumber(read('degraded')) ?? (devices === null ? null : 0);
    sink.add(
      'raid.devices',
      label,
      devices === null || missing === null ? null : devices - missing,
    );
    sink.add('raid.missing', label, missing);
    // `123 / 456` sectors while something is being rebuilt, resynced, reshaped or checked, else `none`; `delayed` until its turn.
    const progress = /^(\d+) \/ (\d+)$/.exec(read('sync_completed') ?? '');
    const action = read('sync_action');
    if (progress !== null) {
      sink.add('raid.sync', label, share(Number(progress[1]), Number(progress[2])));
    } else if (action !== null && action !== 'idle' && action !== 'frozen') {
      sink.add('raid.sync', label, 0);
    }
  }
}

function wholeNumber(text: string | null): number | null {
  // `4 (3)` while the number is being changed.
  const digits = /^\d+/.exec(text ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}
