import type { Problem } from '@hostdeck/contracts';

/** Status of an answer that never came. */
export const UNREACHABLE = 0;

/** What was wrong with one field. */
export type FieldProblem = NonNullable<Problem['errors']>[number];

interface ErrorDetails {
  readonly retryAfter: number | null;
  readonly cause: unknown;
  readonly fields?: readonly FieldProblem[];
}

/** Why the hub refused a request, or that it could not be reached. */
export class ApiError extends Error {
  /** Seconds the hub asks to wait; `null` when it does not say. */
  readonly retryAfter: number | null;
  /** What was wrong with single fields of what was sent. */
  readonly fields: readonly FieldProblem[];

  constructor(
    /** HTTP status; {@link UNREACHABLE} when there was no answer. */
    readonly status: number,
    message: string,
    { retryAfter, cause, fields = [] }: ErrorDetails,
  ) {
    super(message, { cause });
    this.name = 'ApiError';
    this.retryAfter = retryAfter;
    this.fields = fields;
  }
}

/** Whether `body` is a problem document (RFC 9457) with the one field shown to people. */
export function isProblem(body: unknown): body is Pick<Problem, 'detail'> {
  return (
    typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
  );
}

/** The wrong fields that a problem document names. */
export function fieldsOf(body: unknown): readonly FieldProblem[] {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return [];
  return Array.isArray(body.errors) ? body.errors.filter(isFieldProblem) : [];
}

function isFieldProblem(one: unknown): one is FieldProblem {
  return (
    typeof one === 'object' &&
    one !== null &&
    'path' in one &&
    typeof one.path === 'string' &&
    'message' in one &&
    typeof one.message === 'string'
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
