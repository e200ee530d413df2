import { decodeFrame, encodeFrames } from './values-codec';

const RESOLUTIONS = [0.1, 4096, 1];

describe('the values of a frame as bytes', () => {
  it('come back as they were', () => {
    const frames = [
      [0.3, 8_589_934_592, null],
      [100, 0, -1],
      [null, null, 12_345_678_901],
      [-0.1, 4096, 0],
    ];
    const encoded = encodeFrames(frames.map((values) => ({ values, resolutions: RESOLUTIONS })));
    expect(encoded.map((bytes) => decodeFrame(bytes, RESOLUTIONS))).toEqual(frames);
  });

  it('are rounded to their resolution', () => {
    const [bytes] = encodeFrames([{ values: [0.26, 5000, 1.4], resolutions: RESOLUTIONS }]);
    expect(decodeFrame(bytes ?? Buffer.alloc(0), RESOLUTIONS)).toEqual([0.3, 4096, 1]);
  });

  it.each([[1e300], [-1e300], [Infinity], [Number.NaN]])('are unknown for %s', (value) => {
    const [bytes] = encodeFrames([{ values: [value, value, value], resolutions: RESOLUTIONS }]);
    expect(decodeFrame(bytes ?? Buffer.alloc(0), RESOLUTIONS)).toEqual([null, null, null]);
  });
});
