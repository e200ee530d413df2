import { failure, type Failure, type WireErrorCode } from '@hostdeck/contracts';
import type { z } from 'zod';
import { OVERSIZED } from './bounded-parser';

/** A request on a socket that is refused; becomes the failure in its ack. */
export class WireFailure extends Error {
  constructor(
    readonly code: WireErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'WireFailure';
  }

  toResult(): Failure {
    return failure(this.code, this.message);
  }
}

/**
 * Parses what came with an event.
 *
 * @param codeOf the code of a field's error; `malformed` unless it says otherwise
 * @throws {WireFailure} that names the field.
 */
export function parseWire<Schema extends z.ZodType>(
  schema: Schema,
  payload: unknown,
  codeOf: (issue: z.core.$ZodIssue) => WireErrorCode = () => 'malformed',
): z.output<Schema> {
  if (payload === OVERSIZED) {
    throw new WireFailure(
      'too_large',
      'the message is longer than `messageBytes` announced in hello',
    );
  }
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new WireFailure('malformed', 'not the shape of this event');
  const field = issue.path.join('.');
  throw new WireFailure(codeOf(issue), field === '' ? issue.message : `${field}: ${issue.message}`);
}

/** The error a client gets instead of a connection. */
export function refusedConnection(refusal: Failure): Error {
  return Object.assign(new Error(refusal.code), { data: refusal });
}
