import { performance } from 'node:perf_hooks';
import { residentMemory } from './process-usage';

/** Time between two looks, ms. */
const EVERY = 500;

/** Resident memory of a process over a time. */
export class MemoryWatch {
  private readonly looks: { readonly at: number; readonly bytes: number }[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.look();
    this.timer = setInterval(() => this.look(), EVERY);
  }

  stop(): void {
    clearInterval(this.timer);
    this.look();
  }

  /** Bytes. */
  get most(): number {
    return Math.max(...this.looks.map(({ bytes }) => bytes));
  }

  /** Bytes a minute over the second half of the time, by least squares; NaN where that has fewer than two looks. */
  get growth(): number {
    const half = this.looks.slice(Math.floor(this.looks.length / 2));
    const mean = (numbers: readonly number[]) =>
      numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const at = mean(half.map((look) => look.at));
    const bytes = mean(half.map((look) => look.bytes));
    const covariance = mean(half.map((look) => (look.at - at) * (look.bytes - bytes)));
    return (covariance / mean(half.map((look) => (look.at - at) ** 2))) * 60_000;
  }

  private look(): void {
    this.looks.push({ at: performance.now(), bytes: residentMemory(this.pid) });
  }
}
