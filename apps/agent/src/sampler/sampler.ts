import { WIRE_LIMITS, type CollectorName, type Culprit } from '@hostdeck/contracts';
import type { Collector } from '../collectors/collector';
import type { Logger } from '../log/logger';
import { CollectorSlot, type CollectorHealth } from './collector-slot';

/** The series of frames; frames made while the series are the same refer to the same object. */
export interface FrameSchema {
  readonly series: readonly string[];
}

/** All values of one tick. */
export interface SampledFrame {
  /** On the host's clock, ms since the epoch. */
  readonly time: number;
  readonly schema: FrameSchema;
  /** In the order of the schema; `null` is unknown. */
  readonly values: readonly (number | null)[];
  /** The processes that used most, in the frame of the tick that sampled them. */
  readonly culprits?: readonly Culprit[];
}

/** Longest that the first frame waits for collectors that do not read at every tick, ms. */
const FIRST_PATIENCE = 6_000;

function isQuick({ deadline }: CollectorSlot): boolean {
  return deadline <= FIRST_PATIENCE;
}

/** Makes a frame of what the collectors read. */
export class Sampler {
  readonly #all: readonly CollectorSlot[];
  /** Those that are not turned off. */
  #slots: readonly CollectorSlot[];
  readonly #logger: Logger;
  readonly #clock: () => number;
  #schema: FrameSchema = { series: [] };
  /** The keys that the schema was made of. */
  #keys: readonly (readonly string[])[] = [];
  #isFirst = true;

  /** @param clock the host's clock, ms since the epoch; it may jump */
  constructor(
    collectors: readonly Collector[],
    logger: Logger,
    clock: () => number = () => Date.now(),
  ) {
    this.#all = collectors.map((collector) => new CollectorSlot(collector, clock));
    this.#slots = this.#all;
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Turns off the collectors of these families, and all others on: frames have no series of those that are off. */
  turnOff(families: readonly CollectorName[]): void {
    this.#slots = this.#all.filter(({ family }) => family === null || !families.includes(family));
  }

  /** What went wrong with each collector. */
  get health(): CollectorHealth[] {
    return this.#slots.map((slot) => slot.health);
  }

  /**
   * Reads what is due and makes the frame. Waits, within their deadlines, for collectors that read at every tick; slower ones
   * read beside and are in the next frame, except in the first, which waits for all that are quick.
   *
   * @param interval ms between two ticks
   */
  async sample(interval: number): Promise<SampledFrame> {
    const now = performance.now();
    const time = this.#clock();
    const waitFor: Promise<void>[] = [];
    for (const slot of this.#slots) {
      const work = slot.run(now);
      if (work !== undefined && (slot.isEveryTick || (this.#isFirst && isQuick(slot)))) {
        waitFor.push(work);
      }
    }
    this.#isFirst = false;
    if (waitFor.length > 0) await Promise.all(waitFor);
    this.#reportProblems();
    const schema = this.#currentSchema();
    const values: (number | null)[] = [];
    for (const slot of this.#slots) slot.addValues(values, now, interval);
    // What is beyond the limit of series.
    if (values.length > schema.series.length) values.length = schema.series.length;
    return { time, schema, values };
  }

  #currentSchema(): FrameSchema {
    const isSame =
      this.#slots.length === this.#keys.length &&
      this.#slots.every((slot, index) => slot.keys === this.#keys[index]);
    if (!isSame) {
      const keys = this.#slots.map((slot) => slot.keys);
      const all = keys.flat();
      if (all.length > WIRE_LIMITS.seriesPerSchema) {
        this.#logger.repeated(
          'series limit',
          'warn',
          `this host has ${all.length} series, of which the first ${WIRE_LIMITS.seriesPerSchema} are sent`,
        );
      }
      this.#keys = keys;
      this.#schema = { series: all.slice(0, WIRE_LIMITS.seriesPerSchema) };
    }
    return this.#schema;
  }

  #reportProblems(): void {
    for (const { name, problem } of this.#slots) {
      if (problem !== null)
        this.#logger.repeated(`collector ${name}`, 'warn', `collector ${name}: ${problem}`);
    }
  }
}
