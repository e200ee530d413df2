import { DestroyRef, inject, Injectable, signal } from '@angular/core';

const TICK = 1_000;

/** The hub's clock as this page knows it: ages are right also when the clock of the browser's machine is wrong. */
@Injectable({ providedIn: 'root' })
export class HubClock {
  /** The hub's clock minus this machine's, ms; `null` before the first message. */
  private offset: number | null = null;
  private readonly ticked = signal(Date.now());

  /** The hub's time now, ms since the epoch; moves once a second. */
  readonly now = this.ticked.asReadonly();

  constructor() {
    const timer = setInterval(() => this.tick(), TICK);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  /** Takes over the hub's time from a message that has just arrived. */
  synchronise(hubTime: number): void {
    const offset = hubTime - Date.now();
    // A message never arrives before it was sent: the largest difference seen is the one with the least delay, and
    // small ones below it are delays, not a change of a clock.
    if (this.offset === null || offset > this.offset || offset < this.offset - TICK) {
      this.offset = offset;
    }
    this.tick();
  }

  /** How long ago `time` was on the hub's clock, ms; never below zero. Moves once a second. */
  since(time: number): number {
    return Math.max(0, this.ticked() - time);
  }

  private tick(): void {
    this.ticked.set(Date.now() + (this.offset ?? 0));
  }
}
