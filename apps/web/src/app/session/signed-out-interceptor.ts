import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { ApiError } from '../api/problem';
import { SignedOut } from './signed-out';

/** Requests that answer 401 as a matter of course, and say so where they were made. */
const OWN_ANSWER = [
  ...['login', 'logout', 'me'].map((name) => `/api/auth/${name}`),
  '/api/setup',
  '/api/invites/',
];

/** Leads to the sign-in page when the hub has ended the session. Stands before the interceptor that puts failures into words. */
export const signedOutInterceptor: HttpInterceptorFn = (request, next) => {
  const signedOut = inject(SignedOut);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        const ended = error instanceof ApiError && error.status === 401;
        if (ended && !OWN_ANSWER.some((path) => request.url.startsWith(path))) signedOut.leave();
      },
    }),
  );
};
