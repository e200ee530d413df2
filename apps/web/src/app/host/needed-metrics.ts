import type { MetricId } from '@hostdeck/contracts';

/** Metrics whose history is shown: at first those that everybody looks at, then what somebody scrolls to. */
export class NeededMetrics {
  private readonly needed = new Set<MetricId>();
  private fresh = new Set<MetricId>();

  /** @param ask brings in those that have come since the last call; several charts come into sight at once */
  constructor(
    private readonly first: readonly MetricId[],
    private readonly ask: (fresh: ReadonlySet<MetricId>) => void,
  ) {
    this.reset();
  }

  /** Begins anew, for another host. */
  reset(): void {
    this.needed.clear();
    this.fresh.clear();
    for (const metric of this.first) this.needed.add(metric);
  }

  add(metrics: readonly MetricId[]): void {
    for (const metric of metrics) {
      if (this.needed.has(metric)) continue;
      this.needed.add(metric);
      if (this.fresh.size === 0) queueMicrotask(() => this.flush());
      this.fresh.add(metric);
    }
  }

  /** All of them; those that have not been asked for yet are asked for with the others. */
  all(): readonly MetricId[] {
    this.fresh.clear();
    return [...this.needed];
  }

  private flush(): void {
    const { fresh } = this;
    this.fresh = new Set();
    if (fresh.size > 0) this.ask(fresh);
  }
}
