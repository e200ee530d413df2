import { z } from 'zod';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import type { KnownSchemas } from './known-schemas';
import { readRecords } from './record';

/** First record of a segment. */
const HeaderSchema = z.object({
  version: z.literal(1),
  /** Seq of the segment's first frame; the others follow one by one. */
  first: z.number().int().nonnegative(),
});
/** The series of the frames behind it, in order. */
const SeriesRecordSchema = z.object({ series: z.array(z.string()) });
/** A frame: its time and its values, in the order of the series before it. */
const FrameRecordSchema = z.tuple([z.number().int(), z.array(z.number().nullable())]);

const OPENING_BRACE = 0x7b;

/** The first record of a segment, as text. */
export function headerText(first: number): string {
  return JSON.stringify({ version: 1, first } satisfies z.infer<typeof HeaderSchema>);
}

/** A record that says the series of the frames behind it, as text. */
export function seriesText({ series }: FrameSchema): string {
  return JSON.stringify({ series } satisfies { series: readonly string[] });
}

/** A frame's record, as text: about 300 bytes for 55 values. */
export function frameText({ time, values }: SampledFrame): string {
  return JSON.stringify([time, values]);
}

/** A segment as it was read. Frames are taken apart one by one, when they are asked for. */
export class StoredSegment {
  /** Seq of the first frame. */
  readonly first: number;
  /** Where the last whole record ends, in bytes. */
  readonly end: number;
  /** Length of the file, bytes. */
  readonly size: number;
  readonly #frames: { readonly content: Buffer; readonly schema: FrameSchema }[] = [];

  /**
   * Takes a segment apart up to the first record that is not whole.
   *
   * @param bytes its content, which must not change while this is in use
   * @param fallbackFirst seq of the first frame for a segment whose header can not be read, which then has no frames
   */
  constructor(bytes: Buffer, fallbackFirst: number, schemas: KnownSchemas) {
    const { contents, end } = readRecords(bytes);
    const [header, ...records] = contents;
    const parsed = HeaderSchema.safeParse(parseJson(header));
    this.size = bytes.length;
    this.first = parsed.success ? parsed.data.first : fallbackFirst;
    this.end = parsed.success ? end : 0;
    if (!parsed.success) return;
    let schema: FrameSchema | null = null;
    for (const content of records) {
      if (content[0] === OPENING_BRACE) {
        const { data } = SeriesRecordSchema.safeParse(parseJson(content));
        schema = data === undefined ? null : schemas.of(data.series);
      } else if (schema !== null) {
        this.#frames.push({ content, schema });
      }
      // Whole, and yet not as we write it: what follows can not be numbered.
      if (schema === null) break;
    }
  }

  /** Frames in it. */
  get length(): number {
    return this.#frames.length;
  }

  /** A frame; `null` when it is not in here. */
  frame(seq: number): SampledFrame | null {
    const found = this.#frames[seq - this.first];
    if (found === undefined) return null;
    const parsed = FrameRecordSchema.safeParse(parseJson(found.content));
    if (!parsed.success) return null;
    const [time, values] = parsed.data;
    return { time, schema: found.schema, values };
  }
}

function parseJson(content: Buffer | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content.toString());
  } catch {
    // Whole, by its checksum, and yet not ours: the caller treats it like anything it did not expect.
    return undefined;
  }
}
