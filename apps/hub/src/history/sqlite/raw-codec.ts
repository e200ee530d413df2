/**
 * A chunk of raw frames as bytes: one host's frames of one window, column by column, so that neighbours are alike.
 * Values are whole multiples of their metric's resolution, stored as differences from one frame to the next (delta, zigzag,
 * varint), then deflated with a checksum (zlib, RFC 1950). About 0.7 byte per value on noisy data; see docs/benchmarks.md.
 *
 * Layout before deflate: frame count; first time, step of the first pair, then differences of differences of the times; number
 * of runs and for each its schema and frame count (frames under one schema in a row); number of columns and the byte length
 * of each; the columns. A column belongs to a series of the runs' schemas in order of first appearance and has a value for
 * every frame whose schema has the series: a byte that says which values are unknown, then the differences of the known ones.
 */
import { deflate as deflateWithCallback } from 'node:zlib';
import { promisify } from 'node:util';
import { ByteReader, ByteWriter, CorruptBytesError } from './bytes';
import { inflate, type Inflate } from './inflate';
import type { Column, Wanted } from '../history-store';
import { fromSteps, toSteps } from '../steps';

const deflate = promisify(deflateWithCallback);

/** Frames under one schema in a row, in the order of time. */
export interface Run {
  /** Number of the schema in the database. */
  readonly schema: number;
  readonly times: readonly number[];
  /** Values of each frame in the schema's order; `null` is unknown. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Which series a schema has, and the resolution each is stored with. */
export interface Layout {
  readonly keys: readonly string[];
  readonly resolutions: readonly number[];
}
export type Layouts = (schema: number) => Promise<Layout>;

const ALL_KNOWN = 0;
const NONE_KNOWN = 1;
const SOME_KNOWN = 2;

/** Encodes frames in the order of their times. */
export async function encodeChunk(runs: readonly Run[], layouts: Layouts): Promise<Buffer> {
  const body = new ByteWriter();
  writeTimes(body, runs);
  body.varint(runs.length);
  for (const { schema, times } of runs) {
    body.varint(schema);
    body.varint(times.length);
  }
  const columns = await gatherColumns(runs, layouts);
  const column = new ByteWriter();
  const lengths: number[] = [];
  const bytes = new ByteWriter();
  for (const { values, resolution } of columns.values()) {
    column.clear();
    writeColumn(column, values, resolution);
    lengths.push(column.size);
    bytes.bytes(column.view());
  }
  body.varint(lengths.length);
  for (const length of lengths) body.varint(length);
  body.bytes(bytes.view());
  return deflate(body.view());
}

function writeTimes(body: ByteWriter, runs: readonly Run[]): void {
  const times = runs.flatMap((run) => run.times);
  body.varint(times.length);
  let last = 0;
  let lastStep = 0;
  for (const time of times) {
    const step = time - last;
    body.signed(step - lastStep);
    last = time;
    lastStep = step;
  }
}

async function gatherColumns(
  runs: readonly Run[],
  layouts: Layouts,
): Promise<Map<string, { resolution: number; values: (number | null)[] }>> {
  const columns = new Map<string, { resolution: number; values: (number | null)[] }>();
  for (const run of runs) {
    const { keys, resolutions } = await layouts(run.schema);
    keys.forEach((key, index) => {
      let column = columns.get(key);
      if (column === undefined) {
        column = { resolution: resolutions[index] ?? 1, values: [] };
        columns.set(key, column);
      }
      for (const values of run.values) column.values.push(values[index] ?? null);
    });
  }
  return columns;
}

function writeColumn(
  out: ByteWriter,
  values: readonly (number | null)[],
  resolution: number,
): void {
  const unknown = values.reduce<number>((count, value) => count + (value === null ? 1 : 0), 0);
  if (unknown === values.length) {
    out.varint(NONE_KNOWN);
    return;
  }
  out.varint(unknown === 0 ? ALL_KNOWN : SOME_KNOWN);
  if (unknown > 0) {
    const known = new Uint8Array(Math.ceil(values.length / 8));
    values.forEach((value, index) => {
      if (value !== null) known[index >> 3] = (known[index >> 3] ?? 0) | (1 << (index & 7));
    });
    out.bytes(known);
  }
  let last = 0;
  for (const value of values) {
    if (value === null) continue;
    const steps = toSteps(value, resolution);
    out.signed(steps - last);
    last = steps;
  }
}

/**
 * Decodes the asked series of a chunk.
 *
 * @param wanted whether a series key is asked for; other columns are skipped without being read.
 * @param inflateBody how its body is inflated, where that is kept.
 * @throws CorruptBytesError when the bytes are not a chunk or do not fit their schemas.
 */
export async function decodeChunk(
  chunk: Uint8Array,
  layouts: Layouts,
  wanted: Wanted = () => true,
  inflateBody: Inflate = inflate,
): Promise<Map<string, Column>> {
  const { reader, times, runs, lengths } = openChunk(await inflateBody(chunk, 'chunk'));
  const frames = await framesByKey(runs, layouts);
  if (frames.size !== lengths.length) {
    throw new CorruptBytesError('the chunk does not have the columns of its schemas');
  }
  const columns = new Map<string, Column>();
  let index = 0;
  for (const [key, { resolution, spans }] of frames) {
    const length = lengths[index] ?? 0;
    index += 1;
    if (!wanted(key)) {
      reader.skip(length);
      continue;
    }
    const columnTimes = spans.flatMap(([first, end]) => times.slice(first, end));
    const values = readColumn(new ByteReader(reader.bytes(length)), {
      count: columnTimes.length,
      resolution,
    });
    columns.set(key, { times: columnTimes, values });
  }
  return columns;
}

/**
 * Decodes a whole chunk back into the frames it was made of.
 *
 * @throws CorruptBytesError as {@link decodeChunk} does.
 */
export async function decodeRuns(chunk: Uint8Array, layouts: Layouts): Promise<Run[]> {
  const { times, runs } = openChunk(await inflate(chunk, 'chunk'));
  const columns = await decodeChunk(chunk, layouts);
  const taken = new Map<string, number>();
  const decoded: Run[] = [];
  let first = 0;
  for (const { schema, count } of runs) {
    const { keys } = await layouts(schema);
    const byKey = keys.map((key) => {
      const from = taken.get(key) ?? 0;
      taken.set(key, from + count);
      return columns.get(key)?.values.slice(from, from + count) ?? [];
    });
    decoded.push({
      schema,
      times: times.slice(first, first + count),
      values: Array.from({ length: count }, (_, frame) =>
        byKey.map((column) => column[frame] ?? null),
      ),
    });
    first += count;
  }
  return decoded;
}

interface OpenChunk {
  readonly reader: ByteReader;
  readonly times: readonly number[];
  readonly runs: readonly { readonly schema: number; readonly count: number }[];
  readonly lengths: readonly number[];
}

function openChunk(body: Buffer): OpenChunk {
  const reader = new ByteReader(body);
  const times: number[] = [];
  const count = reader.varint();
  let last = 0;
  let lastStep = 0;
  for (let index = 0; index < count; index += 1) {
    lastStep += reader.signed();
    last += lastStep;
    times.push(last);
  }
  const runs = Array.from({ length: reader.varint() }, () => ({
    schema: reader.varint(),
    count: reader.varint(),
  }));
  if (runs.reduce((sum, run) => sum + run.count, 0) !== count) {
    throw new CorruptBytesError('the runs do not add up to the frames of the chunk');
  }
  const lengths = Array.from({ length: reader.varint() }, () => reader.varint());
  return { reader, times, runs, lengths };
}

/** For each series, in order of first appearance, the spans of frames (first, end) that have it. */
async function framesByKey(
  runs: OpenChunk['runs'],
  layouts: Layouts,
): Promise<Map<string, { resolution: number; spans: [number, number][] }>> {
  const frames = new Map<string, { resolution: number; spans: [number, number][] }>();
  let first = 0;
  for (const { schema, count } of runs) {
    const { keys, resolutions } = await layouts(schema);
    keys.forEach((key, index) => {
      let entry = frames.get(key);
      if (entry === undefined) {
        entry = { resolution: resolutions[index] ?? 1, spans: [] };
        frames.set(key, entry);
      }
      entry.spans.push([first, first + count]);
    });
    first += count;
  }
  return frames;
}

function readColumn(
  reader: ByteReader,
  { count, resolution }: { count: number; resolution: number },
): (number | null)[] {
  const kind = reader.varint();
  if (kind === NONE_KNOWN) return Array<null>(count).fill(null);
  if (kind !== ALL_KNOWN && kind !== SOME_KNOWN) {
    throw new CorruptBytesError('a column begins with an unknown byte');
  }
  const known = kind === SOME_KNOWN ? reader.bytes(Math.ceil(count / 8)) : null;
  const values: (number | null)[] = [];
  let steps = 0;
  for (let index = 0; index < count; index += 1) {
    if (known !== null && ((known[index >> 3] ?? 0) & (1 << (index & 7))) === 0) {
      values.push(null);
      continue;
    }
    steps += reader.signed();
    values.push(fromSteps(steps, resolution));
  }
  return values;
}
