import type { Problem } from '@hostdeck/contracts';

/** Status of an answer that never came. */
export const UNREACHABLE = 0;

/** Why the hub refused a request, or that it could not be reached. */
export class ApiError extends Error {
  /** Seconds the hub asks to wait; `null` when it does not say. */
  readonly retryAfter: number | null;

  constructor(
    /** HTTP status; {@link UNREACHABLE} when there was no answer. */
    readonly status: number,
    message: string,
    { retryAfter, cause }: { retryAfter: number | null; cause: unknown },
  ) {
    super(message, { cause });
    this.name = 'ApiError';
    this.retryAfter = retryAfter;
  }
}

/** Whether `body` is a problem document (RFC 9457) with the one field shown to people. */
export function isProblem(body: unknown): body is Pick<Problem, 'detail'> {
  return (
    typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
  );
}

/** What to say of a failed request. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** {@link reasonOf} with an end, so that another sentence can follow. */
export function reasonSentence(error: unknown): string {
  const reason = reasonOf(error);
  return /[.!?…]$/.test(reason) ? reason : `${reason}.`;
}
