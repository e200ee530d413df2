import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeSocket } from '../../../test/fake-socket';
import { BlankPage, pageProviders, VIEWER } from '../../../test/page-providers';
import { Session } from '../session/session';
import { InvitePage } from './invite-page';

const INVITED = { username: 'vic', expiresAt: 1_700_000_000_000 };
const GONE = { status: 404, statusText: 'Not Found' };

async function open(url = '/invite#hi_secret') {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [
      { path: 'invite', component: InvitePage },
      { path: '**', component: BlankPage },
    ]),
  });
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const http = TestBed.inject(HttpTestingController);
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  await settled();
  const submit = async (password: string) => {
    const field = page.querySelector<HTMLInputElement>('input[name=password]');
    if (field === null) throw new Error('expected a field for the password');
    field.value = password;
    field.dispatchEvent(new Event('input'));
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await settled();
  };
  return {
    http,
    page,
    settled,
    submit,
    heading: () => page.querySelector('h1')?.textContent.trim(),
    error: () => page.querySelector('[role=alert]')?.textContent.trim(),
  };
}

describe('a link to set a password', () => {
  it('says whom it is for, sets the password and leads to the fleet, signed in', async () => {
    const { http, page, settled, submit } = await open();
    const check = http.expectOne('/api/invites/check');
    expect(check.request.body).toEqual({ token: 'hi_secret' });
    check.flush(INVITED);
    await settled();
    expect(page.querySelector<HTMLInputElement>('input[name=username]')?.value).toBe('vic');
    await submit('a long password');
    const accept = http.expectOne('/api/invites/accept');
    expect(accept.request.body).toEqual({ token: 'hi_secret', password: 'a long password' });
    accept.flush(VIEWER);
    await settled();
    expect(TestBed.inject(Router).url).toBe('/');
    expect(TestBed.inject(Session).me()).toEqual(VIEWER);
  });

  it('says so when it is good no longer, at once or when it was used meanwhile', async () => {
    const { http, heading, settled, submit, page } = await open();
    http.expectOne('/api/invites/check').flush(INVITED);
    await settled();
    await submit('a long password');
    http.expectOne('/api/invites/accept').flush({ detail: 'gone' }, GONE);
    await settled();
    expect(heading()).toBe('This link is no longer valid');
    await TestBed.inject(Router).navigateByUrl('/invite#hi_other');
    await settled();
    const { request } = http.expectOne('/api/invites/check');
    expect(request.body).toEqual({ token: 'hi_other' });
    http.match(() => true);
    expect(page.querySelector('form')).toBeNull();
  });

  it.each([
    ['it is over', GONE, 'This link is no longer valid'],
    [
      'the hub can not read it',
      { status: 400, statusText: 'Bad Request' },
      'This link is not complete',
    ],
  ])('says what to do when %s', async (_why, status, said) => {
    const { http, heading, settled, page } = await open();
    http.expectOne('/api/invites/check').flush({ detail: 'no' }, status);
    await settled();
    expect(heading()).toBe(said);
    expect(page.querySelector('a[href="/login"]')).not.toBeNull();
  });

  it('is not asked about without its token', async () => {
    const { http, heading } = await open('/invite');
    http.expectNone('/api/invites/check');
    expect(heading()).toBe('This link is not complete');
  });

  it('can be tried again when the hub does not answer', async () => {
    const { http, page, settled, error } = await open();
    http.expectOne('/api/invites/check').error(new ProgressEvent('error'));
    await settled();
    expect(error()).toMatch(/hub does not answer/);
    page.querySelector<HTMLElement>('[data-testid=check-again]')?.click();
    await settled();
    http.expectOne('/api/invites/check').flush(INVITED);
    await settled();
    expect(page.querySelector('form')).not.toBeNull();
  });

  it('wants a password that is long enough before it asks the hub', async () => {
    const { http, settled, submit, error } = await open();
    http.expectOne('/api/invites/check').flush(INVITED);
    await settled();
    await submit('short');
    http.expectNone('/api/invites/accept');
    expect(error()).toBe('The password has at least 8 characters.');
  });
});
