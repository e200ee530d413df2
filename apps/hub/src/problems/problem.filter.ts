import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { LOGGER, type Logger } from '../logging/logger';
import { PROBLEM_KINDS, ProblemError, statusOf } from './problem';

/** Body-parser's and express's errors carry a status; it is theirs to say whether the message may be shown. */
interface HttpError {
  readonly status: number;
  readonly message: string;
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** Turns whatever was thrown into a problem. */
function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status =
    error instanceof HttpException ? error.getStatus() : isHttpError(error) ? error.status : 500;
  if (status === 413)
    return new ProblemError('too_large', 'the body is longer than 100 kB', { cause: error });
  const kind = PROBLEM_KINDS.find((candidate) => statusOf(candidate) === status);
  if (kind === undefined || status >= 500 || !(error instanceof Error)) {
    return new ProblemError('internal', 'the hub could not answer; its log says why', {
      cause: error,
    });
  }
  return new ProblemError(kind, error.message, { cause: error });
}

/** Answers every failed request with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblem(error);
    const response = host.switchToHttp().getResponse<Response>();
    if (problem.kind === 'internal') {
      this.logger.error({ err: problem.cause, url: response.req.path }, 'request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.retryAfter !== undefined) {
      response.setHeader('Retry-After', Math.ceil(problem.retryAfter / 1_000));
    }
    if (problem.kind === 'unauthorized') response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(statusOf(problem.kind))
      .type('application/problem+json')
      .send(JSON.stringify(problem.toDocument()));
  }
}
