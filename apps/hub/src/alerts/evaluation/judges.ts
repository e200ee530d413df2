import type { Condition, MetricId } from '@hostdeck/contracts';
import type { Signal } from './machine';
import { Trend } from './trend';

/** A condition about values of a metric. */
export type MetricCondition = Extract<Condition, { metric: MetricId }>;
/** A condition about a host as a whole. */
export type HostCondition = Exclude<Condition, MetricCondition>;

/** A condition about values of a metric over a window that ends now. */
export type LookingBack = Extract<MetricCondition, { window: number }>;

/** Whether a condition is about values of a metric. */
export function isMetricCondition(condition: Condition): condition is MetricCondition {
  return 'metric' in condition;
}

/** Whether a condition is about a window that ends now. */
export function looksBack(condition: Condition): condition is LookingBack {
  return 'window' in condition;
}

/** Says of one value after the other what it means. */
export interface Judge {
  judge(value: number | null, at: number): Signal;
  /** The number the judgement was about: the value itself, a rate, a prediction. */
  measure(value: number | null): number | null;
}

type Compare = (value: number, threshold: number) => boolean;
const isAbove: Compare = (value, threshold) => value > threshold;
const isBelow: Compare = (value, threshold) => value < threshold;

class ThresholdJudge implements Judge {
  constructor(
    private readonly isBeyond: Compare,
    private readonly threshold: number,
    private readonly clear: number,
  ) {}

  judge(value: number | null): Signal {
    if (value === null) return 'unknown';
    if (this.isBeyond(value, this.threshold)) return 'bad';
    return this.isBeyond(value, this.clear) ? 'between' : 'good';
  }

  measure(value: number | null): number | null {
    return value;
  }
}

class AbsentJudge implements Judge {
  judge(value: number | null): Signal {
    return value === null ? 'bad' : 'good';
  }

  measure(): null {
    return null;
  }
}

class ChangedJudge implements Judge {
  private last: number | null = null;

  judge(value: number | null): Signal {
    if (value === null) return 'unknown';
    const { last } = this;
    this.last = value;
    return last === null || last === value ? 'good' : 'bad';
  }

  measure(value: number | null): number | null {
    return value;
  }
}

class RateJudge implements Judge {
  private readonly trend: Trend;
  private readonly isBeyond: Compare;

  constructor(private readonly condition: Extract<MetricCondition, { kind: 'rate' }>) {
    this.trend = new Trend(condition.window);
    this.isBeyond = condition.direction === 'above' ? isAbove : isBelow;
  }

  judge(value: number | null, at: number): Signal {
    if (value === null) return 'unknown';
    this.trend.add(at, value);
    const { rate } = this.trend;
    if (rate === null) return 'unknown';
    return this.isBeyond(rate, this.condition.threshold) ? 'bad' : 'good';
  }

  measure(): number | null {
    return this.trend.rate;
  }
}

class PredictedJudge implements Judge {
  private readonly trend: Trend;
  private readonly isBeyond: Compare;
  private readonly direction: number;
  private predicted: number | null = null;

  constructor(private readonly condition: Extract<MetricCondition, { kind: 'predicted' }>) {
    this.trend = new Trend(condition.window);
    this.isBeyond = condition.direction === 'above' ? isAbove : isBelow;
    this.direction = condition.direction === 'above' ? 1 : -1;
  }

  judge(value: number | null, at: number): Signal {
    if (value === null) return 'unknown';
    this.trend.add(at, value);
    this.predicted = this.trend.at(at + this.condition.within);
    if (this.predicted === null) return 'unknown';
    const heads = this.trend.direction === this.direction;
    return heads && this.isBeyond(this.predicted, this.condition.threshold) ? 'bad' : 'good';
  }

  measure(): number | null {
    return this.predicted;
  }
}

/** Whether one judge of a condition can serve every series, for it remembers nothing. */
export function isStateless({ kind }: MetricCondition): boolean {
  return kind === 'above' || kind === 'below' || kind === 'absent';
}

/** A judge for one series. */
export function judgeOf(condition: MetricCondition): Judge {
  switch (condition.kind) {
    case 'above':
      return new ThresholdJudge(
        isAbove,
        condition.threshold,
        condition.clear ?? condition.threshold,
      );
    case 'below':
      return new ThresholdJudge(
        isBelow,
        condition.threshold,
        condition.clear ?? condition.threshold,
      );
    case 'absent':
      return new AbsentJudge();
    case 'changed':
      return new ChangedJudge();
    case 'rate':
      return new RateJudge(condition);
    case 'predicted':
      return new PredictedJudge(condition);
  }
}
