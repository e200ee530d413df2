import type { FrameSchema } from '../sampler/sampler';

/** Schemas kept; a host has rarely more than two in a day. */
const MOST = 8;

/** Gives schemas that were read from disk the identity they had: frames of one list of series go in one batch. */
export class KnownSchemas {
  /** The newest last. */
  #schemas: FrameSchema[] = [];

  /** Makes a schema known. */
  add(schema: FrameSchema): void {
    this.#schemas = [...this.#schemas, schema].slice(-MOST);
  }

  /** The schema of these series: the one that is known, or a new one. */
  of(series: readonly string[]): FrameSchema {
    const known = this.#schemas.find(
      (schema) =>
        schema.series.length === series.length &&
        schema.series.every((key, place) => key === series[place]),
    );
    if (known !== undefined) return known;
    const schema = { series };
    this.add(schema);
    return schema;
  }
}
