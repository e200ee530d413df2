import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeSocket } from '../../../test/fake-socket';
import { ADMIN, BlankPage, pageProviders } from '../../../test/page-providers';
import { SignInPage } from './sign-in-page';

async function open(url = '/login') {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [
      { path: 'login', component: SignInPage },
      { path: '**', component: BlankPage },
    ]),
  });
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const http = TestBed.inject(HttpTestingController);
  const fill = (name: string, value: string) => {
    const field = page.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (field === null) throw new Error(`expected a field ${name}`);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  return {
    page,
    http,
    submit: async (username: string, password: string) => {
      fill('username', username);
      fill('password', password);
      page.querySelector('form')?.dispatchEvent(new Event('submit'));
      await harness.fixture.whenStable();
    },
    /** The answer goes through promises before the page knows of it. */
    settled: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await harness.fixture.whenStable();
    },
    error: () => page.querySelector('[role=alert]')?.textContent.trim(),
  };
}

const PROBLEM = { type: 'about:blank', title: 'No', status: 401, detail: 'no' };

describe('signing in', () => {
  it('leads to where the person wanted to go', async () => {
    const { http, submit, settled } = await open('/login?return=%2Fhosts%2Fabc%3Frange%3D1h');
    await submit('ada', 'correct horse');
    const request = http.expectOne('/api/auth/login');
    expect(request.request.body).toEqual({ username: 'ada', password: 'correct horse' });
    request.flush(ADMIN);
    await settled();
    expect(TestBed.inject(Router).url).toBe('/hosts/abc?range=1h');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'never leads away to %s',
    async (url) => {
      const { http, submit, settled } = await open(`/login?return=${encodeURIComponent(url)}`);
      await submit('ada', 'correct horse');
      http.expectOne('/api/auth/login').flush(ADMIN);
      await settled();
      expect(TestBed.inject(Router).url).toBe('/');
    },
  );

  it('says that name or password is wrong', async () => {
    const { http, submit, settled, error } = await open();
    await submit('ada', 'wrong');
    http.expectOne('/api/auth/login').flush(PROBLEM, { status: 401, statusText: 'Unauthorized' });
    await settled();
    expect(error()).toBe('User name or password is wrong.');
  });

  it('says how long to wait after too many attempts', async () => {
    const { http, submit, settled, error } = await open();
    await submit('ada', 'wrong');
    http
      .expectOne('/api/auth/login')
      .flush(PROBLEM, { status: 429, statusText: 'Too many', headers: { 'retry-after': '42' } });
    await settled();
    expect(error()).toBe('Too many attempts. Try again in 42\u00a0s.');
  });

  it('says that the hub does not answer', async () => {
    const { http, submit, settled, error } = await open();
    await submit('ada', 'correct horse');
    http.expectOne('/api/auth/login').error(new ProgressEvent('error'));
    await settled();
    expect(error()).toMatch(/hub does not answer/);
  });

  it('asks for both before it asks the hub', async () => {
    const { http, submit, error } = await open();
    await submit('ada', '');
    http.expectNone('/api/auth/login');
    expect(error()).toBe('Both are needed.');
  });
});
