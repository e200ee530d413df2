import { ageWords, durationWords, offsetWords } from './duration';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a length of time', () => {
  it.each([
    [0, '0 s', '0 s'],
    [-5, '0 s', '0 s'],
    [59_999, '59 s', '59 s'],
    [64_000, '1 min 4 s', '1 min'],
    [3_600_000, '1 h', '1 h'],
    [4_320_000, '1 h 12 min', '1 h'],
    [41 * 86_400_000 + 3 * 3_600_000, '41 d 3 h', '41 d'],
  ])('of %d ms is %s, or as an age %s', (ms, duration, age) => {
    expect(plain(durationWords(ms))).toBe(duration);
    expect(plain(ageWords(ms))).toBe(age);
  });

  it('by which a clock is wrong has a sign', () => {
    expect(plain(offsetWords(-37))).toBe('\u221237 ms');
    expect(plain(offsetWords(1_240))).toBe('+1.2 s');
    expect(plain(offsetWords(3_600_000))).toBe('+1 h');
  });
});
