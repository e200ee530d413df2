import { DEFAULT_LIMITS } from '../config/limits';
import { ExportSlots } from './export-slots';

describe('slots for exports', () => {
  it('are as many as the limit says; who finds none is told when to ask again, and each is given back however it ends', async () => {
    const slots = new ExportSlots({
      ...DEFAULT_LIMITS,
      exports: { ...DEFAULT_LIMITS.exports, atOnce: 2 },
    });
    const ends: ((error?: Error) => void)[] = [];
    const hold = () =>
      slots.within(
        () =>
          new Promise((resolve, reject) => {
            ends.push((error) => (error === undefined ? resolve() : reject(error)));
          }),
      );
    const [first, second] = [hold(), hold()];
    await expect(hold()).rejects.toMatchObject({ kind: 'unavailable', retryAfter: 5_000 });
    ends[0]?.(new Error('the reader has gone'));
    await expect(first).rejects.toThrow('the reader has gone');
    const third = hold();
    await expect(hold()).rejects.toMatchObject({ kind: 'unavailable' });
    for (const end of ends) end();
    await Promise.all([second, third]);
  });
});
