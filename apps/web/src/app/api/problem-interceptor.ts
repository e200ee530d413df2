import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { catchError, throwError } from 'rxjs';
import { ApiError, fieldsOf, isProblem, UNREACHABLE } from './problem';
import { API_TEXTS } from './api.texts';

/** Turns every failed answer into an {@link ApiError} that says what happened in words. */
export const problemInterceptor: HttpInterceptorFn = (request, next) =>
  next(request).pipe(catchError((error: unknown) => throwError(() => toApiError(error))));

function toApiError(error: unknown): unknown {
  if (!(error instanceof HttpErrorResponse)) return error;
  const retryAfter = Number(error.headers.get('retry-after') ?? Number.NaN);
  const details = { retryAfter: Number.isFinite(retryAfter) ? retryAfter : null, cause: error };
  if (error.status === UNREACHABLE || error.status === 502 || error.status === 504) {
    return new ApiError(UNREACHABLE, API_TEXTS.unreachable, details);
  }
  const body: unknown = error.error;
  const message = isProblem(body) ? body.detail : API_TEXTS.refused(error.status);
  return new ApiError(error.status, message, { ...details, fields: fieldsOf(body) });
}
