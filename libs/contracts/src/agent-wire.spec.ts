import { FrameBatchSchema, HelloResultSchema, SchemaSchema, WIRE_LIMITS } from './agent-wire';
import { proofText } from './identity';
import { failure } from './result';

const epoch = '0123456789abcdef';
const batch = { epoch, schema: 1, frames: [[0, 1_700_000_000_000, [1.5, null]]] };

describe('a batch of frames', () => {
  it('is read as sent', () => {
    expect(FrameBatchSchema.parse(batch)).toEqual(batch);
  });

  it.each([
    ['no frames', { ...batch, frames: [] }],
    [
      'too many frames',
      { ...batch, frames: Array(WIRE_LIMITS.framesPerBatch + 1).fill(batch.frames[0]) },
    ],
    ['a negative seq', { ...batch, frames: [[-1, 0, []]] }],
    ['a seq beyond the safe integers', { ...batch, frames: [[2 ** 53, 0, []]] }],
    ['a value that is text', { ...batch, frames: [[0, 0, ['1']]] }],
    ['a value that is not finite', { ...batch, frames: [[0, 0, [Infinity]]] }],
    ['a foreign field', { ...batch, more: 1 }],
    ['a short epoch', { ...batch, epoch: 'abc' }],
  ])('is refused for %s', (_, value) => {
    expect(FrameBatchSchema.safeParse(value).success).toBe(false);
  });
});

describe('a schema', () => {
  it('is refused for a series of no catalogue metric, which the error names', () => {
    const result = SchemaSchema.safeParse({ number: 0, series: ['cpu.busy', 'cpu.bizzy'] });
    expect(result.error?.issues[0]).toMatchObject({
      path: ['series', 1],
      message: 'unknown series "cpu.bizzy"',
    });
  });
});

describe('the names in a schema', () => {
  it('come as one legible line', () => {
    const series = ['disk.busy{a\u202eb\ud800\n}', 'disk.busy{<b>=1}'];
    expect(SchemaSchema.parse({ number: 0, series }).series).toEqual([
      'disk.busy{a\ufffdb\ufffd\ufffd}',
      'disk.busy{<b>=1}',
    ]);
  });

  it('are refused when two of them can not be told apart then', () => {
    const series = ['disk.busy{a\u202e}', 'disk.busy{a\u202d}'];
    expect(SchemaSchema.safeParse({ number: 0, series }).success).toBe(false);
  });
});

describe('an answer', () => {
  it('may be a refusal', () => {
    const refusal = failure('busy', 'try later');
    expect(HelloResultSchema.parse(refusal)).toEqual(refusal);
  });

  it('may not be half a success', () => {
    expect(HelloResultSchema.safeParse({ ok: true, stored: [] }).success).toBe(false);
  });
});

describe('the text of a proof', () => {
  const context = { agentId: 'a', agentNonce: 'n', hubNonce: 'm' };

  it('differs by side and by each field', () => {
    const texts = [
      proofText('agent', context),
      proofText('hub', context),
      proofText('agent', { ...context, agentId: 'b' }),
      proofText('agent', { ...context, agentNonce: 'b' }),
      proofText('agent', { ...context, hubNonce: 'b' }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });
});
