import type { CollectorName, MetricId } from '@hostdeck/contracts';

/** Takes the samples of one reading. */
export interface SampleSink {
  /** Adds a sample, not yet rounded; `null` or what is not finite is unknown. */
  add(metric: MetricId, instance: string | null, value: number | null): void;
  /** Says that something is missing from this reading although the rest is right; shown with the collector's errors. */
  warn(problem: string): void;
}

/**
 * Reads one family of metrics. A reading is either done when `collect` returns, or when its promise settles; it throws
 * or rejects when the family as a whole is unknown. It is never started again before it has settled.
 */
export interface Collector {
  /** What errors are shown under. */
  readonly name: string;
  /** What it is turned off with, alone or with others; absent: it can not be turned off. */
  readonly family?: CollectorName;
  /** Time from one reading to the next, ms; 0: every tick. */
  readonly cadence: number;
  /** Longest a reading may take, ms; then its samples are unknown. Only meaningful for those that return a promise. */
  readonly deadline: number;
  /** Metrics without instances, which a frame carries as unknown until a reading succeeds. */
  readonly metrics: readonly MetricId[];
  /**
   * Reads.
   *
   * @param now monotonic time of the tick, ms; rates are taken over the time between two of them
   */
  collect(sink: SampleSink, now: number): Promise<void> | undefined;
}

/** Deadline of collectors that read synchronously, ms; none of them can pass it. */
export const SYNCHRONOUS = Number.POSITIVE_INFINITY;

/** Cadence of collectors that read every tick. */
export const EVERY_TICK = 0;

/** Most instances of one family that are carried, so that a host with thousands of interfaces or mounts stays watchable. */
export const MAX_INSTANCES = 64;

/** The first {@link MAX_INSTANCES} of `instances`; says to the sink when there are more. */
export function limitInstances<Item>(
  instances: readonly Item[],
  what: string,
  sink: SampleSink,
): readonly Item[] {
  warnOfLimit(instances.length, what, sink);
  return instances.slice(0, MAX_INSTANCES);
}

/** Says to the sink when there are more than {@link MAX_INSTANCES}. */
export function warnOfLimit(count: number, what: string, sink: SampleSink): void {
  if (count > MAX_INSTANCES) {
    sink.warn(`${count} ${what}, of which the first ${MAX_INSTANCES} are watched`);
  }
}
