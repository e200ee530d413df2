/**
 * The values of one frame as bytes: whole steps of each series' resolution, as zigzag varints one more than the number, 0 for
 * unknown. A third of what floats take, and what is read back is the same before and after it is sealed into a chunk.
 */
import { MOST_STEPS } from '@hostdeck/contracts';
import { fromSteps, toSteps } from '../steps';
import { ByteReader, ByteWriter } from './bytes';

/** A frame's values and the resolutions they are stored with, in the same order. */
export interface Measured {
  readonly values: readonly (number | null)[];
  readonly resolutions: readonly number[];
}

/** Frames one after the other. */
export interface EncodedFrames {
  readonly bytes: Uint8Array;
  /** Where each frame ends; it begins where the one before it ends. */
  readonly ends: readonly number[];
}

/** Encodes many frames. What is no number of a sane size becomes unknown. */
export function encodeFrames(frames: readonly Measured[]): EncodedFrames {
  const out = new ByteWriter();
  const ends = frames.map(({ values, resolutions }) => {
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] ?? null;
      const steps = value === null ? Number.NaN : toSteps(value, resolutions[place] ?? 1);
      if (Math.abs(steps) <= MOST_STEPS) out.varint((steps >= 0 ? steps * 2 : -steps * 2 - 1) + 1);
      else out.varint(0);
    }
    return out.size;
  });
  return { bytes: out.view(), ends };
}

/**
 * Decodes one frame.
 *
 * @throws CorruptBytesError when there are fewer values than resolutions.
 */
export function decodeFrame(
  encoded: Uint8Array,
  resolutions: readonly number[],
): (number | null)[] {
  const reader = new ByteReader(encoded);
  return resolutions.map((resolution) => {
    const coded = reader.varint();
    if (coded === 0) return null;
    const steps = coded % 2 === 1 ? (coded - 1) / 2 : -coded / 2;
    return fromSteps(steps, resolution);
  });
}
