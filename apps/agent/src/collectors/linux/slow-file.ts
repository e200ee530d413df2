import { close, open, read } from 'node:fs';
import { promisify } from 'node:util';

const openFile = promisify(open);
const readFile = promisify(read);
const closeFile = promisify(close);

/** Longest content of such a file that is read, bytes; the kernel's attributes are a page at most. */
const SIZE = 4096;

/**
 * A file of `/sys` behind which hardware may take its time to answer: read beside the program, and kept open, so that a reading is one
 * trip through the thread pool and not four.
 */
export class SlowFile {
  #descriptor: number | null = null;

  constructor(readonly path: string) {}

  /** The content, trimmed; `null` when it is not there or the hardware does not answer. */
  async read(): Promise<string | null> {
    try {
      this.#descriptor ??= await openFile(this.path, 'r');
      const buffer = Buffer.allocUnsafe(SIZE);
      const { bytesRead } = await readFile(this.#descriptor, buffer, 0, SIZE, 0);
      return buffer.toString('utf8', 0, bytesRead).trim();
    } catch {
      // A sleeping disk, a loose fan, a card that was pulled: this one is unknown, and is opened anew next time.
      await this.close();
      return null;
    }
  }

  /** The content as a number; `null` as in {@link read}, `NaN` when it is none. */
  async readNumber(): Promise<number | null> {
    const text = await this.read();
    return text === null ? null : text === '' ? Number.NaN : Number(text);
  }

  /** Gives the descriptor back; it is opened again when needed. */
  async close(): Promise<void> {
    if (this.#descriptor === null) return;
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    await closeFile(descriptor);
  }
}

/** The content of a file that is read seldom; `null` as in {@link SlowFile.read}. */
export async function readSmallFile(path: string): Promise<string | null> {
  const file = new SlowFile(path);
  const text = await file.read();
  await file.close();
  return text;
}
