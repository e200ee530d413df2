import { METRICS, parseSeriesKey } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { HistoryStore } from '../../history/history-store';
import { chooseStep } from '../../history/step';
import { meanOf } from '../../history/steps';
import type { Host } from '../../hosts/host';
import { LOGGER, type Logger } from '../../logging/logger';
import { judgeOf, type Judge, type LookingBack } from '../evaluation/judges';
import { matches } from '../evaluation/plan';

/** Points of a window that are read: a trend averages what it gets in as many parts. */
const POINTS = 60;

/** A judge that knows what was, and the series it is for. */
export interface RecalledJudge {
  readonly series: string;
  readonly judge: Judge;
}

/** Reads from the history what conditions that look back have to know: after a start of the hub, and for a new rule. */
@Injectable()
export class TrendRecall {
  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Judges for every series of the conditions that the host had within their windows. What has the same window is read at once. Never
   * rejects: what cannot be read has no judges, and its window fills by itself.
   */
  async judgesOf(
    host: Host,
    conditions: readonly LookingBack[],
  ): Promise<Map<LookingBack, RecalledJudge[]>> {
    const byWindow = new Map<number, LookingBack[]>();
    for (const condition of conditions) {
      const { window } = condition;
      byWindow.set(window, [...(byWindow.get(window) ?? []), condition]);
    }
    const found = new Map<LookingBack, RecalledJudge[]>();
    for (const [window, group] of byWindow) {
      try {
        await this.read(host, window, group, found);
      } catch (error) {
        this.logger.warn({ err: error, host: host.id }, 'what a rule looks back on cannot be read');
      }
    }
    return found;
  }

  private async read(
    host: Host,
    window: number,
    conditions: readonly LookingBack[],
    found: Map<LookingBack, RecalledJudge[]>,
  ): Promise<void> {
    const now = this.now();
    const offset = host.clockOffset ?? 0;
    const span = { from: Math.max(0, now + offset - window), to: now + offset };
    const step = chooseStep(span, POINTS, this.store.finestStep(span.from, now));
    const wanted = (key: string) => {
      const series = parseSeriesKey(key);
      return series !== null && conditions.some((condition) => matches(condition, series));
    };
    const read = await this.store.buckets({ host: host.key, ...span }, step, wanted);
    for (const [key, buckets] of read) {
      const series = parseSeriesKey(key);
      if (series === null) continue;
      const { resolution } = METRICS[series.metric];
      const inOrder = [...buckets.values()].sort((one, other) => one.start - other.start);
      for (const condition of conditions) {
        if (!matches(condition, series)) continue;
        const judge = judgeOf(condition);
        for (const bucket of inOrder) {
          const at = bucket.start + step / 2 - offset;
          if (at < now) judge.judge(meanOf(bucket, resolution), at);
        }
        found.set(condition, [...(found.get(condition) ?? []), { series: key, judge }]);
      }
    }
  }
}
