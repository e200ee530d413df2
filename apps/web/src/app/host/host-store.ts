import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type {
  HostSnapshot,
  HostSummary,
  HostUpdate,
  Layout,
  MetricId,
  SeriesAnswer,
} from '@hostdeck/contracts';
import type { Observable, Subscription } from 'rxjs';
import { HubApi } from '../api/hub-api';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { cardFacts } from './card-facts';
import { CHART_METRICS } from './chart-list';
import { eventMarks } from './event-marks';
import { followingWindow } from './following-window';
import { HistoryFeed } from './history-feed';
import { HostEvents } from './host-events';
import { NeededMetrics } from './needed-metrics';
import { askSeries } from './series-question';
import { type LatestValue, SeriesBook, type SeriesData } from './series-book';
import { ShownTime } from './shown-time';
import { POINTS, redrawEvery, reloadAfter, type TimeRange, type TimeWindow } from './time-range';

/** One host as its page shows it: facts, and its series as history with the live frames after it. One per page. */
@Injectable()
export class HostStore {
  private readonly api = inject(HubApi);
  private readonly clock = inject(HubClock);
  private readonly connection = inject(LiveConnection);
  private readonly events = inject(HostEvents);

  private book = new SeriesBook();
  private readonly history = new HistoryFeed({
    ask: () => this.askHistory(),
    take: (answer) => this.takeHistory(answer),
    mayRefresh: () => !this.time.paused(),
  });
  private readonly revision = signal(0);
  private readonly frames = signal(0);
  private readonly known = signal<HostSummary | null>(null);
  private readonly refusal = signal<string | null>(null);
  private readonly time = new ShownTime((span) => this.following(span));
  private readonly chosen = signal<TimeWindow | null>(null);
  private readonly layouts = signal(0);
  private hostId = '';
  private readonly needed = new NeededMetrics(CHART_METRICS, (missing) => this.askMissing(missing));
  private supplement: Subscription | null = null;
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
  readonly range = this.time.range;
  /** The part of time that was zoomed into; `null` while the newest data is followed. */
  readonly fixed = this.time.fixed;
  readonly paused = this.time.paused;
  /** The host's clock now; moves once a second. */
  readonly hostNow = computed(() => this.clock.now() + this.clockOffset());
  /** The host's clock minus the hub's as far as it is known, ms. */
  readonly clockOffset = computed(() => this.known()?.clockOffset ?? 0);

  /** Metrics that the host has now. */
  readonly metrics = computed<ReadonlySet<MetricId>>(() => {
    this.layouts();
    return this.book.metrics();
  });

  /** What stands in every chart besides its lines. */
  readonly marks = computed(() => ({
    ...eventMarks(this.events.shown() ?? [], this.clockOffset()),
    chosen: this.chosen(),
  }));

  /** What the charts show now. */
  readonly window = this.time.window;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  /** Shows a host from now on. */
  open(hostId: string): void {
    this.leave();
    this.hostId = hostId;
    this.known.set(null);
    this.refusal.set(null);
    // The page may have shown another host: nothing of that one is left.
    this.book = new SeriesBook();
    this.layouts.update((layouts) => layouts + 1);
    this.redraw();
    this.needed.reset();
    this.events.open(hostId);
    this.unwatch = this.connection.watchHost(hostId, {
      snapshot: (snapshot) => this.take(snapshot),
      update: (update) => this.merge(update),
      refused: ({ message }) => this.refusal.set(message),
    });
  }

  /** Changes what the charts show: a fixed part of time, or where that is `null` the newest data, as far back as `range` says. */
  show(range: TimeRange, fixed: TimeWindow | null): void {
    if (!this.time.show(range, fixed) || this.known() === null) return;
    this.history.restart();
    this.askEvents();
  }

  /** Lets the charts stand still. @param to their right edge, ms since the epoch; absent: where it is now */
  pause(to = this.window().to): void {
    const known = this.time.leftEdge();
    this.time.pause(to);
    // An address may say a moment that lies further back than what has been asked for.
    if (this.window().from < known && this.known() !== null) this.history.restart();
  }

