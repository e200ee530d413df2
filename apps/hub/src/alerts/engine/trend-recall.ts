import { METRICS, parseSeriesKey, type Series } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { HistoryStore } from '../../history/history-store';
import { chooseStep } from '../../history/step';
import { meanOf } from '../../history/steps';
import type { Host } from '../../hosts/host';
import { LOGGER, type Logger } from '../../logging/logger';
import { judgeOf, type Judge, type MetricCondition } from '../evaluation/judges';
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

  /** A judge for every series of the condition that the host had within its window. Never rejects: without it the window fills by itself. */
  async judgesOf(host: Host, condition: MetricCondition): Promise<RecalledJudge[]> {
    if (!('window' in condition)) return [];
    const now = this.now();
    const offset = host.clockOffset ?? 0;
    const span = { from: Math.max(0, now + offset - condition.window), to: now + offset };
    const step = chooseStep(span, POINTS, this.store.finestStep(span.from, now));
    try {
      const found = await this.store.buckets({ host: host.key, ...span }, step, (key) => {
        const series = parseSeriesKey(key);
        return series !== null && matches(condition, series);
      });
      return [...found].flatMap(([key, buckets]) => {
        const series: Series | null = parseSeriesKey(key);
        if (series === null) return [];
        const { resolution } = METRICS[series.metric];
        const judge = judgeOf(condition);
        for (const bucket of [...buckets.values()].sort((one, other) => one.start - other.start)) {
          const at = bucket.start + step / 2 - offset;
          if (at < now) judge.judge(meanOf(bucket, resolution), at);
        }
        return [{ series: key, judge }];
      });
    } catch (error) {
      this.logger.warn({ err: error, host: host.id }, 'what a rule looks back on cannot be read');
      return [];
    }
  }
}
