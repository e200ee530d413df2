import { SeqRanges } from './seq-ranges';

function rangesOf(...seqs: number[]): SeqRanges {
  const ranges = new SeqRanges();
  for (const seq of seqs) ranges.add(seq);
  return ranges;
}

describe('a set of frame numbers', () => {
  it.each([
    ['one after the other', [0, 1, 2], [[0, 2]]],
    ['twice', [3, 3, 3], [[3, 3]]],
    [
      'with a gap',
      [0, 1, 5, 6],
      [
        [0, 1],
        [5, 6],
      ],
    ],
    ['newest first', [9, 8, 7], [[7, 9]]],
    ['a gap that is filled', [0, 2, 1], [[0, 2]]],
    [
      'before everything',
      [5, 0],
      [
        [0, 0],
        [5, 5],
      ],
    ],
    [
      'in the middle',
      [0, 9, 4],
      [
        [0, 0],
        [4, 4],
        [9, 9],
      ],
    ],
  ])('is kept as runs: %s', (_, seqs, expected) => {
    expect(rangesOf(...seqs).toArray()).toEqual(expected);
  });

  it('is the same as a plain set, whatever the order', () => {
    const plain = new Set<number>();
    const ranges = new SeqRanges();
    // A fixed sequence that looks random: a linear congruential generator (Numerical Recipes).
    let state = 7;
    for (let round = 0; round < 2_000; round += 1) {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      const seq = state % 500;
      plain.add(seq);
      ranges.add(seq);
    }
    const members = Array.from({ length: 501 }, (_, seq) => seq).filter((seq) => ranges.has(seq));
    expect(members).toEqual([...plain].sort((first, second) => first - second));
    for (const [index, [first]] of ranges.toArray().entries()) {
      const before = ranges.toArray()[index - 1];
      if (before !== undefined) expect(first).toBeGreaterThan(before[1] + 1);
    }
  });

  it('closes the gaps nobody can fill any more', () => {
    const ranges = rangesOf(0, 1, 5, 9, 10, 20);
    ranges.closeBelow(10);
    expect(ranges.toArray()).toEqual([
      [0, 10],
      [20, 20],
    ]);
    expect(ranges.has(7)).toBe(true);
  });

  it('keeps the gap that begins where the agent still has frames', () => {
    const ranges = rangesOf(0, 5);
    ranges.closeBelow(3);
    expect(ranges.toArray()).toEqual([
      [0, 0],
      [5, 5],
    ]);
  });

  it.each([
    [0, 0, 0],
    [0, 1, 0],
    [0, 12, 7],
    [3, 5, 2],
    [4, 7, 2],
    [9, 10, 0],
    [11, 100, 89],
  ])('knows how many from %i to %i are missing', (from, to, expected) => {
    expect(rangesOf(0, 1, 5, 9, 10).missing(from, to)).toBe(expected);
  });

  it('tells what it would be with more numbers without taking them', () => {
    const ranges = rangesOf(1);
    expect(ranges.with([2, 5])).toEqual([
      [1, 2],
      [5, 5],
    ]);
    expect(ranges.has(2)).toBe(false);
    expect(ranges.newest).toBe(1);
  });
});