  follow(): void {
    this.time.follow();
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

  /** Brings in the history of metrics that nobody has looked at so far. */
  need(metrics: readonly MetricId[]): void {
    this.needed.add(metrics);
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

  private following(span: number): TimeWindow {
    this.frames();
    return followingWindow({
      span,
      now: this.hostNow(),
      last: this.book.lastTime,
      step: this.step(),
      interval: this.known()?.interval ?? 0,
    });
  }

  private take({ host, layout, last }: HostSnapshot): void {
    // Not the first one: the connection was lost in between, maybe because the hub was away from everybody.
    const again = this.known() !== null;
    this.known.set(host);
    this.refusal.set(null);
    if (layout !== null) this.setLayout(layout);
    if (last !== null) this.book.append([last]);
    if (again) this.history.expectBacklog(this.book.lastTime ?? this.hostNow());
    this.redraw();
    this.history.load();
    this.askEvents();
  }

  private merge(update: HostUpdate): void {
    if (update.layout !== undefined) this.setLayout(update.layout);
    if (update.layoutNumber !== this.book.layoutNumber) {
      this.connection.rewatchHost(this.hostId);
      return;
    }
    const before = this.book.lastTime;
    const caughtUp = this.known()?.status === 'catching_up';
    this.known.update((host) => (host === null ? null : { ...host, ...cardFacts(update.card) }));
    this.book.append(update.frames);
    if (update.events !== undefined) this.events.add(update.events);
    const after = update.frames[0]?.[0] ?? null;
    const jumped = before !== null && after !== null && after - before > this.longestPause();
    const catchesUp = update.card.status === 'catching_up';
    if (jumped || catchesUp !== caughtUp) this.history.expectBacklog(after ?? this.hostNow());
    if (this.time.follows()) this.book.trim(this.time.leftEdge());
    this.frames.update((frames) => frames + 1);
    if (Date.now() - this.drawnAt >= redrawEvery(this.book.step ?? 0)) this.redraw();
  }

  private askHistory(): Observable<SeriesAnswer> {
    const tailStart = this.book.restartTail(this.fixed()?.to ?? Infinity);
    // All that is needed is in this question.
    this.supplement?.unsubscribe();
    return this.question(this.needed.all(), tailStart);
  }

  private askMissing(metrics: ReadonlySet<MetricId>): void {
    // The first question is still to come, with them in it.
    if (this.known() === null) return;
    if (this.history.loading()) {
      // It is on its way, without them.
      this.history.load();
      return;
    }
    this.supplement = this.question([...metrics], this.book.tailStart).subscribe({
      next: (answer) => {
        const interval = this.known()?.interval ?? answer.step;
        if (this.book.extend(answer, interval, metrics)) this.redraw();
        else this.history.load();
      },
      // Asked for with everything else, it fails where people see it, or does not.
      error: () => this.history.load(),
    });
  }

  /** @param tailStart where the live frames begin, which is where the history ends; `null` where there are none */
  private question(
    metrics: readonly MetricId[],
    tailStart: number | null,
  ): Observable<SeriesAnswer> {
    // Times are whole ms: up to just before the tail begins.
    const to = tailStart === null ? Math.ceil(this.window().to) : tailStart - 1;
    const from = Math.min(Math.floor(this.time.neededFrom(this.hostNow())), to - 1);
    return askSeries(this.api, metrics, {
      hostId: this.hostId,
      from: Math.max(0, from),
      to,
      maxPoints: POINTS,
    });
  }

  private takeHistory(answer: SeriesAnswer): number | null {
    this.book.load(answer, this.known()?.interval ?? answer.step);
    this.redraw();
    return this.fixed() === null ? reloadAfter(this.range(), answer.step) : null;
  }

  private askEvents(): void {
    const { from } = this.window();
    const to = this.fixed()?.to ?? null;
    const offset = this.clockOffset();
    this.events.show({
      from: Math.max(0, Math.floor(from - offset)),
      to: to === null ? null : Math.ceil(to - offset),
    });
  }

  /** Everything that has come is to be drawn. */
  private redraw(): void {
    this.drawnAt = Date.now();
    this.frames.update((frames) => frames + 1);
    this.revision.update((revision) => revision + 1);
  }

  private setLayout(layout: Layout): void {
    this.book.setLayout(layout);
    this.layouts.update((layouts) => layouts + 1);
  }

  private leave(): void {
    this.history.stop();
    this.supplement?.unsubscribe();
    this.unwatch?.();
    this.unwatch = null;
  }
}
