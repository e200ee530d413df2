/**
 * Whole numbers as bytes, smallest first: LEB128 varints (as in DWARF 5, section 7.6), negative ones by zigzag
 * (as in Protocol Buffers). Numbers are JavaScript's safe integers, up to 2^53 - 1.
 */

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Thrown when bytes are not what a writer here has written. */
export class CorruptBytesError extends Error {
  override readonly name = 'CorruptBytesError';
}

/** Appends numbers to a buffer that grows. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(1024);
  private length = 0;

  /** @param value a whole number from 0 to 2^53 - 1 */
  varint(value: number): void {
    if (this.length + 8 > this.buffer.length) this.grow(8);
    let rest = value;
    while (rest >= 0x80) {
      // Beyond 31 bits JavaScript's bit operators would cut the number, so it is divided instead.
      this.buffer[this.length] = (rest % 0x80) | 0x80;
      this.length += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.length] = rest;
    this.length += 1;
  }

  /** @param value a whole number, at most 2^52 from zero */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  bytes(source: Uint8Array): void {
    if (this.length + source.length > this.buffer.length) this.grow(source.length);
    this.buffer.set(source, this.length);
    this.length += source.length;
  }

  /** What was written so far; valid until the next write. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  get size(): number {
    return this.length;
  }

  clear(): void {
    this.length = 0;
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + needed));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

/** Reads what a {@link ByteWriter} wrote. Every read throws {@link CorruptBytesError} past the end. */
export class ByteReader {
  private readonly buffer: Buffer;
  private position = 0;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.buffer = Buffer.from(buffer, byteOffset, byteLength);
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.buffer[this.position];
      if (byte === undefined) throw new CorruptBytesError('the bytes end within a number');
      this.position += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 0x80;
      if (factor > LARGEST) throw new CorruptBytesError('a number is too long');
    }
    return value;
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bytes(length: number): Uint8Array {
    const start = this.position;
    this.skip(length);
    return this.buffer.subarray(start, this.position);
  }

  /** UTF-8 of that many bytes. */
  text(length: number): string {
    const start = this.position;
    this.skip(length);
    return this.buffer.toString('utf8', start, this.position);
  }

  skip(length: number): void {
    const end = this.position + length;
    if (end > this.buffer.length) throw new CorruptBytesError('the bytes end within a column');
    this.position = end;
  }

  get done(): boolean {
    return this.position === this.buffer.length;
  }
}
