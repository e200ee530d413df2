import { inflate, type Inflate } from './inflate';

/** All that is kept, deflated and inflated together, bytes: a day of about four hosts' rollups and chunks. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Length of the checksum that deflated bytes end with (Adler-32 of what was deflated; RFC 1950, section 2.2), bytes. */
const CHECKSUM = 4;

interface Body {
  readonly deflated: Uint8Array;
  readonly inflated: Buffer;
}

/**
 * Keeps what was inflated last: a page asks for chart after chart of the same host and span, and each lies in the same chunks and blocks.
 * Found by their bytes, not by where they came from: what was sealed or rolled up anew is another body.
 */
export class InflatedBodies {
  /** By length and checksum, the one used longest ago first. */
  private readonly bodies = new Map<number, Body>();
  private size = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** As {@link inflate}; the result is shared, and must not be written to. */
  readonly inflate: Inflate = async (deflated, what) => {
    const key = keyOf(deflated);
    const kept = this.bodies.get(key);
    if (kept !== undefined && Buffer.compare(kept.deflated, deflated) === 0) {
      this.bodies.delete(key);
      this.bodies.set(key, kept);
      return kept.inflated;
    }
    const inflated = await inflate(deflated, what);
    this.keep(key, { deflated, inflated });
    return inflated;
  };

  private keep(key: number, body: Body): void {
    if (sizeOf(body) > this.mostBytes) return;
    this.forget(key);
    this.bodies.set(key, body);
    this.size += sizeOf(body);
    for (const oldest of this.bodies.keys()) {
      if (this.size <= this.mostBytes) return;
      this.forget(oldest);
    }
  }

  private forget(key: number): void {
    const body = this.bodies.get(key);
    if (body === undefined) return;
    this.bodies.delete(key);
    this.size -= sizeOf(body);
  }
}

function sizeOf({ deflated, inflated }: Body): number {
  return deflated.buffer.byteLength + inflated.buffer.byteLength;
}

/** What tells bodies apart nearly always, as one whole number. */
function keyOf({ buffer, byteOffset, byteLength }: Uint8Array): number {
  if (byteLength < CHECKSUM) return byteLength;
  const checksum = new DataView(buffer, byteOffset + byteLength - CHECKSUM).getUint32(0);
  return byteLength * 2 ** 32 + checksum;
}
