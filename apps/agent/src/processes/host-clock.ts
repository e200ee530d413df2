import { numberAfter } from '../collectors/linux/fields';
import type { KernelFiles } from '../collectors/linux/kernel-files';
import { TICKS_PER_SECOND } from './process-stat';

/** The kernel's boot time moves by a second as it is rounded; what moves more is a clock that was set, ms. */
const CLOCK_WAS_SET = 2_000;

/** The kernel's time, by which processes are dated, and what of it was spent working. */
export class HostClock {
  readonly #files: KernelFiles;
  #bootedAt: number | null = null;

  constructor(files: KernelFiles) {
    this.#files = files;
  }

  /** Time since boot, in ticks. @param now monotonic time of the reading, ms @throws errors of the system */
  ticks(now: number): number {
    return Number.parseFloat(this.#files.proc('uptime').read(now)) * TICKS_PER_SECOND;
  }

  /**
   * Time that all processors together have spent on processes since boot, in ticks: the first line of proc_stat(5) without idling,
   * waiting and interrupts, which are nobody's. Time of guests is in that of users.
   */
  busyTicks(now: number): number {
    const [, user, nice, system] = this.#files.proc('stat').read(now).split(/\s+/, 4);
    return Number(user) + Number(nice) + Number(system);
  }

  /** A time in ticks since boot as ms since the epoch: the same from call to call, unless the clock was set. */
  toEpoch(ticks: number, now: number): number {
    const seconds = numberAfter(this.#files.proc('stat').read(now), 'btime ') ?? 0;
    const bootedAt = seconds * 1000;
    if (this.#bootedAt === null || Math.abs(this.#bootedAt - bootedAt) > CLOCK_WAS_SET) {
      this.#bootedAt = bootedAt;
    }
    return Math.max(0, Math.round(this.#bootedAt + (ticks / TICKS_PER_SECOND) * 1000));
  }
}
