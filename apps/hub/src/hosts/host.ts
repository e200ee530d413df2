import type { AgentReport, HostAlerts, HostFacts, HostStatus } from '@hostdeck/contracts';
import type { SeriesLayout } from '../schemas/layout';
import { toCardValues } from './card';
import { CardHistoryRing } from './card-history';
import { NewestFrame } from './newest-frame';
import { judgeStatus } from './status';

/** All values of one tick with what they mean. */
export interface HostFrame {
  /** Time in the frame, on the host's clock. */
  readonly at: number;
  readonly values: readonly (number | null)[];
  readonly layout: SeriesLayout;
}

/** A host as it is kept in the database. */
export interface StoredHost {
  /** Short key that history refers to. */
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly publicKey: string;
  readonly facts: HostFacts | null;
  /** Sampling interval of the agent's own configuration, ms. */
  readonly interval: number;
  readonly clockOffset: number | null;
  /** Epoch of the last hello. */
  readonly epoch: string | null;
  readonly createdAt: number;
  readonly lastSeen: number | null;
  readonly report: AgentReport | null;
}

/** What the hub knows of one host now. */
export class Host {
  readonly key: number;
  readonly id: string;
  readonly publicKey: string;
  name: string;
  tags: readonly string[];
  facts: HostFacts | null;
  /** Sampling interval of the agent's own configuration, ms. */
  ownInterval: number;
  /** What the agent said last of how it is doing; `null` until it has. */
  report: AgentReport | null;
  clockOffset: number | null;
  epoch: string | null;
  /** When it was enrolled. */
  readonly joinedAt: number;
  lastSeen: number | null;
  status: HostStatus = 'stale';
  /** Frames it had at its last hello that are not stored yet; `null` when there are none. */
  backlog: number | null = null;
  readonly history = new CardHistoryRing();
  /** What fires on it now; `null` when nothing does. */
  alerts: HostAlerts | null = null;
  private readonly newestFrame = new NewestFrame();
  private expected: number;
  private set: number;
  private lastLate: number | null = null;
  private restartingSince: number | null = null;
  private countedFrom: number;

  constructor(stored: StoredHost, hubStartedAt: number) {
    this.key = stored.key;
    this.id = stored.id;
    this.publicKey = stored.publicKey;
    this.name = stored.name;
    this.tags = stored.tags;
    this.facts = stored.facts;
    this.ownInterval = stored.interval;
    this.report = stored.report;
    this.set = stored.interval;
    this.expected = this.longestInterval;
    this.clockOffset = stored.clockOffset;
    this.epoch = stored.epoch;
    this.joinedAt = stored.createdAt;
    this.lastSeen = stored.lastSeen;
    this.countedFrom = Math.max(hubStartedAt, stored.createdAt);
  }

  /**
   * Longest time between two samples to be expected, ms: the longer of the interval set and the one in force. It grows at once, and
   * becomes shorter with the next frame: what was sampled before is not late by it.
   */
  get interval(): number {
    return Math.max(this.expected, this.longestInterval);
  }

  /** The newest frame, copied; `null` before the first. */
  get newest(): HostFrame | null {
    return this.newestFrame.read();
  }

  /** What the values of the newest frame mean; `null` before the first. */
  get layout(): SeriesLayout | null {
    return this.newestFrame.layout;
  }

  /** Sets the interval the agent is told to sample at, ms. */
  setInterval(interval: number): void {
    this.expected = this.interval;
    this.set = interval;
  }

  /** Takes what the agent says of how it is doing. */
  takeReport(report: AgentReport): void {
    this.expected = this.interval;
    this.report = report;
  }

  private get longestInterval(): number {
    return Math.max(this.set, this.report?.interval ?? 0);
  }

  /** Takes a frame that has just been sampled. */
  receive(frame: HostFrame, now: number): void {
    this.expected = this.longestInterval;
    this.newestFrame.take(frame);
    this.lastSeen = now;
    this.restartingSince = null;
    this.history.add(now, toCardValues(frame.values, frame.layout));
  }

  /** Takes a frame from before: kept while the hub could not be reached. */
  receiveLate(frame: HostFrame, now: number): void {
    this.lastLate = now;
    this.addToHistory(frame, now);
  }

  /** Takes the newest frame from before the hub was started, unless a newer one has come since. */
  recallNewest(frame: HostFrame): void {
    if (this.newestFrame.layout === null) this.newestFrame.take(frame);
  }

  /** Takes another frame from before the hub was started. */
  recall(frame: HostFrame, now: number): void {
    this.addToHistory(frame, now);
  }

  /** The agent said it is back in a moment. */
  announceRestart(now: number): void {
    this.restartingSince = now;
  }

  /** The hub was away until now: the host is charged with nothing before. */
  countFrom(now: number): void {
    this.countedFrom = now;
  }

  /** Whether the status is another than before. */
  judge(now: number): boolean {
    const status = judgeStatus(
      {
        interval: this.interval,
        lastSeen: this.lastSeen,
        lastLate: this.lastLate,
        restartingSince: this.restartingSince,
        countedFrom: this.countedFrom,
      },
      now,
    );
    if (status === this.status) return false;
    this.status = status;
    return true;
  }

  private addToHistory({ at, values, layout }: HostFrame, now: number): void {
    const time = Math.min(now, at - (this.clockOffset ?? 0));
    this.history.add(time, toCardValues(values, layout));
  }
}
