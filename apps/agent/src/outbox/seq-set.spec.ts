import type { SeqRange } from '@hostdeck/contracts';
import { SeqSet } from './seq-set';

describe('a set of seqs', () => {
  it('agrees with a plain set, whatever is added in whatever order', () => {
    // A linear congruential generator (Numerical Recipes), so that a failure can be repeated.
    let state = 7;
    const random = (below: number) => {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 200; round += 1) {
      const set = new SeqSet();
      const plain = new Set<number>();
      for (let step = 0; step < 12; step += 1) {
        const first = random(60);
        const range: SeqRange = [first, first + random(8) - 1];
        set.add(range);
        for (let seq = range[0]; seq <= range[1]; seq += 1) plain.add(seq);
      }
      expect(set.count).toBe(plain.size);
      for (let seq = 0; seq < 70; seq += 1) {
        let next = seq;
        while (plain.has(next)) next += 1;
        let previous = seq;
        while (plain.has(previous)) previous -= 1;
        expect([set.nextMissing(seq), set.previousMissing(seq)]).toEqual([next, previous]);
        const counted = [...plain].filter((one) => one >= seq && one <= seq + 9).length;
        expect(set.countIn([seq, seq + 9])).toBe(counted);
      }
    }
  });
});
