import type { HostEvent } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import type { AlertStatesTable } from '../../database/alert-tables';
import { eventText, type WithoutText } from '../../events/event-text';
import { HeartbeatRepository } from '../../events/heartbeat.repository';
import type { Host } from '../../hosts/host';
import { HostsService } from '../../hosts/hosts.service';
import { AlertMachine } from '../evaluation/machine';
import { applyOverrides } from '../rules/effective-rule';
import { RulesService } from '../rules/rules.service';
import { alertText } from '../words/alert-text';
import { HostWatch, type WatchListener } from './host-watch';
import { RuleBook } from './rule-book';
import { StatesRepository, type StateChanges } from './states.repository';
import { TrendRecall } from './trend-recall';
import { trackerKey, type Tracker, type Transition } from './tracker';

/** What is pending for a shorter time is not stored: it has not got far, and most of it is well again in a moment. In ms. */
const STORE_PENDING_AFTER = 5_000;

/** Evaluates the rules on the stream of frames, and gathers what came of it for the incidents. */
@Injectable()
export class AlertEngine implements WatchListener {
  private book = new RuleBook([]);
  private readonly watches = new Map<Host, HostWatch>();
  /** States from before the hub was started, by host id, until the host is known. */
  private readonly stored = new Map<string, Tracker[]>();
  private transitions: Transition[] = [];
  private readonly changed = new Set<Tracker>();
  private readonly over = new Set<Tracker>();
  /** What the last event of a host said. */
  private readonly eventTexts = new Map<Host, string>();
  private isStopped = false;
  /** Called when there is something for the incidents. */
  wake: () => void = () => undefined;

  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(StatesRepository) private readonly states: StatesRepository,
    @Inject(HeartbeatRepository) private readonly heartbeat: HeartbeatRepository,
    @Inject(TrendRecall) private readonly trends: TrendRecall,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    const { events } = hosts;
    events.on('frame', (host, frame) => this.watchOf(host).take(frame, this.now()));
    events.on('changed', (host) => this.look(host));
    events.on('noted', (host, event) => this.noteEvent(host, event));
    events.on('removed', (host) => this.forget(host));
    events.on('absent', () => {
      for (const watch of this.watches.values()) watch.isHeard = false;
    });
    rules.events.on('changed', () => this.useRules());
  }

  /** Learns the rules and what was pending or firing when the hub stopped. Before the hosts are judged. */
  async start(): Promise<void> {
    await this.rules.load();
    this.book = new RuleBook(this.rules.all());
    const lastSign = (await this.heartbeat.lastSign()) ?? this.now();
    for (const row of await this.states.all()) {
      const tracker = this.restored(row, lastSign);
      if (tracker === null) continue;
      this.stored.set(row.host, [...(this.stored.get(row.host) ?? []), tracker]);
    }
  }

  /** Lets the rules that look back know what was, host by host; those that do already are left alone. */
  async recallTrends(): Promise<void> {
    for (const [host, watch] of [...this.watches]) {
      if (this.isStopped) return;
      const rules = watch.takeTrendRules();
      if (rules.length === 0) continue;
      const judges = await this.trends.judgesOf(
        host,
        rules.map(({ condition }) => condition),
      );
      for (const { ruleId, condition } of rules) {
        for (const { series, judge } of judges.get(condition) ?? []) {
          watch.recall(ruleId, series, { condition, judge });
        }
      }
    }
  }

  /** Reads nothing more. */
  stop(): void {
    this.isStopped = true;
  }

  /** Looks at what time alone decides. */
  sweep(): void {
    const now = this.now();
    for (const watch of this.watches.values()) watch.sweep(now);
  }

  /** Takes what has fired or been resolved since the last call. */
  takeTransitions(): Transition[] {
    const { transitions } = this;
    this.transitions = [];
    return transitions;
  }

  /**
   * Takes what is to be stored beside the incidents.
   *
   * @param placed alerts that are in an incident which is stored with it
   * @param all also what has been pending for a short time
   */
  takeStates(placed: ReadonlySet<Tracker>, all: boolean): StateChanges {
    const now = this.now();
    const kept: Tracker[] = [];
    for (const tracker of this.changed) {
      const { machine } = tracker;
      const isReady =
        machine.phase === 'firing'
          ? tracker.isPlaced || placed.has(tracker)
          : all || now - machine.since >= STORE_PENDING_AFTER;
      if (!isReady) continue;
      kept.push(tracker);
      // Also when writing it fails: to delete what is not there does no harm.
      tracker.isStored = true;
      this.changed.delete(tracker);
    }
    const over = [...this.over];
    this.over.clear();
    return { kept, over };
  }

  /** Takes states back that could not be stored. */
  putBack({ kept, over }: StateChanges): void {
    for (const tracker of kept) {
      const current = this.trackerOf(tracker.hostId, tracker.key);
      if (current === tracker) this.changed.add(tracker);
    }
    for (const tracker of over) this.over.add(tracker);
  }

  /** Whether an alert fires, by the key of its tracker. */
  isFiring(hostId: string, key: string): boolean {
    return this.trackerOf(hostId, key)?.machine.phase === 'firing';
  }

  /** Every tracker of an alert that fires. */
  firing(): Tracker[] {
    const found: Tracker[] = [];
    for (const { trackers } of this.watches.values()) {
      for (const tracker of trackers.values()) {
        if (tracker.machine.phase === 'firing') found.push(tracker);
      }
    }
    return found;
  }

  fired(host: Host, tracker: Tracker, value: number | null): void {
    tracker.alertId = newId();
    this.changed.add(tracker);
    this.tell('fired', host, { tracker, value });
  }

  resolved(host: Host, tracker: Tracker, reason: string | null): void {
    this.end(tracker);
    this.tell('resolved', host, { tracker, value: tracker.machine.value, reason });
  }

  began(tracker: Tracker): void {
    this.changed.add(tracker);
  }

  calmed(tracker: Tracker): void {
    this.end(tracker);
  }

  private end(tracker: Tracker): void {
    this.changed.delete(tracker);
    if (tracker.isStored) this.over.add(tracker);
  }

  private tell(
    kind: Transition['kind'],
    host: Host,
    what: { tracker: Tracker; value: number | null; reason?: string | null },
  ): void {
    const { tracker, value, reason } = what;
    const { alertId, rule, series } = tracker;
    if (alertId === null) return;
    const text =
      reason ??
      alertText({
        rule,
        series,
        value,
        hostName: host.name,
        tags: host.tags,
        eventText: this.eventTexts.get(host),
      });
    this.transitions.push({
      kind,
      tracker,
      alertId,
      hostName: host.name,
      at: this.now(),
      value,
      text,
    });
    // One that was removed has no card any more.
    if (this.hosts.find(host.id) === host) {
      this.hosts.showAlerts(host, this.watchOf(host).summary);
    }
    this.wake();
  }

  private look(host: Host): void {
    const watch = this.watchOf(host);
    if (host.status === 'restarting') watch.isRestartAnnounced = true;
    watch.follow(this.book.profileOf(host));
    watch.judge(this.now());
  }

  private noteEvent(host: Host, event: WithoutText<HostEvent>): void {
    if (event.kind === 'status') return;
    const watch = this.watchOf(host);
    // It said that it would be back: that is planned, and nobody's concern.
    if (event.kind === 'rebooted' && watch.isRestartAnnounced) return;
    this.eventTexts.set(host, eventText(event));
    watch.noteEvent(event.kind, this.now());
    this.eventTexts.delete(host);
  }

  private forget(host: Host): void {
    this.watches.get(host)?.end('the host was removed');
    this.watches.delete(host);
  }

  private useRules(): void {
    this.book = new RuleBook(this.rules.all());
    for (const [host, watch] of this.watches) {
      watch.follow(this.book.profileOf(host));
      watch.judge(this.now());
    }
  }

  private watchOf(host: Host): HostWatch {
    const known = this.watches.get(host);
    if (known !== undefined) return known;
    const watch = new HostWatch(host, this);
    this.watches.set(host, watch);
    for (const tracker of this.stored.get(host.id) ?? []) watch.restore(tracker);
    this.stored.delete(host.id);
    watch.follow(this.book.profileOf(host));
    host.alerts = watch.summary;
    return watch;
  }

  private trackerOf(hostId: string, key: string): Tracker | null {
    const host = this.hosts.find(hostId);
    return host === null ? null : (this.watches.get(host)?.trackers.get(key) ?? null);
  }

  private restored(row: AlertStatesTable, lastSign: number): Tracker | null {
    const rule = this.rules.find(row.rule);
    // Where it does not apply any more, the watch finds out and resolves it.
    const effective = rule === null ? null : applyOverrides(rule, [{ ...SWITCHED_ON }]);
    if (effective === null) return null;
    const machine = new AlertMachine(row.since);
    machine.phase = row.phase;
    machine.clearSince = row.clear_since;
    machine.value = row.value;
    machine.lastKnown = lastSign;
    return {
      key: trackerKey(row.rule, row.series),
      hostId: row.host,
      rule: effective,
      series: row.series,
      machine,
      lastKnownAt: this.now(),
      alertId: row.alert,
      isPlaced: row.phase === 'firing',
      isStored: true,
    };
  }
}

const SWITCHED_ON = { target: { tag: 'any' }, enabled: true } as const;
