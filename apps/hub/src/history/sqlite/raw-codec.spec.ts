import { CorruptBytesError } from './bytes';
import { decodeChunk, decodeRuns, encodeChunk, type Layout, type Run } from './raw-codec';

const LAYOUTS = new Map<number, Layout>([
  [1, { keys: ['cpu.busy', 'memory.used'], resolutions: [0.1, 4096] }],
  [2, { keys: ['memory.used', 'disk.busy{sdb}', 'cpu.busy'], resolutions: [4096, 0.1, 0.1] }],
]);

function layouts(schema: number): Promise<Layout> {
  const layout = LAYOUTS.get(schema);
  return layout === undefined
    ? Promise.reject(new Error(`no schema ${String(schema)}`))
    : Promise.resolve(layout);
}

const RUNS: readonly Run[] = [
  {
    schema: 1,
    times: [1_700_000_000_000, 1_700_000_002_001, 1_700_000_004_000],
    values: [
      [0.3, 8_589_934_592],
      [null, 8_589_938_688],
      [100, null],
    ],
  },
  {
    schema: 2,
    times: [1_700_000_006_000, 1_700_000_900_000],
    values: [
      [0, null, 12.5],
      [4096, null, 99.9],
    ],
  },
];

describe('a chunk', () => {
  it('gives back the frames it was made of', async () => {
    expect(await decodeRuns(await encodeChunk(RUNS, layouts), layouts)).toEqual(RUNS);
  });

  it('reads one series without the others, only where it existed', async () => {
    const chunk = await encodeChunk(RUNS, layouts);
    const columns = await decodeChunk(chunk, layouts, (key) => key === 'disk.busy{sdb}');
    expect([...columns]).toEqual([
      ['disk.busy{sdb}', { times: [1_700_000_006_000, 1_700_000_900_000], values: [null, null] }],
    ]);
  });

  it('joins a series over a change of schema', async () => {
    const columns = await decodeChunk(await encodeChunk(RUNS, layouts), layouts);
    expect(columns.get('cpu.busy')?.values).toEqual([0.3, null, 100, 12.5, 99.9]);
    expect(columns.get('memory.used')?.values).toEqual([
      8_589_934_592,
      8_589_938_688,
      null,
      0,
      4096,
    ]);
  });

  it('keeps every tenth of a percent exact', async () => {
    const values = Array.from({ length: 1001 }, (_, index) => [index / 10, index * 4096]);
    const run = { schema: 1, times: values.map((_, index) => index * 2000), values };
    expect(await decodeRuns(await encodeChunk([run], layouts), layouts)).toEqual([run]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from('this is not a chunk')],
  ])('is not made of %s', async (_, bytes) => {
    await expect(decodeChunk(bytes, layouts)).rejects.toThrow(CorruptBytesError);
  });

  it('is refused when cut short', async () => {
    const chunk = await encodeChunk(RUNS, layouts);
    await expect(decodeChunk(chunk.subarray(0, chunk.length - 4), layouts)).rejects.toThrow(
      CorruptBytesError,
    );
  });

  it('is refused under schemas that are not its own', async () => {
    const chunk = await encodeChunk(RUNS, layouts);
    const others = () => Promise.resolve({ keys: ['load.1'], resolutions: [0.01] });
    await expect(decodeChunk(chunk, others)).rejects.toThrow(CorruptBytesError);
  });
});
