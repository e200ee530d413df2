import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { isAbsent } from './proc-file';
import type { KernelFiles } from './kernel-files';

/** Key of the page size in the auxiliary vector (getauxval(3), AT_PAGESZ). */
const AT_PAGESZ = 6n;
const ENTRY = 16;

/** Bytes of a page of memory, which Node does not tell: from this process's auxiliary vector on a 64-bit kernel, else `null`. */
export function readPageSize(files: KernelFiles): number | null {
  let vector: Buffer;
  try {
    vector = readFileSync(join(files.roots.proc, 'self/auxv'));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  const word = (at: number) =>
    endianness() === 'LE' ? vector.readBigUInt64LE(at) : vector.readBigUInt64BE(at);
  for (let at = 0; at + ENTRY <= vector.length; at += ENTRY) {
    if (word(at) === AT_PAGESZ) return Number(word(at + ENTRY / 2));
  }
  return null;
}
