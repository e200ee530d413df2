import { signal } from '@angular/core';
import type { SeriesAnswer } from '@hostdeck/contracts';
import type { Observable, Subscription } from 'rxjs';
import { reasonSentence } from '../api/problem';
import { GrowthWatch } from './growth-watch';

/** After an interruption the host sends what it kept meanwhile: waits between questions that find nothing new, ms. */
const FILL_WAITS = [2_000, 5_000, 10_000, 30_000];
/** And between those that do, ms. */
const FILLING_WAIT = 5_000;

/** What history is asked for, and what becomes of the answer. */
export interface HistoryUse {
  ask: () => Observable<SeriesAnswer>;
  /** Takes an answer. @returns how long it is good for, ms; `null`: until something happens */
  take: (answer: SeriesAnswer) => number | null;
  /** Whether history may be exchanged now. */
  mayRefresh: () => boolean;
}

/** Asks for history: at once, again when it is out of date, and again and again while an outage is being filled. */
export class HistoryFeed {
  private readonly why = signal<string | null>(null);
  private readonly waiting = signal(true);
  private readonly growing = signal(false);
  private request: Subscription | null = null;
  private reload: ReturnType<typeof setTimeout> | undefined;
  private fill: ReturnType<typeof setTimeout> | undefined;
  private growth: GrowthWatch | null = null;
  private quiet = 0;

  /** Why the history is missing; `null` when it is there. */
  readonly failure = this.why.asReadonly();
  /** Whether the first history of what is shown is still on its way. */
  readonly loading = this.waiting.asReadonly();
  /** Whether the last answer had older data that the one before it had not. */
  readonly filling = this.growing.asReadonly();

  constructor(private readonly use: HistoryUse) {}

  /** Asks now for something else than before. */
  restart(): void {
    this.waiting.set(true);
    this.growth?.forget();
    this.load();
  }

  /** Asks now. */
  load(): void {
    clearTimeout(this.reload);
    this.request?.unsubscribe();
    this.request = this.use.ask().subscribe({
      next: (answer) => this.take(answer),
      error: (error: unknown) => {
        this.why.set(reasonSentence(error));
        this.waiting.set(false);
        if (this.growth !== null) this.waitForMore();
      },
    });
  }

  /** Expects that what lies before `time`, ms since the epoch, is still being filled. */
  expectBacklog(time: number): void {
    this.growth = new GrowthWatch(time);
    this.quiet = 0;
    this.waitForMore();
  }

  /** Asks for nothing any more; what is asked for next is the first of its kind. */
  stop(): void {
    clearTimeout(this.reload);
    clearTimeout(this.fill);
    this.request?.unsubscribe();
    this.growth = null;
    this.growing.set(false);
    this.why.set(null);
    this.waiting.set(true);
  }

  private take(answer: SeriesAnswer): void {
    const wait = this.use.take(answer);
    this.why.set(null);
    this.waiting.set(false);
    if (this.growth !== null) {
      const grew = this.growth.sees(answer);
      this.growing.set(grew);
      this.quiet = grew ? 0 : this.quiet + 1;
      this.waitForMore();
    }
    clearTimeout(this.reload);
    if (wait !== null) this.reload = setTimeout(() => this.refresh(), wait);
  }

  private waitForMore(): void {
    clearTimeout(this.fill);
    const wait = this.growing() ? FILLING_WAIT : FILL_WAITS[this.quiet];
    if (wait === undefined) {
      this.growth = null;
      return;
    }
    this.fill = setTimeout(() => {
      if (this.use.mayRefresh()) this.load();
      else this.waitForMore();
    }, wait);
  }

  private refresh(): void {
    if (this.use.mayRefresh()) this.load();
  }
}
