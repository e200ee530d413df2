import type { NextFunction, Request, Response } from 'express';
import { isOwnOrigin } from '../auth/origin';
import { ProblemError } from '../problems/problem';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses requests that change something and come from a foreign page. */
export function requireOwnOrigin(publicUrl: string | null) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const { origin, host } = request.headers;
    if (SAFE_METHODS.has(request.method) || isOwnOrigin({ origin, host }, publicUrl)) {
      next();
      return;
    }
    next(new ProblemError('forbidden', 'this request comes from a page of another site'));
  };
}
