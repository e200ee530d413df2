import { FrameBatchSchema } from '@hostdeck/contracts';
import { isFrameBatch } from './frame-batch';

const EPOCH = '0123456789abcdef';
const GOOD = { epoch: EPOCH, schema: 1, frames: [[0, 1, [1, null, -2.5]]] };
const withFrame = (frame: unknown) => ({ ...GOOD, frames: [frame] });
const CRON = [7, 1, 'cron', 'root', 'cron -f', 1.5, 4_096];
const withCulprits = (...culprits: unknown[]) => withFrame([0, 0, [1], culprits]);
const withCulprit = (place: number, value: unknown) =>
  withCulprits(CRON.with(place, value as string));

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
    ['a culprit', withCulprits(CRON)],
    ['no culprits', withCulprits()],
    ['twenty culprits', withCulprits(...Array<unknown>(20).fill(CRON))],
    ['too many culprits', withCulprits(...Array<unknown>(21).fill(CRON))],
    ['culprits that are none', withFrame([0, 0, [], 'cron'])],
    ['a culprit that is none', withCulprits(null)],
    ['a culprit that is too short', withCulprits(CRON.slice(1))],
    ['what is not known of a culprit', withCulprits([7, 1, 'cron', null, null, null, null])],
    ['a pid that is a fraction', withCulprit(0, 1.5)],
    ['a time of start that is negative', withCulprit(1, -1)],
    ['a name that is a number', withCulprit(2, 7)],
    ['a name that is unknown', withCulprit(2, null)],
    ['a name that is too long', withCulprit(2, 'x'.repeat(65))],
    ['a prototype as name', withCulprit(2, '__proto__')],
    ['a user that is too long', withCulprit(3, 'x'.repeat(65))],
    ['a command line that is too long', withCulprit(4, 'x'.repeat(161))],
    ['CPU that is negative', withCulprit(5, -1)],
    ['memory that is infinite', withCulprit(6, Infinity)],
  ])('judges %s as the schema does', (_, payload) => {
    expect(isFrameBatch(payload)).toBe(FrameBatchSchema.safeParse(payload).success);
  });

  it.each([['a\u202eb'], ['\ud800'], ['\0'], ['\u{1f600}']])(
    'leaves names that may have to be cleaned to the schema: %j',
    (name) => {
      expect(isFrameBatch(withCulprit(2, name))).toBe(false);
      expect(FrameBatchSchema.safeParse(withCulprit(2, name)).success).toBe(true);
    },
  );
});
