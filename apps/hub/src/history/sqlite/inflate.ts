import { inflate as inflateWithCallback, inflateSync } from 'node:zlib';
import { promisify } from 'node:util';
import { CorruptBytesError } from './bytes';

const inflateAside = promisify(inflateWithCallback);

/** Largest body accepted, bytes: a broken one must not fill the memory. */
const LARGEST = 64 * 1024 * 1024;
/** Up to this size, bytes, inflating takes less time (a few tenths of a ms) than the way to a thread and back. */
const SMALL = 64 * 1024;
/** Most bodies fit in one piece of this size, bytes. */
const PIECE = 64 * 1024;

/** Inflates bytes; `what` they are is for the error. */
export type Inflate = (bytes: Uint8Array, what: string) => Promise<Buffer>;

/**
 * Inflates what was deflated with a checksum.
 *
 * @param what what the bytes are, for the error
 * @throws CorruptBytesError when they are not deflated, or their checksum is wrong.
 */
export async function inflate(bytes: Uint8Array, what: string): Promise<Buffer> {
  const options = { maxOutputLength: LARGEST, chunkSize: PIECE };
  try {
    return bytes.length <= SMALL ? inflateSync(bytes, options) : await inflateAside(bytes, options);
  } catch (cause) {
    throw new CorruptBytesError(`the ${what} cannot be inflated`, { cause });
  }
}
