import { types } from 'node:util';

/** The message of anything thrown, with the messages of its causes: what a person needs, without a stack. */
export function errorText(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const own = error.message === '' ? error.name : error.message;
  if (error instanceof AggregateError && error.errors.length > 0 && error.message === '') {
    return errorText(error.errors[0]);
  }
  if (error.cause === undefined) return own;
  const cause = errorText(error.cause);
  return own.includes(cause) ? own : `${own}: ${cause}`;
}
