import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { customSeries, type CustomSeries } from './custom-series';
import { parseExposition } from './exposition';

/** Largest file that is read, bytes. */
export const MAX_FILE_SIZE = 1024 * 1024;

/** A series of a file with what is shown of it. */
export interface ShownSeries extends Omit<CustomSeries, 'isCounter'> {
  /** What the file said: of a counter, how far it had come. */
  readonly said: number | null;
}

/** Thrown for a file that is not taken. */
export class PromFileError extends Error {
  override readonly name = 'PromFileError';
}

/** One file of custom metrics as it was last written. */
export class PromFile {
  #series: readonly ShownSeries[] = [];
  #tooLong = 0;
  /** When it was written, ms since the epoch. */
  #writtenAt: number | null = null;
  #mark = '';

  constructor(readonly path: string) {}

  get series(): readonly ShownSeries[] {
    return this.#series;
  }

  /** Series that were not taken because their name and labels are too long. */
  get tooLong(): number {
    return this.#tooLong;
  }

  get writtenAt(): number | null {
    return this.#writtenAt;
  }

  /**
   * Reads the file if it was written since. Rates are over the time between two writings, and stay until the next.
   *
   * @throws PromFileError, ExpositionError, or what the system says
   */
  async refresh(): Promise<void> {
    // Never what a link points at, since who may write here may not be who may read there; and a pipe is not to be waited for.
    const handle = await open(
      this.path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const stats = await handle.stat();
      const { mtimeMs, size, ino } = stats;
      const mark = `${mtimeMs} ${size} ${ino}`;
      if (mark === this.#mark) return;
      if (!stats.isFile()) throw new PromFileError('is not a file');
      if (size > MAX_FILE_SIZE) {
        throw new PromFileError(`has ${size} bytes, more than the ${MAX_FILE_SIZE} that are read`);
      }
      this.#take(decode(await handle.readFile()), mtimeMs);
      this.#mark = mark;
    } catch (error) {
      this.#series = [];
      this.#mark = '';
      throw error;
    } finally {
      await handle.close();
    }
  }

  #take(text: string, writtenAt: number): void {
    const before = new Map(this.#series.map(({ instance, said }) => [instance, said]));
    const seconds = this.#writtenAt === null ? 0 : (writtenAt - this.#writtenAt) / 1_000;
    const series: ShownSeries[] = [];
    this.#tooLong = 0;
    for (const sample of parseExposition(text)) {
      const one = customSeries(sample);
      if (one === 'too long') this.#tooLong += 1;
      if (typeof one === 'string') continue;
      const { metric, instance, isCounter, value: said } = one;
      const value = isCounter ? rate(before.get(instance) ?? null, said, seconds) : said;
      series.push({ metric, instance, value, said });
    }
    this.#series = series;
    this.#writtenAt = writtenAt;
  }
}

/** `null` for the first writing, and for a counter that went back. */
function rate(before: number | null, now: number | null, seconds: number): number | null {
  if (before === null || now === null || now < before || seconds <= 0) return null;
  return (now - before) / seconds;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PromFileError('is not UTF-8', { cause });
  }
}
