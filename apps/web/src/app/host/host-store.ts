import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type {
  HostCard,
  HostSnapshot,
  HostSummary,
  HostUpdate,
  MetricId,
  SeriesAnswer,
} from '@hostdeck/contracts';
import type { Observable } from 'rxjs';
import { HubApi } from '../api/hub-api';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { CHART_METRICS } from './chart-list';
import { eventMarks } from './event-marks';
import { HistoryFeed } from './history-feed';
import { HostEvents } from './host-events';
import { type LatestValue, SeriesBook, type SeriesData } from './series-book';
import {
  DEFAULT_RANGE,
  POINTS,
  redrawEvery,
  reloadAfter,
  type TimeRange,
  type TimeWindow,
} from './time-range';

/** Without a frame for this many intervals, and at least `LEAST_SILENCE` ms, the charts move on with the clock. */
const SILENT_INTERVALS = 5;
const LEAST_SILENCE = 10_000;
/** Steps the charts move in while there are no frames, ms. */
const SILENT_STEP = 5_000;
/** History kept beyond the left edge, as a share of the range: lines run out of the picture, not into its edge. */
const MARGIN = 0.02;

/** One host as its page shows it: facts, and its series as history with the live frames after it. One per page. */
@Injectable()
export class HostStore {
  private readonly api = inject(HubApi);
  private readonly clock = inject(HubClock);
  private readonly connection = inject(LiveConnection);
  private readonly events = inject(HostEvents);

  private readonly book = new SeriesBook();
  private readonly history = new HistoryFeed({
    ask: () => this.askHistory(),
    take: (answer) => this.takeHistory(answer),
    mayRefresh: () => this.pausedAt() === null,
  });
  private readonly revision = signal(0);
  private readonly frames = signal(0);
  private readonly known = signal<HostSummary | null>(null);
  private readonly refusal = signal<string | null>(null);
  private readonly chosenRange = signal<TimeRange>(DEFAULT_RANGE);
  private readonly fixedWindow = signal<TimeWindow | null>(null);
  private readonly pausedAt = signal<TimeWindow | null>(null);
  private readonly chosen = signal<TimeWindow | null>(null);
  private hostId = '';
  private unwatch: (() => void) | null = null;
  private drawnAt = 0;

  /** `null` before the first answer. */
  readonly host = this.known.asReadonly();
  /** Why there is no host to show; `null` when there is one. */
  readonly refused = this.refusal.asReadonly();
  /** Why the history is missing; `null` when it is there. */
  readonly historyError = this.history.failure;
  /** Whether the first history of this range is still on its way. */
  readonly historyLoading = this.history.loading;
  /** Whether the host was cut off, and what it kept meanwhile is coming in. */
  readonly catchingUp = computed(
    () => this.known()?.status === 'catching_up' || this.history.filling(),
  );
  readonly range = this.chosenRange.asReadonly();
  /** The part of time that was zoomed into; `null` while the newest data is followed. */
  readonly fixed = this.fixedWindow.asReadonly();
  readonly paused = computed(() => this.pausedAt() !== null);
  /** The host's clock now; moves once a second. */
  readonly hostNow = computed(() => this.clock.now() + this.clockOffset());
  /** The host's clock minus the hub's as far as it is known, ms. */
  readonly clockOffset = computed(() => this.known()?.clockOffset ?? 0);

  /** What stands in every chart besides its lines. */
  readonly marks = computed(() => ({
    ...eventMarks(this.events.shown() ?? [], this.clockOffset()),
    chosen: this.chosen(),
  }));

