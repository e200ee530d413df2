import { FrameBatchSchema } from '@hostdeck/contracts';
import { isFrameBatch } from './frame-batch';

const EPOCH = '0123456789abcdef';
const GOOD = { epoch: EPOCH, schema: 1, frames: [[0, 1, [1, null, -2.5]]] };
const withFrame = (frame: unknown) => ({ ...GOOD, frames: [frame] });

describe('the quick look at a batch', () => {
  it.each([
    ['a batch', GOOD],
    ['no values', withFrame([0, 0, []])],
    ['the greatest numbers', withFrame([Number.MAX_SAFE_INTEGER, 8.64e15, [1e308]])],
    ['a hundred frames', { ...GOOD, frames: Array.from({ length: 100 }, () => [0, 0, []]) }],
    ['nothing', null],
    ['undefined', undefined],
    ['text', 'batch'],
    ['a list', [EPOCH, 1, []]],
    ['an empty object', {}],
    ['a field too many', { ...GOOD, more: 1 }],
    ['another field instead', { epoch: EPOCH, schema: 1, frame: [] }],
    ['a prototype', JSON.parse(`{"__proto__":1,"epoch":"${EPOCH}","schema":1}`) as unknown],
    ['a wrong epoch', { ...GOOD, epoch: 'ABCDEF0123456789' }],
    ['a longer epoch', { ...GOOD, epoch: `${EPOCH}\n` }],
    ['an epoch that is a number', { ...GOOD, epoch: 123_456_789_012_345 }],
    ['a fraction of a schema', { ...GOOD, schema: 1.5 }],
    ['a negative schema', { ...GOOD, schema: -1 }],
    ['a schema beyond counting', { ...GOOD, schema: 2 ** 53 }],
    ['no frames', { ...GOOD, frames: [] }],
    ['frames that are none', { ...GOOD, frames: {} }],
    ['too many frames', { ...GOOD, frames: Array.from({ length: 101 }, () => [0, 0, []]) }],
    ['a frame that is none', withFrame({ 0: 0, 1: 0, 2: [], length: 3 })],
    ['a short frame', withFrame([0, 0])],
    ['a long frame', withFrame([0, 0, [], 0])],
    ['a number that is text', withFrame(['0', 0, []])],
    ['a number beyond counting', withFrame([2 ** 53, 0, []])],
    ['a time that is a fraction', withFrame([0, 0.5, []])],
    ['a time beyond the last', withFrame([0, 8.64e15 + 2, []])],
    ['a value that is text', withFrame([0, 0, ['1']])],
    ['a value that is true', withFrame([0, 0, [true]])],
    ['a value that is missing', withFrame([0, 0, [undefined]])],
    ['a value that is infinite', withFrame([0, 0, [Infinity]])],
    ['a value that is none', withFrame([0, 0, [NaN]])],
    ['values that are none', withFrame([0, 0, { length: 0 }])],
  ])('judges %s as the schema does', (_, payload) => {
    expect(isFrameBatch(payload)).toBe(FrameBatchSchema.safeParse(payload).success);
  });
});
