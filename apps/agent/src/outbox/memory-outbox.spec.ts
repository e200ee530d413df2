import type { SeqRange } from '@hostdeck/contracts';
import type { FrameSchema } from '../sampler/sampler';
import { MemoryOutbox } from './memory-outbox';

const one: FrameSchema = { number: 1, series: ['uptime'] };
const two: FrameSchema = { number: 2, series: ['uptime', 'load.1'] };
const EVERYTHING = Number.MAX_SAFE_INTEGER;

function filled(outbox: MemoryOutbox, ...schemas: FrameSchema[]): MemoryOutbox {
  for (const schema of schemas) {
    outbox.append({ time: 1_000, schema, values: schema.series.map(() => 1) });
  }
  return outbox;
}

/** Seqs of the frames in a range. */
function seqs(outbox: MemoryOutbox, range: SeqRange, limit = 100): number[] {
  return (outbox.read(range, () => limit)?.frames ?? []).map(({ seq }) => seq);
}

describe('the outbox in memory', () => {
  it('numbers frames from 0 in an epoch of its own', () => {
    const outbox = filled(new MemoryOutbox(), one, one);
    expect(seqs(outbox, [0, EVERYTHING])).toEqual([0, 1]);
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.nextSeq]).toEqual([0, 1, 2]);
    expect(outbox.epoch).toMatch(/^[0-9a-f]{16}$/);
    expect(new MemoryOutbox().epoch).not.toBe(outbox.epoch);
  });

  it('is empty at first and after all was removed', () => {
    const outbox = new MemoryOutbox();
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.bytes]).toEqual([null, null, 0]);
    filled(outbox, one, one).remove([0, 1]);
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.length, outbox.bytes]).toEqual([
      null,
      null,
      0,
      0,
    ]);
    expect(outbox.nextSeq).toBe(2);
    expect(outbox.read([0, EVERYTHING], () => 1)).toBeNull();
  });

  it('reads the oldest of a range that share a schema, up to a limit', () => {
    const outbox = filled(new MemoryOutbox(), one, one, one, two, one);
    expect(seqs(outbox, [0, EVERYTHING])).toEqual([0, 1, 2]);
    expect(seqs(outbox, [1, EVERYTHING], 1)).toEqual([1]);
    expect(seqs(outbox, [3, EVERYTHING])).toEqual([3]);
    expect(seqs(outbox, [0, 1])).toEqual([0, 1]);
  });

  it('keeps what is around a range that was removed', () => {
    const outbox = filled(new MemoryOutbox(), one, one, one, one, one);
    outbox.remove([3, 4]);
    outbox.remove([1, 1]);
    expect(seqs(outbox, [0, EVERYTHING])).toEqual([0, 2]);
    expect([outbox.oldestSeq, outbox.newestSeq]).toEqual([0, 2]);
  });

  it('drops the oldest when it is full, counts them, and keeps the newest whatever its size', () => {
    const single = filled(new MemoryOutbox(), one).bytes;
    const outbox = filled(new MemoryOutbox(single * 3), one, one, one, one, one);
    expect(seqs(outbox, [0, EVERYTHING])).toEqual([2, 3, 4]);
    expect(outbox.dropped).toBe(2);
    expect(outbox.bytes).toBe(single * 3);
    expect(seqs(filled(new MemoryOutbox(1), one, one), [0, EVERYTHING])).toEqual([1]);
  });
});
