import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type {
  HostCard,
  HostSnapshot,
  HostSummary,
  HostUpdate,
  MetricId,
  SeriesAnswer,
} from '@hostdeck/contracts';
import type { Subscription } from 'rxjs';
import { HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { CHART_METRICS } from './chart-list';
import { SeriesBook, type SeriesData } from './series-book';
import { DEFAULT_RANGE, POINTS, reloadAfter, type TimeRange } from './time-range';

/** Time the charts show, ms since the epoch on the host's clock. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Without a frame for this many intervals, and at least `LEAST_SILENCE` ms, the charts move on with the clock. */
const SILENT_INTERVALS = 5;
const LEAST_SILENCE = 10_000;
/** Steps the charts move in while there are no frames, ms. */
const SILENT_STEP = 5_000;
/** After an interruption the host sends what it kept meanwhile: history is asked for again this much later, ms. */
const BACKLOG_WAITS = [5_000, 30_000];
/** History kept beyond the left edge, as a share of the range: lines run out of the picture, not into its edge. */
const MARGIN = 0.02;

/** One host as its page shows it: facts, and its series as history with the live frames after it. One per page. */
@Injectable()
export class HostStore {
  private readonly api = inject(HubApi);
  private readonly clock = inject(HubClock);
  private readonly connection = inject(LiveConnection);

  private readonly book = new SeriesBook();
  private readonly revision = signal(0);
  private readonly known = signal<HostSummary | null>(null);
  private readonly refusal = signal<string | null>(null);
  private readonly historyFailure = signal<string | null>(null);
  private readonly loading = signal(true);
  private readonly chosenRange = signal<TimeRange>(DEFAULT_RANGE);
  private readonly pausedAt = signal<TimeWindow | null>(null);
  private hostId = '';
  private unwatch: (() => void) | null = null;
  private request: Subscription | null = null;
  private reload: ReturnType<typeof setTimeout> | undefined;
  private backlog: ReturnType<typeof setTimeout>[] = [];

  /** `null` before the first answer. */
  readonly host = this.known.asReadonly();
  /** Why there is no host to show; `null` when there is one. */
  readonly refused = this.refusal.asReadonly();
  /** Why the history is missing; `null` when it is there. */
  readonly historyError = this.historyFailure.asReadonly();
  /** Whether the first history of this range is still on its way. */
  readonly historyLoading = this.loading.asReadonly();
  readonly range = this.chosenRange.asReadonly();
  readonly paused = computed(() => this.pausedAt() !== null);

  /** What the charts show now. */
  readonly window = computed<TimeWindow>(() => this.pausedAt() ?? this.following(), {
    equal: (a, b) => a.from === b.from && a.to === b.to,
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  /** Shows a host from now on. */
  open(hostId: string): void {
    this.leave();
    this.hostId = hostId;
    this.known.set(null);
    this.refusal.set(null);
    this.unwatch = this.connection.watchHost(hostId, {
      snapshot: (snapshot) => this.take(snapshot),
      update: (update) => this.merge(update),
      refused: ({ message }) => this.refusal.set(message),
    });
  }

  /** Changes how far back the charts look, and follows the newest data again. */
  choose(range: TimeRange): void {
    if (range.key === this.chosenRange().key) return;
    this.chosenRange.set(range);
    this.pausedAt.set(null);
    this.loading.set(true);
    if (this.known() !== null) this.loadHistory();
  }

  pause(): void {
    this.pausedAt.set(this.window());
  }

  follow(): void {
    this.pausedAt.set(null);
  }

  /** Asks for the history again after it failed. */
  retryHistory(): void {
    this.loadHistory();
  }

  /** Shows a change the hub has just confirmed. */
  adopt(host: HostSummary): void {
    this.known.set(host);
  }

  /** Every series of a metric; follows history and live frames. */
  series(metric: MetricId): readonly SeriesData[] {
    this.revision();
    return this.book.read(metric);
  }

  /** Longest time between two points that still belong together, ms; what lies further apart is a gap. */
  gapAfter(): number {
    this.revision();
    return 2.5 * Math.max(this.book.step, this.known()?.interval ?? 0);
  }

  private following(): TimeWindow {
    this.revision();
    const { span } = this.chosenRange();
    const host = this.known();
    const now = this.clock.now() + (host?.clockOffset ?? 0);
    const last = this.book.lastTime;
    const silence = Math.max(LEAST_SILENCE, SILENT_INTERVALS * (host?.interval ?? 0));
    const current = last !== null && now - last < silence;
    const to = current ? last : Math.floor(now / SILENT_STEP) * SILENT_STEP;
    return { from: to - span, to };
  }

  private take({ host, layout, last }: HostSnapshot): void {
    // Not the first one: the connection was lost in between, maybe because the hub was away from everybody.
    if (this.known() !== null) this.expectBacklog();
    this.known.set(host);
    this.refusal.set(null);
    if (layout !== null) this.book.setLayout(layout);
    if (last !== null) this.book.append([last]);
    this.changed();
    this.loadHistory();
  }

  private merge(update: HostUpdate): void {
    if (update.layout !== undefined) this.book.setLayout(update.layout);
    if (update.layoutNumber !== this.book.layoutNumber) {
      this.connection.rewatchHost(this.hostId);
      return;
    }
    this.known.update((host) => (host === null ? null : withCard(host, update.card)));
    const before = this.book.lastTime;
    this.book.append(update.frames);
    const after = update.frames[0]?.[0] ?? null;
    if (before !== null && after !== null && after - before > this.gapAfter()) this.expectBacklog();
    if (this.pausedAt() === null) this.book.trim(this.leftEdge(this.following()));
    this.changed();
  }

  private loadHistory(): void {
    clearTimeout(this.reload);
    this.request?.unsubscribe();
    const window = this.following();
    const tailStart = this.book.restartTail();
    this.request = this.api
      .series({
        hostId: this.hostId,
        metrics: CHART_METRICS,
        from: Math.floor(this.leftEdge(window)),
        // Times are whole ms: up to just before the tail begins.
        to: (tailStart ?? Math.ceil(window.to)) - 1,
        maxPoints: POINTS,
      })
      .subscribe({
        next: (answer) => this.loaded(answer),
        error: (error: unknown) => {
          this.historyFailure.set(reasonOf(error));
          this.loading.set(false);
        },
      });
  }

  private loaded(answer: SeriesAnswer): void {
    this.book.load(answer);
    this.historyFailure.set(null);
    this.loading.set(false);
    this.changed();
    const wait = reloadAfter(this.chosenRange());
    if (wait === null) return;
    this.reload = setTimeout(() => this.refresh(), wait);
  }

  private expectBacklog(): void {
    this.backlog.forEach(clearTimeout);
    this.backlog = BACKLOG_WAITS.map((wait) => setTimeout(() => this.refresh(), wait));
  }

  /** Asks for history anew, but for what somebody has stopped to look at. */
  private refresh(): void {
    if (this.pausedAt() === null) this.loadHistory();
  }

  private leftEdge({ from }: TimeWindow): number {
    return from - this.chosenRange().span * MARGIN;
  }

  private changed(): void {
    this.revision.update((revision) => revision + 1);
  }

  private leave(): void {
    clearTimeout(this.reload);
    this.backlog.forEach(clearTimeout);
    this.request?.unsubscribe();
    this.unwatch?.();
    this.unwatch = null;
  }
}

function withCard(host: HostSummary, card: HostCard): HostSummary {
  const { name, status, tags, lastSeen, clockOffset, interval } = card;
  return { ...host, name, status, tags: [...tags], lastSeen, clockOffset, interval };
}
