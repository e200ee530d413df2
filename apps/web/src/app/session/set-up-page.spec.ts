import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeSocket } from '../../../test/fake-socket';
import { ADMIN, BlankPage, pageProviders } from '../../../test/page-providers';
import { SetUpPage } from './set-up-page';

async function open() {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [
      { path: 'setup', component: SetUpPage },
      { path: '**', component: BlankPage },
    ]),
  });
  const harness = await RouterTestingHarness.create('/setup');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  const submit = async (fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (field === null) throw new Error(`expected a field ${name}`);
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await settled();
  };
  return {
    page,
    settled,
    submit,
    http: TestBed.inject(HttpTestingController),
    error: () => page.querySelector('[role=alert]')?.textContent.trim(),
  };
}

const FIELDS = { code: ' abcd-efgh ', username: 'ada', password: 'a long password' };
const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };

describe('setting up', () => {
  it('makes the first administrator and leads to the fleet', async () => {
    const { http, submit, settled } = await open();
    await submit(FIELDS);
    const request = http.expectOne('/api/setup');
    expect(request.request.body).toEqual({ ...FIELDS, code: 'abcd-efgh' });
    request.flush(ADMIN);
    await settled();
    http.expectOne('/api/auth/me').flush(ADMIN);
    await settled();
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('signs in by itself where the hub has not', async () => {
    const { http, submit, settled } = await open();
    await submit(FIELDS);
    http.expectOne('/api/setup').flush(ADMIN);
    await settled();
    http.expectOne('/api/auth/me').flush({}, UNAUTHORIZED);
    await settled();
    http.expectOne('/api/auth/login').flush(ADMIN);
    await settled();
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('says what the hub says of a wrong code', async () => {
    const { http, submit, settled, error } = await open();
    await submit(FIELDS);
    const problem = { type: 'about:blank', title: 'No', status: 401, detail: 'The code is wrong.' };
    http.expectOne('/api/setup').flush(problem, UNAUTHORIZED);
    await settled();
    expect(error()).toBe('The code is wrong.');
    expect(TestBed.inject(Router).url).toBe('/setup');
  });

  it('asks for all that is needed before it asks the hub', async () => {
    const { http, submit, error } = await open();
    await submit({ ...FIELDS, password: 'short' });
    expect(error()).toBe('The password has at least 8 characters.');
    await submit({ ...FIELDS, code: ' ' });
    expect(error()).toBe('Code, user name and password are needed.');
    http.expectNone('/api/setup');
  });

  it('shows the password on demand', async () => {
    const { page, settled } = await open();
    const type = () => page.querySelector('input[name=password]')?.getAttribute('type');
    expect(type()).toBe('password');
    page.querySelector<HTMLElement>('button[aria-label="Show password"]')?.click();
    await settled();
    expect(type()).toBe('text');
  });
});
