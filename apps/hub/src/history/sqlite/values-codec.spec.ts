import { decodeFrame, encodeFrames } from './values-codec';

const RESOLUTIONS = [0.1, 4096, 1];

/** The frames as they come back. */
function throughBytes(frames: readonly (readonly (number | null)[])[]) {
  const { bytes, ends } = encodeFrames(
    frames.map((values) => ({ values, resolutions: RESOLUTIONS })),
  );
  return ends.map((end, index) =>
    decodeFrame(bytes.subarray(ends[index - 1] ?? 0, end), RESOLUTIONS),
  );
}

describe('the values of a frame as bytes', () => {
  it('come back as they were', () => {
    const frames = [
      [0.3, 8_589_934_592, null],
      [100, 0, -1],
      [null, null, 12_345_678_901],
      [-0.1, 4096, 0],
    ];
    expect(throughBytes(frames)).toEqual(frames);
  });

  it('are rounded to their resolution', () => {
    expect(throughBytes([[0.26, 5000, 1.4]])).toEqual([[0.3, 4096, 1]]);
  });

  it.each([[1e300], [-1e300], [Infinity], [Number.NaN]])('are unknown for %s', (value) => {
    expect(throughBytes([[value, value, value]])).toEqual([[null, null, null]]);
  });
});
