import { isDeepStrictEqual } from 'node:util';
import { HOSTDECK_VERSION, isWorse, type HostAlerts, type Severity } from '@hostdeck/contracts';
import type { Host, HostFrame } from '../../hosts/host';
import type { SeriesLayout } from '../../schemas/layout';
import { eventsOf, hostSignal } from '../evaluation/host-signals';
import { isMetricCondition, judgeOf, type Judge, type MetricCondition } from '../evaluation/judges';
import { AlertMachine, clearForOf, gapOf, type Signal } from '../evaluation/machine';
import { readValue, type Check } from '../evaluation/plan';
import type { EffectiveRule } from '../rules/effective-rule';
import { FrameLag } from './frame-lag';
import { Profile, type TrendRule } from './rule-book';
import { trackerKey, type Tracker } from './tracker';

/** What a watch tells of its trackers. */
export interface WatchListener {
  fired(host: Host, tracker: Tracker, value: number | null): void;
  resolved(host: Host, tracker: Tracker, reason: string | null): void;
  /** It was pending, and is well again. */
  calmed(tracker: Tracker): void;
  /** It has begun to be pending. */
  began(tracker: Tracker): void;
}

/** A series of which nothing was known for this long while its host was heard of does not fire any more, ms. */
const GONE_AFTER = 600_000;
/** A judge of a condition that knows what was. */
interface RecalledCheck {
  readonly condition: MetricCondition;
  readonly judge: Judge;
}
const NO_PROFILE = new Profile([]);

/** Evaluates the rules of one host as its frames come. */
export class HostWatch {
  readonly trackers = new Map<string, Tracker>();
  /** Whether a frame has come since the hub began to listen. */
  isHeard = false;
  /** Whether the agent said it restarts, and no frame has come since. */
  isRestartAnnounced = false;
  /** When the last frame came. */
  private heardAt = -Infinity;
  private profile = NO_PROFILE;
  private layout: SeriesLayout | null = null;
  private checks: readonly Check[] = [];
  private judges: Judge[] = [];
  /** Trackers of the checks, by place. */
  private slots: (Tracker | null)[] = [];
  /** Judges that know what was, by the key of their tracker, until there are frames for them. */
  private readonly recalled = new Map<string, RecalledCheck>();
  /** Names of the rules that look back whose past was asked for. */
  private takenTrends: ReadonlySet<string> = new Set();
  private readonly lag = new FrameLag();

  constructor(
    readonly host: Host,
    private readonly listener: WatchListener,
  ) {}

  /** Takes the rules that apply now; what fires by one that does not any more is resolved. */
  follow(profile: Profile): void {
    if (profile === this.profile) return;
    this.profile = profile;
    for (const tracker of this.trackers.values()) {
      const rule = profile.rules.find(({ id }) => id === tracker.rule.id);
      if (rule === undefined) this.drop(tracker, 'the rule does not apply any more');
      else tracker.rule = rule;
    }
    this.bind(this.layout);
  }

  /** Takes a frame that has just been sampled. Costs one comparison a check; the database is not asked. */
  take({ at, values, layout }: HostFrame, now: number): void {
    this.isHeard = true;
    this.isRestartAnnounced = false;
    const gap = gapOf(this.host.interval);
    if (now - this.heardAt > gap) this.forgiveSilence(now);
    this.heardAt = now;
    if (!this.lag.isCurrent(at, now, this.host.interval)) return;
    if (layout !== this.layout) this.bind(layout);
    for (let place = 0; place < this.checks.length; place += 1) {
      const check = this.checks[place];
      const judge = this.judges[place];
      if (check === undefined || judge === undefined) continue;
      const value = readValue(values, check.places);
      const signal = judge.judge(value, now);
      const tracker = this.slots[place] ?? null;
      if (tracker === null && signal !== 'bad') continue;
      const { rule, series } = check;
      const current = tracker ?? this.begin(rule, series, now);
      // That a value is missing is something, too.
      if (value !== null || signal === 'bad') current.lastKnownAt = now;
      if (signal === 'bad') current.machine.value = judge.measure(value);
      this.slots[place] = this.step(current, signal, { at: now, gap }) ? current : null;
    }
  }

  /** Judges the host as a whole: its status, its clock, its agent. */
  judge(now: number): void {
    const { host } = this;
    const evidence = {
      status: host.status,
      isHeard: this.isHeard,
      clockOffset: host.clockOffset,
      agentVersion: host.facts?.agentVersion ?? null,
    };
    for (const { rule, condition } of this.profile.hostRules) {
      const signal = hostSignal(condition, evidence, HOSTDECK_VERSION);
      const tracker = this.trackers.get(trackerKey(rule.id, condition.kind)) ?? null;
      if (tracker === null && signal !== 'bad') continue;
      const current = tracker ?? this.begin(rule, condition.kind, now);
      current.lastKnownAt = now;
      if (signal === 'bad') {
        current.machine.value = condition.kind === 'clock_off' ? host.clockOffset : null;
      }
      this.step(current, signal, { at: now, gap: Infinity });
    }
  }

  /** Something happened to the host: what is about such events fires, or goes on firing. */
  noteEvent(kind: string, now: number): void {
    for (const { rule, condition } of this.profile.hostRules) {
      if (!(eventsOf(condition) ?? []).some((one) => one === kind)) continue;
      const tracker =
        this.trackers.get(trackerKey(rule.id, condition.kind)) ??
        this.begin(rule, condition.kind, now);
      tracker.lastKnownAt = now;
      // It has happened: there is nothing to wait for.
      tracker.machine.since = now - rule.for;
      this.step(tracker, 'bad', { at: now, gap: Infinity });
    }
  }

