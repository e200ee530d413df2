import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Text that is made while it is sent. */
export interface Sending {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: AsyncGenerator<string, void>;
  /** How long it may be taken no further before it is broken off, ms. */
  readonly patience: number;
}

/**
 * Sends text as it is made, no faster than it is taken. What fails before the first of it is a problem document; what fails later breaks
 * the connection, so that nobody takes a part for the whole.
 */
export async function sendText(
  response: Response,
  { fileName, mediaType, text, patience }: Sending,
): Promise<void> {
  const first = await text.next();
  // Quotes and encodes the name (RFC 6266).
  response.attachment(fileName);
  response.setHeader('Content-Type', mediaType);
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  response.setTimeout(patience, () => response.destroy());
  try {
    await pipeline(Readable.from(withFirst(first, text)), response);
  } catch (error) {
    if (!isClientGone(error)) throw error;
  }
}

async function* withFirst(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

/** Whether the one who asked has closed the connection: nothing failed, and nobody is there to be told. */
function isClientGone(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_STREAM_PREMATURE_CLOSE'
  );
}