  /** What the charts show now. */
  readonly window = computed<TimeWindow>(
    () => this.fixedWindow() ?? this.pausedAt() ?? this.following(),
    { equal: (a, b) => a.from === b.from && a.to === b.to },
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  /** Shows a host from now on. */
  open(hostId: string): void {
    this.leave();
    this.hostId = hostId;
    this.known.set(null);
    this.refusal.set(null);
    this.events.open(hostId);
    this.unwatch = this.connection.watchHost(hostId, {
      snapshot: (snapshot) => this.take(snapshot),
      update: (update) => this.merge(update),
      refused: ({ message }) => this.refusal.set(message),
    });
  }

  /** Changes what the charts show: a fixed part of time, or where that is `null` the newest data, as far back as `range` says. */
  show(range: TimeRange, fixed: TimeWindow | null): void {
    const before = this.fixedWindow();
    const same = before?.from === fixed?.from && before?.to === fixed?.to;
    if (same && (fixed !== null || range.key === this.chosenRange().key)) {
      this.chosenRange.set(range);
      return;
    }
    this.chosenRange.set(range);
    this.fixedWindow.set(fixed);
    this.pausedAt.set(null);
    if (this.known() === null) return;
    this.history.restart();
    this.askEvents();
  }

  pause(): void {
    this.pausedAt.set(this.window());
  }

  follow(): void {
    this.pausedAt.set(null);
  }

  /** Marks the time that somebody asks about in every chart. */
  choose(time: TimeWindow | null): void {
    this.chosen.set(time);
  }

  /** Asks for the history again after it failed. */
  retryHistory(): void {
    this.history.load();
    this.askEvents();
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

  /** The newest values of a metric; follows every frame. */
  latest(metric: MetricId): readonly LatestValue[] {
    this.frames();
    return this.book.latest(metric);
  }

  /** Time one point of the series stands for, ms; `null` where a point is one sample. */
  step(): number | null {
    this.revision();
    return this.book.step;
  }

  /** Longest time between two points that still belong together, ms; what lies further apart is a gap. */
  gapAfter(): number {
    return Math.max(1.5 * (this.step() ?? 0), this.longestPause());
  }

  /** Longest time between two frames of a host that was not cut off, ms. */
  private longestPause(): number {
    return 2.5 * (this.known()?.interval ?? 0);
  }

  private following(): TimeWindow {
    this.frames();
    const { span } = this.chosenRange();
    const now = this.hostNow();
    const last = this.book.lastTime;
    const silence = Math.max(LEAST_SILENCE, SILENT_INTERVALS * (this.known()?.interval ?? 0));
    const current = last !== null && now - last < silence;
    const step = this.step();
    const to =
      step === null
        ? current
          ? last
          : Math.floor(now / SILENT_STEP) * SILENT_STEP
        : Math.ceil((current ? last : now) / redrawEvery(step)) * redrawEvery(step);
    return { from: to - span, to };
  }

  private take({ host, layout, last }: HostSnapshot): void {
    // Not the first one: the connection was lost in between, maybe because the hub was away from everybody.
    const again = this.known() !== null;
    this.known.set(host);
    this.refusal.set(null);
    if (layout !== null) this.book.setLayout(layout);
    if (last !== null) this.book.append([last]);
    if (again) this.history.expectBacklog(this.book.lastTime ?? this.hostNow());
    this.redraw();
    this.history.load();
    this.askEvents();
  }

  private merge(update: HostUpdate): void {
    if (update.layout !== undefined) this.book.setLayout(update.layout);
    if (update.layoutNumber !== this.book.layoutNumber) {
      this.connection.rewatchHost(this.hostId);
      return;
    }
    const before = this.book.lastTime;
    const caughtUp = this.known()?.status === 'catching_up';
    this.known.update((host) => (host === null ? null : withCard(host, update.card)));
    this.book.append(update.frames);
    if (update.events !== undefined) this.events.add(update.events);
    const after = update.frames[0]?.[0] ?? null;
    const jumped = before !== null && after !== null && after - before > this.longestPause();
    const catchesUp = update.card.status === 'catching_up';
    if (jumped || catchesUp !== caughtUp) this.history.expectBacklog(after ?? this.hostNow());
    if (this.fixedWindow() === null && this.pausedAt() === null) this.book.trim(this.leftEdge());
    this.frames.update((frames) => frames + 1);
    const wait = redrawEvery(this.book.step ?? 0);
    if (Date.now() - this.drawnAt >= wait) this.redraw();
  }

  private askHistory(): Observable<SeriesAnswer> {
    const fixed = this.fixedWindow();
    const tailStart = this.book.restartTail(fixed?.to ?? Infinity);
    // A window that moves in large steps may be ahead of what is shown when the answer is there.
    const span = this.chosenRange().span * (1 + MARGIN);
    const from = Math.min(this.leftEdge(), fixed === null ? this.hostNow() - span : Infinity);
    return this.api.series({
      hostId: this.hostId,
      metrics: CHART_METRICS,
      from: Math.max(0, Math.floor(from)),
      // Times are whole ms: up to just before the tail begins.
      to: tailStart === null ? Math.ceil(this.window().to) : tailStart - 1,
      maxPoints: POINTS,
    });
  }

  private takeHistory(answer: SeriesAnswer): number | null {
    this.book.load(answer, this.known()?.interval ?? answer.step);
    this.redraw();
    return this.fixedWindow() === null ? reloadAfter(this.chosenRange(), answer.step) : null;
  }

  private askEvents(): void {
    const { from } = this.window();
    const to = this.fixedWindow()?.to ?? null;
    const offset = this.clockOffset();
    this.events.show({
      from: Math.max(0, Math.floor(from - offset)),
      to: to === null ? null : Math.ceil(to - offset),
    });
  }

  private leftEdge(): number {
    const { from, to } = this.window();
    return from - (to - from) * MARGIN;
  }

  /** Everything that has come is to be drawn. */
  private redraw(): void {
    this.drawnAt = Date.now();
    this.frames.update((frames) => frames + 1);
    this.revision.update((revision) => revision + 1);
  }

  private leave(): void {
    this.history.stop();
    this.unwatch?.();
    this.unwatch = null;
  }
}

function withCard(host: HostSummary, card: HostCard): HostSummary {
  const { name, status, tags, lastSeen, clockOffset, interval } = card;
  return { ...host, name, status, tags: [...tags], lastSeen, clockOffset, interval };
}
