import { inject } from '@angular/core';
import { type CanActivateFn, RedirectCommand, Router } from '@angular/router';
import { ApiError, UNREACHABLE } from '../api/problem';
import { HubApi } from '../api/hub-api';
import { Session } from './session';

/** Lets signed-in people through; leads others to the sign-in page, or to the set-up page of a new hub. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const session = inject(Session);
  const router = inject(Router);
  const api = inject(HubApi);
  if (session.me() !== null) return true;
  try {
    if ((await session.restore()) !== null) return true;
    if ((await api.setUpState()).needed) return router.createUrlTree(['/setup']);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Without an answer nothing is known of the session: the page that says so goes on to this address by itself.
    if (error.status === UNREACHABLE) {
      const offline = router.createUrlTree(['/offline'], { queryParams: { return: url } });
      return new RedirectCommand(offline, { skipLocationChange: true });
    }
  }
  return router.createUrlTree(['/login'], { queryParams: url === '/' ? {} : { return: url } });
};

/** Keeps people who are signed in away from the sign-in page, and leads those of a new hub to its set-up. */
export const signedOut: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  const api = inject(HubApi);
  try {
    if (session.me() !== null) return router.createUrlTree(['/']);
    if ((await api.setUpState()).needed) return router.createUrlTree(['/setup']);
  } catch (error) {
    // The page itself says what is wrong as soon as somebody tries to sign in.
    if (!(error instanceof ApiError)) throw error;
  }
  return true;
};

/** Lets through only while the first administrator is still to be made. */
export const setUpNeeded: CanActivateFn = async () => {
  const router = inject(Router);
  const api = inject(HubApi);
  try {
    return (await api.setUpState()).needed || router.createUrlTree(['/login']);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return router.createUrlTree(['/login']);
  }
};
