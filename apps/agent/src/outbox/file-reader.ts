import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The memory grows by a multiple of this, bytes, so that a file that is little longer does not need another one. */
const STEP = 256 * 1024;

/** Reads files whole, all into the same memory: going through a spool of many segments takes no more than the longest of them. */
export class FileReader {
  #memory = Buffer.alloc(0);

  /** The content of a file, valid until the next is read. @throws errors of the system */
  read(path: string): Buffer {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (this.#memory.length < size) {
        this.#memory = Buffer.allocUnsafeSlow(Math.ceil(size / STEP) * STEP);
      }
      let length = 0;
      while (length < size) {
        const read = readSync(file, this.#memory, length, size - length, length);
        if (read === 0) break;
        length += read;
      }
      return this.#memory.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }
}
