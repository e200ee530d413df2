import { CulpritsSchema } from '@hostdeck/contracts';
import { z } from 'zod';
import type { FrameSchema, SampledFrame } from '../sampler/sampler';
import type { KnownSchemas } from './known-schemas';
import { contentAt, readRecords } from './record';

/** First record of a segment. */
const HeaderSchema = z.object({
  version: z.literal(1),
  /** Seq of the segment's first frame; the others follow one by one. */
  first: z.number().int().nonnegative(),
});
/** The series of the frames behind it, in order. */
const SeriesRecordSchema = z.object({ series: z.array(z.string()) });
/** A frame: its time and its values, in the order of the series before it, and its culprits, if it has any. */
const FrameRecordSchema = z.tuple([
  z.number().int(),
  z.array(z.number().nullable()),
  CulpritsSchema.optional(),
]);

const OPENING_BRACE = 0x7b;

/** The first record of a segment, as text. */
export function headerText(first: number): string {
  return JSON.stringify({ version: 1, first } satisfies z.infer<typeof HeaderSchema>);
}

/** A record that says the series of the frames behind it, as text. */
export function seriesText({ series }: FrameSchema): string {
  return JSON.stringify({ series } satisfies { series: readonly string[] });
}

/** A frame's record, as text: about 300 bytes for 55 values, and 2 KB for 15 culprits. */
export function frameText({ time, values, culprits }: SampledFrame): string {
  return JSON.stringify(culprits === undefined ? [time, values] : [time, values, culprits]);
}

/** Frames of one schema: those from a place on, up to the next run. */
interface Run {
  readonly from: number;
  readonly schema: FrameSchema;
}

/** A segment as it was read. Frames are taken apart one by one, when they are asked for. */
export class StoredSegment {
  /** Seq of the first frame. */
  readonly first: number;
  /** Where the last whole record ends, in bytes. */
  readonly end: number;
  /** Length of the file, bytes. */
  readonly size: number;
  readonly #bytes: Buffer;
  /** Where the content of each frame begins: a number takes a tenth of a buffer of its own. */
  readonly #starts: number[] = [];
  readonly #runs: Run[] = [];

  /**
   * Takes a segment apart up to the first record that is not whole.
   *
   * @param bytes its content, which must not change while this is in use
   * @param fallbackFirst seq of the first frame for a segment whose header can not be read, which then has no frames
   */
  constructor(bytes: Buffer, fallbackFirst: number, schemas: KnownSchemas) {
    const { starts, end } = readRecords(bytes);
    const [header, ...records] = starts;
    const parsed = HeaderSchema.safeParse(
      header === undefined ? undefined : parseJson(contentAt(bytes, header)),
    );
    this.#bytes = bytes;
    this.size = bytes.length;
    this.first = parsed.success ? parsed.data.first : fallbackFirst;
    this.end = parsed.success ? end : 0;
    if (!parsed.success) return;
    for (const start of records) {
      if (bytes[start] !== OPENING_BRACE) {
        // Whole, and yet not as we write it: what follows can not be numbered.
        if (this.#runs.length === 0) break;
        this.#starts.push(start);
        continue;
      }
      const { data } = SeriesRecordSchema.safeParse(parseJson(contentAt(bytes, start)));
      if (data === undefined) break;
      this.#runs.push({ from: this.#starts.length, schema: schemas.of(data.series) });
    }
  }

  /** Frames in it. */
  get length(): number {
    return this.#starts.length;
  }

  /** A frame; `null` when it is not in here. */
  frame(seq: number): SampledFrame | null {
    const place = seq - this.first;
    const start = this.#starts[place];
    const run = this.#runs.findLast(({ from }) => from <= place);
    if (start === undefined || run === undefined) return null;
    const parsed = FrameRecordSchema.safeParse(parseJson(contentAt(this.#bytes, start)));
    if (!parsed.success) return null;
    const [time, values, culprits] = parsed.data;
    const frame = { time, schema: run.schema, values };
    return culprits === undefined ? frame : { ...frame, culprits };
  }
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    // Whole, by its checksum, and yet not ours: the caller treats it like anything it did not expect.
    return undefined;
  }
}
