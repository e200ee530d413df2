import { z } from 'zod';

/** Why a request on a socket was refused. A closed set: code is written against these, messages are for people. */
export const WIRE_ERROR_CODES = [
  /** The payload does not have the event's shape; the message names the field. */
  'malformed',
  /** A series of a schema names a metric that is not in the catalogue. */
  'unknown_metric',
  /** A batch refers to a schema number this connection has not sent. */
  'unknown_schema',
  /** A frame's values do not line up with its schema. */
  'wrong_length',
  /** The batch belongs to another epoch than the one said in `hello`. */
  'wrong_epoch',
  /** The payload or batch is over the limits announced in `hello`. */
  'too_large',
  /** The event needs a step that has not been done yet: proof, then hello, then schema. */
  'out_of_order',
  /** The identity is unknown or revoked, or its proof is wrong. One code for all, so that nothing can be guessed. */
  'unauthorized',
  /** The session has not the right to this room. */
  'forbidden',
  /** Agent and hub share no protocol version. */
  'unsupported_protocol',
  /** There is no such host. */
  'not_found',
  /** The hub cannot take it now; try again after `retryAfter`. */
  'busy',
  /** The hub could not store it; nothing was acked and the agent keeps it. */
  'storage',
] as const;
export type WireErrorCode = (typeof WIRE_ERROR_CODES)[number];

/** A refusal. */
export const FailureSchema = z.object({
  ok: z.literal(false),
  code: z.enum(WIRE_ERROR_CODES),
  /** What was wrong and what to do, for people. */
  message: z.string(),
  /** Milliseconds to wait before trying again. */
  retryAfter: z.number().int().nonnegative().optional(),
});
export type Failure = z.infer<typeof FailureSchema>;

/** The answer to every acknowledged event. */
export type Result<T extends object = object> = ({ ok: true } & T) | Failure;

/** The schema of a {@link Result} whose success carries `shape`. */
export function resultSchema<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), ...shape }), FailureSchema]);
}

/** Builds a refusal. */
export function failure(code: WireErrorCode, message: string): Failure {
  return { ok: false, code, message };
}
