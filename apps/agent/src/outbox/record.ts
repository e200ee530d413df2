import { crc32 } from 'node:zlib';

/** Length of the content and its CRC-32, both unsigned, little-endian. */
const HEADER_BYTES = 8;
/** Longest content, bytes: a schema of as many series as the protocol allows, with the longest names, is a third of it. */
const MAX_CONTENT_BYTES = 2 * 1024 * 1024;

/** A text as a record: length (4 bytes), CRC-32 of the content (4 bytes; as in gzip, RFC 1952), content in UTF-8. */
export function encodeRecord(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const record = Buffer.allocUnsafe(HEADER_BYTES + length);
  record.write(text, HEADER_BYTES);
  record.writeUInt32LE(length, 0);
  record.writeUInt32LE(crc32(record.subarray(HEADER_BYTES)), 4);
  return record;
}

/** Records as they were found. */
export interface RecordsRead {
  /** Where the content of each begins, for {@link contentAt}. */
  readonly starts: readonly number[];
  /** Where the last whole record ends. */
  readonly end: number;
}

/**
 * The records at the beginning of `bytes` up to the first that is not whole: cut off by a crash, damaged, or the zeros
 * that some filesystems leave after a power cut. What is behind it can not be told apart from rubbish.
 */
export function readRecords(bytes: Buffer): RecordsRead {
  const starts: number[] = [];
  let end = 0;
  while (end + HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(end);
    const start = end + HEADER_BYTES;
    if (length === 0 || length > MAX_CONTENT_BYTES || start + length > bytes.length) break;
    if (crc32(contentAt(bytes, start)) !== bytes.readUInt32LE(end + 4)) break;
    starts.push(start);
    end = start + length;
  }
  return { starts, end };
}

/** The content of a record that begins at `start`. */
export function contentAt(bytes: Buffer, start: number): Buffer {
  return bytes.subarray(start, start + bytes.readUInt32LE(start - HEADER_BYTES));
}
