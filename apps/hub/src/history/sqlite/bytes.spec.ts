import { ByteReader, ByteWriter, CorruptBytesError } from './bytes';

const NUMBERS = [
  0,
  1,
  127,
  128,
  16_383,
  16_384,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 40 + 1,
  2 ** 52,
];

describe('numbers as bytes', () => {
  it('come back as they were', () => {
    const writer = new ByteWriter();
    for (const number of NUMBERS) {
      writer.varint(number);
      writer.signed(number / 2 === Math.floor(number / 2) ? number / 2 : number);
      writer.signed(-Math.floor(number / 2));
    }
    const reader = new ByteReader(writer.view());
    for (const number of NUMBERS) {
      expect(reader.varint()).toBe(number);
      expect(reader.signed()).toBe(number / 2 === Math.floor(number / 2) ? number / 2 : number);
      expect(reader.signed()).toBe(0 - Math.floor(number / 2));
    }
    expect(reader.done).toBe(true);
  });

  it('take one byte when they are small', () => {
    const writer = new ByteWriter();
    writer.signed(-64);
    writer.signed(63);
    expect([...writer.view()]).toEqual([127, 126]);
  });

  it('outgrow the first buffer', () => {
    const writer = new ByteWriter();
    for (let index = 0; index < 5000; index += 1) writer.varint(index);
    writer.bytes(new Uint8Array(10_000).fill(7));
    const reader = new ByteReader(writer.view());
    for (let index = 0; index < 5000; index += 1) expect(reader.varint()).toBe(index);
    expect(reader.bytes(10_000).every((byte) => byte === 7)).toBe(true);
  });

  it.each([
    ['that end within a number', [0x80]],
    ['that hold a number beyond the safe integers', Array<number>(9).fill(0xff)],
  ])('are refused %s', (_, bytes) => {
    expect(() => new ByteReader(Uint8Array.from(bytes)).varint()).toThrow(CorruptBytesError);
  });

  it('are refused when a column is longer than what is left', () => {
    expect(() => new ByteReader(new Uint8Array(3)).bytes(4)).toThrow(CorruptBytesError);
  });
});
