import type { Failure } from '@hostdeck/contracts';
import type { Logger } from '../log/logger';
import type { FrameSchema } from '../sampler/sampler';
import type { HubConnection } from './hub-connection';

/** Numbers in use on one connection; a hub keeps 64. Many more than batches can be in flight, so that none is reused while it is needed. */
const NUMBERS = 32;

/** A schema as the hub has it. */
export interface AnnouncedSchema {
  readonly ok: true;
  readonly number: number;
  /** Places of the values the hub takes; `null`: all of them. */
  readonly places: readonly number[] | null;
}

interface Announcement {
  readonly number: number;
  readonly outcome: Promise<AnnouncedSchema | Failure>;
}

/**
 * Tells the hub the schemas of frames, once per connection. A hub that is older than this agent does not know all metrics:
 * which ones is found by halving the list it refuses, and they are left out.
 */
export class SchemaAnnouncer {
  readonly #connection: Pick<HubConnection, 'schema'>;
  readonly #logger: Logger;
  /** By last use, oldest first. */
  readonly #announced = new Map<FrameSchema, Announcement>();
  /** Metrics the hub does not know. */
  readonly #unknown = new Set<string>();
  /** Two lists must not be halved at once under one number. */
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(connection: Pick<HubConnection, 'schema'>, logger: Logger) {
    this.#connection = connection;
    this.#logger = logger;
  }

  /** Has the hub know a schema. @returns its number there, or why the hub does not take it */
  async announce(schema: FrameSchema): Promise<AnnouncedSchema | Failure> {
    const known = this.#announced.get(schema);
    if (known !== undefined) {
      this.#announced.delete(schema);
      this.#announced.set(schema, known);
      return known.outcome;
    }
    const number = this.#freeNumber();
    const outcome = this.#underWay.then(() => this.#send(number, schema));
    this.#underWay = outcome.catch(() => undefined);
    this.#announced.set(schema, { number, outcome });
    try {
      const result = await outcome;
      if (!result.ok) this.#announced.delete(schema);
      return result;
    } catch (error) {
      this.#announced.delete(schema);
      throw error;
    }
  }

  /** To be called when the hub says that it does not know the schema. */
  forget(schema: FrameSchema): void {
    this.#announced.delete(schema);
  }

  #freeNumber(): number {
    if (this.#announced.size >= NUMBERS) {
      for (const [schema, { number }] of this.#announced) {
        this.#announced.delete(schema);
        return number;
      }
    }
    const used = new Set([...this.#announced.values()].map(({ number }) => number));
    let number = 0;
    while (used.has(number)) number += 1;
    return number;
  }

  async #send(number: number, { series }: FrameSchema): Promise<AnnouncedSchema | Failure> {
    const first = await this.#try(number, series);
    if (first === null) return this.#accepted(number, series);
    if (first.code !== 'unknown_metric') return first;
    const metrics = [...new Set(series.map(metricOf))].filter((id) => !this.#unknown.has(id));
    const refusal = await this.#findUnknown(number, series, metrics);
    if (refusal !== null) return refusal;
    const again = await this.#try(number, series);
    return again ?? this.#accepted(number, series);
  }

  /** Sends those series of which nothing is known against. @returns the refusal, or `null` */
  async #try(number: number, series: readonly string[]): Promise<Failure | null> {
    const wanted = series.filter((key) => !this.#unknown.has(metricOf(key)));
    const result = await this.#connection.schema({ number, series: wanted });
    return result.ok ? null : result;
  }

  /** Finds the metrics among `metrics` that the hub does not know. @returns a refusal for another reason, or `null` */
  async #findUnknown(
    number: number,
    series: readonly string[],
    metrics: readonly string[],
  ): Promise<Failure | null> {
    const few = new Set(metrics);
    const refusal = await this.#try(
      number,
      series.filter((key) => few.has(metricOf(key))),
    );
    if (refusal === null) return null;
    if (refusal.code !== 'unknown_metric') return refusal;
    if (metrics.length <= 1) {
      for (const metric of metrics) {
        this.#unknown.add(metric);
        this.#logger.repeated(
          `unknown ${metric}`,
          'warn',
          `the hub does not know ${metric}, which is left out: it is older than this agent`,
        );
      }
      return null;
    }
    const middle = Math.ceil(metrics.length / 2);
    return (
      (await this.#findUnknown(number, series, metrics.slice(0, middle))) ??
      (await this.#findUnknown(number, series, metrics.slice(middle)))
    );
  }

  #accepted(number: number, series: readonly string[]): AnnouncedSchema {
    if (this.#unknown.size === 0) return { ok: true, number, places: null };
    const places = series.flatMap((key, place) =>
      this.#unknown.has(metricOf(key)) ? [] : [place],
    );
    return { ok: true, number, places };
  }
}

/** Of a frame's values those that the hub takes. */
export function pickValues(
  { places }: AnnouncedSchema,
  values: readonly (number | null)[],
): (number | null)[] {
  return places === null ? [...values] : places.map((place) => values[place] ?? null);
}

function metricOf(key: string): string {
  const brace = key.indexOf('{');
  return brace === -1 ? key : key.slice(0, brace);
}
