import { HttpTestingController } from '@angular/common/http/testing';
import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { FakeSocket } from '../../../test/fake-socket';
import { ADMIN, BlankPage, pageProviders } from '../../../test/page-providers';
import { setUpNeeded, signedIn, signedOut } from './guards';

const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };

function open(url: string) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [
      { path: 'login', component: BlankPage, canActivate: [signedOut] },
      { path: 'setup', component: BlankPage, canActivate: [setUpNeeded] },
      { path: 'offline', component: BlankPage },
      { path: '**', component: BlankPage, canActivate: [signedIn] },
    ]),
  });
  const router = TestBed.inject(Router);
  const http = TestBed.inject(HttpTestingController);
  const arrived = router.navigateByUrl(url);
  /** Lets the guard go on to its next question. */
  const next = async (answer: () => void) => {
    await new Promise((resolve) => setTimeout(resolve));
    answer();
  };
  return { router, http, arrived, next };
}

describe('the way in', () => {
  it('is open to who is signed in', async () => {
    const { router, http, arrived, next } = open('/hosts/abc');
    await next(() => http.expectOne('/api/auth/me').flush(ADMIN));
    await arrived;
    expect(router.url).toBe('/hosts/abc');
  });

  it('leads others to sign in, and back afterwards', async () => {
    const { router, http, arrived, next } = open('/hosts/abc?range=1h');
    await next(() => http.expectOne('/api/auth/me').flush({}, UNAUTHORIZED));
    await next(() => http.expectOne('/api/setup').flush({ needed: false }));
    await next(() => http.match('/api/setup').forEach((again) => again.flush({ needed: false })));
    await arrived;
    expect(router.parseUrl(router.url).queryParams).toEqual({ return: '/hosts/abc?range=1h' });
    expect(router.url).toMatch(/^\/login/);
  });

  it('leads the first person to set up', async () => {
    const { router, http, arrived, next } = open('/');
    await next(() => http.expectOne('/api/auth/me').flush({}, UNAUTHORIZED));
    await next(() => http.expectOne('/api/setup').flush({ needed: true }));
    await next(() => http.match('/api/setup').forEach((again) => again.flush({ needed: true })));
    await arrived;
    expect(router.url).toBe('/setup');
  });

  it('says that the hub does not answer, at the address that was asked for', async () => {
    const { router, http, arrived, next } = open('/');
    await next(() => http.expectOne('/api/auth/me').error(new ProgressEvent('error')));
    await arrived;
    expect(router.lastSuccessfulNavigation()?.finalUrl?.toString()).toBe('/offline?return=%2F');
    expect(TestBed.inject(Location).path()).toBe('');
  });

  it('to the set-up page is closed once there is an administrator', async () => {
    const { router, http, arrived, next } = open('/setup');
    await next(() => http.expectOne('/api/setup').flush({ needed: false }));
    await next(() => http.match('/api/setup').forEach((again) => again.flush({ needed: false })));
    await arrived;
    expect(router.url).toBe('/login');
  });
});
