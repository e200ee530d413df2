/**
 * A block of rollup points as bytes: one host's buckets of one window and tier, series by series.
 *
 * Layout before deflate: number of series; for each its key (length, UTF-8), then the number of its buckets and for each the number of
 * bucket lengths since the one before (the window's start for the first), the count, and, if that is not 0, the least (difference to the
 * one before), the span (greatest minus least) and, if that is not 0, the sum above `count * least`.
 */
import { deflate as deflateWithCallback } from 'node:zlib';
import { promisify } from 'node:util';
import { ByteReader, ByteWriter } from './bytes';
import { inflate, type Inflate } from './inflate';
import type { Wanted } from '../history-store';
import type { Bucket } from '../rollup';

const deflate = promisify(deflateWithCallback);

/** Where a block lies in time, ms. */
export interface BlockWindow {
  readonly start: number;
  /** Length of one bucket. */
  readonly step: number;
}

/** Encodes buckets by series key; those of a series ascend and lie within the window. */
export function encodeBlock(
  series: ReadonlyMap<string, readonly Bucket[]>,
  { start, step }: BlockWindow,
): Promise<Buffer> {
  const out = new ByteWriter();
  out.varint(series.size);
  const column = new ByteWriter();
  for (const [key, buckets] of series) {
    const name = Buffer.from(key, 'utf8');
    out.varint(name.length);
    out.bytes(name);
    column.clear();
    writeBuckets(column, buckets, { start, step });
    out.varint(column.size);
    out.bytes(column.view());
  }
  return deflate(out.view());
}

function writeBuckets(
  out: ByteWriter,
  buckets: readonly Bucket[],
  { start, step }: BlockWindow,
): void {
  out.varint(buckets.length);
  let at = start - step;
  let least = 0;
  for (const bucket of buckets) {
    out.varint((bucket.start - at) / step - 1);
    at = bucket.start;
    out.varint(bucket.count);
    if (bucket.count === 0) continue;
    out.signed(bucket.min - least);
    least = bucket.min;
    out.varint(bucket.max - bucket.min);
    if (bucket.max !== bucket.min) out.varint(bucket.sum - bucket.count * bucket.min);
  }
}

/**
 * Decodes the asked series of a block.
 *
 * @param inflateBody how its body is inflated, where that is kept.
 * @throws CorruptBytesError when the bytes are not a block.
 */
export async function decodeBlock(
  block: Uint8Array,
  window: BlockWindow,
  wanted: Wanted = () => true,
  inflateBody: Inflate = inflate,
): Promise<Map<string, Bucket[]>> {
  const reader = new ByteReader(await inflateBody(block, 'block'));
  const series = new Map<string, Bucket[]>();
  for (let left = reader.varint(); left > 0; left -= 1) {
    const key = reader.text(reader.varint());
    const length = reader.varint();
    if (wanted(key)) series.set(key, readBuckets(new ByteReader(reader.bytes(length)), window));
    else reader.skip(length);
  }
  return series;
}

function readBuckets(reader: ByteReader, { start, step }: BlockWindow): Bucket[] {
  const buckets: Bucket[] = [];
  let at = start - step;
  let least = 0;
  for (let left = reader.varint(); left > 0; left -= 1) {
    at += (reader.varint() + 1) * step;
    const count = reader.varint();
    if (count === 0) {
      buckets.push({ start: at, count, sum: 0, min: 0, max: 0 });
      continue;
    }
    least += reader.signed();
    const span = reader.varint();
    const above = span === 0 ? 0 : reader.varint();
    buckets.push({
      start: at,
      count,
      sum: count * least + above,
      min: least,
      max: least + span,
    });
  }
  return buckets;
}
