import { performance } from 'node:perf_hooks';
import { growthOf, type Look } from './growth';
import { residentMemory } from './process-usage';

/** Time between two looks, ms. */
const EVERY = 500;

/** Resident memory of a process over a time. */
export class MemoryWatch {
  private readonly looks: Look[] = [];
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
    return growthOf(this.looks.slice(Math.floor(this.looks.length / 2)));
  }

  private look(): void {
    this.looks.push({ at: performance.now(), bytes: residentMemory(this.pid) });
  }
}
