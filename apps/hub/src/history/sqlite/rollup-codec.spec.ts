import { CorruptBytesError } from './bytes';
import { addBucket, addValue, emptyBucket, startOf, type Bucket } from '../rollup';
import { decodeBlock, encodeBlock } from './rollup-codec';

function bucketOf(start: number, values: readonly number[]): Bucket {
  const bucket = emptyBucket(start);
  for (const value of values) addValue(bucket, value);
  return bucket;
}

describe('a bucket', () => {
  it('knows count, sum, least and greatest of its values', () => {
    expect(bucketOf(60_000, [3, -1, 7])).toEqual({
      start: 60_000,
      count: 3,
      sum: 9,
      min: -1,
      max: 7,
    });
  });

  it('adds up finer buckets to the same as their values', () => {
    const whole = emptyBucket(0);
    for (const values of [[3, -1], [], [7, 7, 2]]) addBucket(whole, bucketOf(0, values));
    expect(whole).toEqual(bucketOf(0, [3, -1, 7, 7, 2]));
  });

  it('starts at a multiple of its length', () => {
    expect(startOf(119_999, 60_000)).toBe(60_000);
    expect(startOf(120_000, 60_000)).toBe(120_000);
  });
});

describe('a block of buckets', () => {
  const window = { start: 3_600_000, step: 60_000 };
  const series = new Map([
    [
      'cpu.busy',
      [bucketOf(3_600_000, [5, 5, 5]), bucketOf(3_720_000, [1, 9]), bucketOf(3_900_000, [])],
    ],
    ['network.receive_bytes{größe}', [bucketOf(3_660_000, [2 ** 40, 2 ** 41])]],
    ['disk.busy{sdb}', []],
  ]);

  it('comes back as it was', async () => {
    expect(await decodeBlock(await encodeBlock(series, window), window)).toEqual(series);
  });

  it('reads one series without the others', async () => {
    const block = await encodeBlock(series, window);
    const read = await decodeBlock(block, window, (key) => key === 'cpu.busy');
    expect([...read.keys()]).toEqual(['cpu.busy']);
  });

  it.each([[Buffer.alloc(0)], [Buffer.from('noise')]])('is refused as %j', async (bytes) => {
    await expect(decodeBlock(bytes, window)).rejects.toThrow(CorruptBytesError);
  });
});
