const BYTES = 8;

/** Values of many frames, encoded one after the other into one buffer: 64-bit floats, little-endian, NaN is unknown. */
export function encodeFrames(
  frames: readonly { readonly values: readonly (number | null)[] }[],
): Buffer[] {
  let total = 0;
  for (const { values } of frames) total += values.length;
  const floats = new Float64Array(total);
  let place = 0;
  return frames.map(({ values }) => {
    const start = place;
    for (const value of values) {
      floats[place] = value ?? Number.NaN;
      place += 1;
    }
    return Buffer.from(floats.buffer, start * BYTES, (place - start) * BYTES);
  });
}

/** Where in an encoded frame the values from `first` to `last` are, as SQLite's `substr` counts: from 1. */
export function sliceOf(
  first: number,
  last: number,
): { readonly start: number; readonly length: number } {
  return { start: first * BYTES + 1, length: (last - first + 1) * BYTES };
}

/** Reads the value in place `place` of (a slice of) an encoded frame; NaN is unknown. */
export function valueAt(encoded: Buffer, place: number): number {
  return encoded.readDoubleLE(place * BYTES);
}

/** All values of an encoded frame. */
export function decodeFrame(encoded: Buffer): (number | null)[] {
  return Array.from({ length: encoded.length / BYTES }, (_, place) => {
    const value = valueAt(encoded, place);
    return Number.isNaN(value) ? null : value;
  });
}
