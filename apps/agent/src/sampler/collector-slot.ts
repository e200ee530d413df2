import {
  formatSeriesKey,
  MAX_INSTANCE_LENGTH,
  METRICS,
  quantizeTo,
  type AgentReport,
  type CollectorName,
  type MetricId,
} from '@hostdeck/contracts';
import type { Collector, SampleSink } from '../collectors/collector';
import { withDeadline } from '../timing/deadline';
import { errorText } from '../log/error-text';

/** Readings are believed for so many cadences; then they are unknown. */
const BELIEVED_CADENCES = 3;
/** How much before its time a reading may begin, ms, so that a tick that is a little early does not put it off by a whole one. */
const EARLY = 100;

/** Stands for the name of an instance without one. */
const NAMELESS = '?';

type Trouble = AgentReport['collectors'][number]['trouble'];

/** What went wrong with a collector so far. */
export interface CollectorHealth {
  readonly name: string;
  /** Readings that failed or passed their deadline. */
  readonly failures: number;
  /** Whether a reading is under way past its deadline. */
  readonly hanging: boolean;
  /** The trouble of the last reading; `null` when it was fine. */
  readonly problem: string | null;
  /** What kind of trouble that is. */
  readonly trouble: Trouble | null;
  /** Since when, without a break, on the host's clock, ms since the epoch. */
  readonly since: number | null;
}

/** The series of a reading, in order. */
interface SeriesList {
  readonly metrics: MetricId[];
  readonly instances: (string | null)[];
  /** Of the metrics, so that they need not be looked up for each value. */
  readonly resolutions: number[];
}

/** The samples of one reading, rounded. While its series are those of the reading before, it makes no list of its own. */
class Reading implements SampleSink {
  readonly #before: SeriesList;
  #own: SeriesList | null = null;
  readonly values: (number | null)[] = [];
  problem: string | null = null;

  constructor(before: SeriesList = { metrics: [], instances: [], resolutions: [] }) {
    this.#before = before;
  }

  add(metric: MetricId, instance: string | null, value: number | null): void {
    const place = this.values.length;
    const { metrics, instances, resolutions } = this.#before;
    const isCut = instance !== null && instance.length > MAX_INSTANCE_LENGTH;
    const name = isCut ? instance.slice(0, MAX_INSTANCE_LENGTH) : instance;
    if (this.#own === null && metrics[place] === metric && instances[place] === name) {
      this.values.push(quantizeTo(resolutions[place] ?? 1, value));
      return;
    }
    this.#own ??= firstOf(this.#before, place);
    const { resolution } = METRICS[metric];
    this.#own.metrics.push(metric);
    this.#own.instances.push(name);
    this.#own.resolutions.push(resolution);
    this.values.push(quantizeTo(resolution, value));
  }

  /** The series that were read: the very list of the reading before where they are the same. */
  series(): SeriesList {
    const count = this.values.length;
    if (this.#own === null && count < this.#before.metrics.length) {
      this.#own = firstOf(this.#before, count);
    }
    return this.#own ?? this.#before;
  }

  warn(problem: string): void {
    this.problem ??= problem;
  }
}

function firstOf({ metrics, instances, resolutions }: SeriesList, count: number): SeriesList {
  return {
    metrics: metrics.slice(0, count),
    instances: instances.slice(0, count),
    resolutions: resolutions.slice(0, count),
  };
}

/** One collector among others: runs it when it is due, bounds it, and keeps what it last read. */
export class CollectorSlot {
  readonly #collector: Collector;
  #series: SeriesList;
  #values: readonly (number | null)[];
  #keys: string[];
  /** When the reading that is kept was started; `null` when it failed. */
  #readAt: number | null = null;
  #startedAt: number | null = null;
  #underWay = false;
  #hanging = false;
  #failures = 0;
  #problem: string | null = null;
  #trouble: Trouble | null = null;
  #since: number | null = null;
  readonly #clock: () => number;

