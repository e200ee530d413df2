import { computed, signal } from '@angular/core';
import { DEFAULT_RANGE, type TimeRange, type TimeWindow } from './time-range';

/** History kept beyond the left edge, as a share of the range: lines run out of the picture, not into its edge. */
const MARGIN = 0.02;

/** Which part of time the charts of a host show: the newest, as far back as a range says; the same standing still; or a fixed one. */
export class ShownTime {
  private readonly chosen = signal<TimeRange>(DEFAULT_RANGE);
  private readonly fixedWindow = signal<TimeWindow | null>(null);
  private readonly pausedAt = signal<TimeWindow | null>(null);

  readonly range = this.chosen.asReadonly();
  /** The part of time that was zoomed into; `null` while the newest data is followed. */
  readonly fixed = this.fixedWindow.asReadonly();
  readonly paused = computed(() => this.pausedAt() !== null);
  readonly window = computed<TimeWindow>(
    () => this.fixedWindow() ?? this.pausedAt() ?? this.newest(this.chosen().span),
    { equal: (a, b) => a.from === b.from && a.to === b.to },
  );

  /** @param newest the newest part of time of some length, ms */
  constructor(private readonly newest: (span: number) => TimeWindow) {}

  /** Whether the charts move on with what comes. */
  follows(): boolean {
    return this.fixedWindow() === null && !this.paused();
  }

  /** Where what is needed begins, a little left of what is shown; ms since the epoch. */
  leftEdge(): number {
    const { from, to } = this.window();
    return from - (to - from) * MARGIN;
  }

  /** Where history has to begin, ms since the epoch. @param now the host's clock */
  neededFrom(now: number): number {
    if (this.fixedWindow() !== null) return this.leftEdge();
    // A window that moves in large steps may be ahead of what is shown when the answer is there.
    return Math.min(this.leftEdge(), now - this.chosen().span * (1 + MARGIN));
  }

  /** Shows a fixed part of time, or where that is `null` the newest. @returns whether that is another part than before */
  show(range: TimeRange, fixed: TimeWindow | null): boolean {
    const before = this.fixedWindow();
    const same = before?.from === fixed?.from && before?.to === fixed?.to;
    const isOther = !same || (fixed === null && range.key !== this.chosen().key);
    this.chosen.set(range);
    if (!isOther) return false;
    this.fixedWindow.set(fixed);
    this.pausedAt.set(null);
    return true;
  }

  /** Stands still with this moment, ms since the epoch, at the right edge. */
  pause(to: number): void {
    this.pausedAt.set({ from: to - this.chosen().span, to });
  }

  follow(): void {
    this.pausedAt.set(null);
  }
}
