import { deflateSync } from 'node:zlib';
import { CorruptBytesError } from './bytes';
import { InflatedBodies } from './inflated-bodies';

const deflated = (text: string) => deflateSync(text.repeat(50));

describe('inflated bodies', () => {
  it('are kept as long as they are asked for, and made anew when they are not', async () => {
    const first = deflated('first');
    const probe = await new InflatedBodies().inflate(first, 'chunk');
    // Room for three, whatever a body takes beside its bytes.
    const bodies = new InflatedBodies(3 * (first.buffer.byteLength + probe.buffer.byteLength));
    const kept = await bodies.inflate(first, 'chunk');
    expect(kept.toString()).toBe('first'.repeat(50));
    // The same bytes read again are the same body.
    expect(await bodies.inflate(Buffer.from(first), 'chunk')).toBe(kept);
    for (const text of ['second', 'third', 'fourth', 'fifth']) {
      await bodies.inflate(deflated(text), 'chunk');
      if (text !== 'fifth') expect(await bodies.inflate(first, 'chunk')).toBe(kept);
    }
    for (const text of ['sixth', 'seventh', 'eighth'])
      await bodies.inflate(deflated(text), 'chunk');
    const again = await bodies.inflate(first, 'chunk');
    expect(again).not.toBe(kept);
    expect(again.equals(kept)).toBe(true);
  });

  it('are never what other bytes were, also with the same length and checksum', async () => {
    const bodies = new InflatedBodies();
    const good = deflated('good');
    await bodies.inflate(good, 'chunk');
    const broken = Buffer.from(good);
    broken[4] = (broken[4] ?? 0) ^ 0xff;
    await expect(bodies.inflate(broken, 'chunk')).rejects.toThrow(CorruptBytesError);
    expect((await bodies.inflate(good, 'chunk')).toString()).toBe('good'.repeat(50));
    await expect(bodies.inflate(Buffer.from([1]), 'chunk')).rejects.toThrow(CorruptBytesError);
  });
});