  /** @param clock the host's, ms since the epoch */
  constructor(collector: Collector, clock: () => number) {
    this.#collector = collector;
    this.#clock = clock;
    const unknown = new Reading();
    for (const metric of collector.metrics) unknown.add(metric, null, null);
    this.#series = unknown.series();
    this.#values = unknown.values;
    this.#keys = keysOf(this.#series);
  }

  /** The keys of the series, in order. The same array until the series change. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  get health(): CollectorHealth {
    return {
      name: this.#collector.name,
      failures: this.#failures,
      hanging: this.#hanging,
      problem: this.#problem,
      trouble: this.#trouble,
      since: this.#since,
    };
  }

  get name(): string {
    return this.#collector.name;
  }

  /** The trouble of the last reading; `null` when it was fine. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Longest a reading may take, ms. */
  get deadline(): number {
    return this.#collector.deadline;
  }

  /** What the collector is turned off with; `null` when it can not be. */
  get family(): CollectorName | null {
    return this.#collector.family ?? null;
  }

  /** Whether the collector reads at every tick. */
  get isEveryTick(): boolean {
    return this.#collector.cadence === 0;
  }

  /**
   * Starts a reading at monotonic time `now`, if it is due and none is under way.
   *
   * @returns a promise that never rejects, or `undefined` when there is nothing to wait for.
   */
  run(now: number): Promise<void> | undefined {
    const { cadence, deadline } = this.#collector;
    if (this.#underWay) return undefined;
    if (this.#startedAt !== null && now - this.#startedAt < cadence - EARLY) return undefined;
    this.#startedAt = now;
    const reading = new Reading(this.#series);
    let work: Promise<void> | undefined;
    try {
      work = this.#collector.collect(reading, now);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
    if (work === undefined) {
      this.#keep(reading, now);
      return undefined;
    }
    this.#underWay = true;
    const settled = work.finally(() => {
      this.#underWay = false;
      this.#hanging = false;
      // What it read was too late, and the next reading says whether all is well.
      if (this.#trouble === 'hanging') this.#note('failing', this.#problem);
    });
    return withDeadline(settled, deadline).then(
      () => this.#keep(reading, now),
      (error: unknown) => {
        this.#hanging = this.#underWay;
        this.#fail(error);
      },
    );
  }

  /** Adds the values at monotonic time `now` to a frame, in the order of the keys. */
  addValues(frame: (number | null)[], now: number, interval: number): void {
    const believed = BELIEVED_CADENCES * Math.max(this.#collector.cadence, interval);
    const isKnown = this.#readAt !== null && now - this.#readAt <= believed;
    frame.push(...(isKnown ? this.#values : this.#values.map(() => null)));
  }

  #keep(reading: Reading, now: number): void {
    const series = reading.series();
    if (series !== this.#series) {
      this.#series = series;
      this.#keys = keysOf(series);
    }
    this.#values = reading.values;
    this.#readAt = now;
    this.#note(reading.problem === null ? null : 'limited', reading.problem);
  }

  #fail(error: unknown): void {
    this.#readAt = null;
    this.#failures += 1;
    this.#note(this.#hanging ? 'hanging' : 'failing', errorText(error));
  }

  #note(trouble: Trouble | null, problem: string | null): void {
    this.#problem = problem;
    if (trouble !== this.#trouble) this.#since = trouble === null ? null : this.#clock();
    this.#trouble = trouble;
  }
}

/** The keys of series, each once: the hub takes no schema in which one stands twice, as names do that begin alike and were cut. */
function keysOf({ metrics, instances }: SeriesList): string[] {
  const taken = new Set<string>();
  return metrics.map((metric, index) => {
    const name = instances[index] ?? null;
    // A cut may have gone through a character.
    const base = name === '' ? NAMELESS : (name?.toWellFormed() ?? null);
    let key = formatSeriesKey({ metric, instance: base });
    for (let number = 2; base !== null && taken.has(key); number += 1) {
      const end = ` #${number}`;
      const instance = `${base.slice(0, MAX_INSTANCE_LENGTH - end.length)}${end}`;
      key = formatSeriesKey({ metric, instance });
    }
    taken.add(key);
    return key;
  });
}