  /** Looks at what time alone decides. */
  sweep(now: number): void {
    if (this.trackers.size === 0) return;
    // Conditions about values are judged when values come.
    if (this.isAnyAboutHost()) this.judge(now);
    if (this.host.status !== 'live') return;
    for (const tracker of this.trackers.values()) {
      if (now - tracker.lastKnownAt > GONE_AFTER)
        this.drop(tracker, 'there are no values any more');
    }
  }

  /** Takes a tracker from before the hub was started. */
  restore(tracker: Tracker): void {
    this.trackers.set(tracker.key, tracker);
    this.slots = this.checks.map((check) => this.trackerOf(check));
  }

  /** The rules of this host that look back and were not taken before. */
  takeTrendRules(): TrendRule[] {
    const { trendRules } = this.profile;
    const taken = trendRules.filter(({ name }) => !this.takenTrends.has(name));
    this.takenTrends = new Set(trendRules.map(({ name }) => name));
    return taken;
  }

  /** Takes a judge that knows what was, in place of one that has just begun. */
  recall(ruleId: string, series: string, recalled: RecalledCheck): void {
    const key = trackerKey(ruleId, series);
    const place = this.checks.findIndex((check) => keyOf(check) === key);
    const check = this.checks[place];
    if (check === undefined) this.recalled.set(key, recalled);
    else if (isDeepStrictEqual(check.condition, recalled.condition)) {
      this.judges[place] = recalled.judge;
    }
  }

  /** Ends everything. */
  end(reason: string): void {
    for (const tracker of this.trackers.values()) this.drop(tracker, reason);
  }

  /** What fires now; `null` when nothing does. */
  get summary(): HostAlerts | null {
    let worst: Severity | null = null;
    let count = 0;
    for (const { machine, rule } of this.trackers.values()) {
      if (machine.phase !== 'firing') continue;
      count += 1;
      if (worst === null || isWorse(rule.severity, worst)) worst = rule.severity;
    }
    return worst === null ? null : { worst, count };
  }

  /** Time in which nothing was heard of the host is none in which a series had no value. */
  private forgiveSilence(now: number): void {
    for (const tracker of this.trackers.values()) tracker.lastKnownAt = now;
  }

  private isAnyAboutHost(): boolean {
    for (const { rule } of this.trackers.values()) {
      if (!isMetricCondition(rule.condition)) return true;
    }
    return false;
  }

  private bind(layout: SeriesLayout | null): void {
    // Hosts have hundreds of checks, few of which remember anything.
    const known = new Map(
      this.checks.flatMap((check, place) => (check.judge === null ? [[keyOf(check), place]] : [])),
    );
    const before = { checks: this.checks, judges: this.judges };
    this.layout = layout;
    this.checks = layout === null ? [] : this.profile.planOf(layout);
    this.judges = this.checks.map((check) => {
      if (check.judge !== null) return check.judge;
      const place = known.get(keyOf(check)) ?? -1;
      // What a judge remembers is of use as long as the condition is the same.
      const isSame = isDeepStrictEqual(before.checks[place]?.condition, check.condition);
      const kept = isSame ? before.judges[place] : undefined;
      return kept ?? this.takeRecalled(check) ?? judgeOf(check.condition);
    });
    this.slots = this.checks.map((check) => this.trackerOf(check));
  }

  private takeRecalled(check: Check): Judge | null {
    const recalled = this.recalled.get(keyOf(check));
    if (recalled === undefined) return null;
    this.recalled.delete(keyOf(check));
    return isDeepStrictEqual(recalled.condition, check.condition) ? recalled.judge : null;
  }

  private trackerOf(check: Check): Tracker | null {
    if (this.trackers.size === 0) return null;
    return this.trackers.get(keyOf(check)) ?? null;
  }

  private begin(rule: EffectiveRule, series: string, at: number): Tracker {
    const tracker: Tracker = {
      key: trackerKey(rule.id, series),
      hostId: this.host.id,
      rule,
      series,
      machine: new AlertMachine(at),
      lastKnownAt: at,
      alertId: null,
      isPlaced: false,
      isStored: false,
    };
    this.trackers.set(tracker.key, tracker);
    this.listener.began(tracker);
    return tracker;
  }

  /** @returns whether the tracker goes on */
  private step(
    tracker: Tracker,
    signal: Signal,
    { at, gap }: { readonly at: number; readonly gap: number },
  ): boolean {
    const { rule, machine } = tracker;
    const timing = { for: rule.for, clearFor: clearForOf(rule), gap };
    switch (machine.step(signal, at, timing)) {
      case null:
        return true;
      case 'fired':
        this.listener.fired(this.host, tracker, machine.value);
        return true;
      case 'calmed':
        this.trackers.delete(tracker.key);
        this.listener.calmed(tracker);
        return false;
      case 'resolved':
        this.trackers.delete(tracker.key);
        this.listener.resolved(this.host, tracker, null);
        return false;
    }
  }

  private drop(tracker: Tracker, reason: string): void {
    this.trackers.delete(tracker.key);
    this.slots = this.slots.map((slot) => (slot === tracker ? null : slot));
    if (tracker.machine.phase === 'firing') this.listener.resolved(this.host, tracker, reason);
    else this.listener.calmed(tracker);
  }
}

function keyOf({ rule, series }: Check): string {
  return trackerKey(rule.id, series);
}
