import type { Problem } from '@hostdeck/contracts';

const KINDS = {
  bad_request: [400, 'Bad request'],
  unauthorized: [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  conflict: [409, 'Conflict'],
  too_large: [413, 'Too large'],
  unsupported_media_type: [415, 'Unsupported media type'],
  too_many_requests: [429, 'Too many requests'],
  internal: [500, 'Internal error'],
  unavailable: [503, 'Unavailable'],
} as const;

/** Why a request failed: a closed set. */
export type ProblemKind = keyof typeof KINDS;

export const PROBLEM_KINDS = Object.keys(KINDS) as readonly ProblemKind[];

interface ProblemOptions extends ErrorOptions {
  readonly errors?: Problem['errors'];
  /** Ms to wait before trying again. */
  readonly retryAfter?: number;
}

/** The HTTP status of a kind of problem. */
export function statusOf(kind: ProblemKind): number {
  return KINDS[kind][0];
}

/** A request that cannot be answered as asked. `detail` says what was wrong and what to do. */
export class ProblemError extends Error {
  readonly errors: Problem['errors'];
  readonly retryAfter: number | undefined;

  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, options);
    this.name = 'ProblemError';
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }

  /** The problem document (RFC 9457, section 3). */
  toDocument(): Problem {
    const [status, title] = KINDS[this.kind];
    return {
      type: `urn:hostdeck:problem:${this.kind.replaceAll('_', '-')}`,
      title,
      status,
      detail: this.detail,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}
