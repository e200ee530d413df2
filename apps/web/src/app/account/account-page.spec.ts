import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { SessionInfo } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { BlankPage, pageProviders, VIEWER } from '../../../test/page-providers';
import { Session } from '../session/session';
import { Theme } from '../theme/theme';
import { AccountPage } from './account-page';

const HERE: SessionInfo = {
  id: 'a'.repeat(32),
  createdAt: 1_700_000_000_000,
  expiresAt: 1_800_000_000_000,
  address: '192.0.2.7',
  browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  current: true,
};
const THERE: SessionInfo = { ...HERE, id: 'b'.repeat(32), browser: 'curl/8.5.0', current: false };
const OLD: SessionInfo = {
  ...HERE,
  id: 'c'.repeat(32),
  browser: null,
  address: null,
  current: false,
};
const SESSIONS = '/api/auth/sessions';

async function open() {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [
      { path: 'account', component: AccountPage },
      { path: '**', component: BlankPage },
    ]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(VIEWER);
  await restored;
  const harness = await RouterTestingHarness.create('/account');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  const all = (id: string) => [...page.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)];
  const click = async (id: string, index = 0) => {
    all(id)[index]?.click();
    await settled();
  };
  const change = async (current: string, password: string) => {
    for (const [name, value] of Object.entries({ current, password })) {
      const field = page.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (field === null) throw new Error(`expected a field ${name}`);
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await settled();
  };
  const answer = async (...sessions: SessionInfo[]) => {
    http.expectOne(SESSIONS).flush({ items: sessions });
    await settled();
  };
  const text = (selector: string) => page.querySelector(selector)?.textContent.trim();
  return { page, http, settled, all, click, change, answer, text };
}

describe('one’s own account', () => {
  it('says who one is and where one is signed in', async () => {
    const { all, answer, text } = await open();
    expect(text('hd-own-sessions > [role=status]:last-child')).toBe('Loading…');
    await answer(HERE, THERE, OLD);
    expect(text('[data-testid=own-name]')).toBe('vic');
    expect(text('[data-testid=own-role]')).toBe('Viewer');
    const rows = all('own-session').map((row) => row.textContent.replace(/\s+/g, ' '));
    expect(rows[0]).toMatch(/Firefox on Linux.*this browser.*from 192\.0\.2\.7/);
    expect(rows[0]).not.toMatch(/Sign out/);
    expect(rows[1]).toMatch(/curl\/8\.5\.0.*Sign out/);
    expect(rows[2]).toMatch(/Unknown browser/);
    expect(rows[2]).not.toMatch(/from/);
  });

  it('ends a session, also one that has ended already, and then all others', async () => {
    const { http, all, answer, click, settled } = await open();
    await answer(HERE, THERE, OLD);
    await click('end-session');
    const first = http.expectOne(`${SESSIONS}/${THERE.id}`);
    expect(first.request.method).toBe('DELETE');
    first.flush({ detail: 'gone' }, { status: 404, statusText: 'Not Found' });
    await settled();
    expect(all('own-session')).toHaveLength(2);
    await click('end-other-sessions');
    const others = http.expectOne(SESSIONS);
    expect(others.request.method).toBe('DELETE');
    others.flush(null);
    await settled();
    expect(all('own-session')).toHaveLength(1);
    expect(all('end-other-sessions')).toEqual([]);
  });

  it('keeps a session in the list that could not be ended, and says why', async () => {
    const { http, all, answer, click, settled, text } = await open();
    await answer(HERE, THERE);
    await click('end-session');
    http.expectOne(`${SESSIONS}/${THERE.id}`).error(new ProgressEvent('error'));
    await settled();
    expect(all('own-session')).toHaveLength(2);
    expect(text('hd-own-sessions [role=alert]')).toMatch(/hub does not answer/);
  });

  it('can be asked for again when the hub did not answer', async () => {
    const { http, page, all, answer, settled } = await open();
    http.expectOne(SESSIONS).error(new ProgressEvent('error'));
    await settled();
    page.querySelector<HTMLElement>('hd-own-sessions > button')?.click();
    await settled();
    await answer(HERE);
    expect(all('own-session')).toHaveLength(1);
  });

  it('leads to the sign-in page when one was signed out meanwhile', async () => {
    const { http, settled } = await open();
    http.expectOne(SESSIONS).flush({}, { status: 401, statusText: 'Unauthorized' });
    await settled();
    expect(TestBed.inject(Router).url).toBe('/login?return=%2Faccount');
  });

  it('changes the password, and shows that the other sessions are gone', async () => {
    const { http, page, all, answer, change, settled, text } = await open();
    await answer(HERE, THERE);
    await change('the old password', 'a new password');
    const asked = http.expectOne('/api/auth/password');
    expect(asked.request.body).toEqual({ current: 'the old password', password: 'a new password' });
    http.expectNone(SESSIONS);
    asked.flush(null);
    await settled();
    await answer(HERE);
    expect(text('[data-testid=password-changed]')).toMatch(/is changed/);
    expect(page.querySelector<HTMLInputElement>('input[name=current]')?.value).toBe('');
    expect(all('own-session')).toHaveLength(1);
  });

  it.each([
    ['', 'a new password', 'Both are needed'],
    ['the old password', 'short', 'at least 8 characters'],
    ['the old password', 'the old password', 'is the one you have'],
  ])('does not ask the hub to change %j into %j', async (current, password, said) => {
    const { http, change, text } = await open();
    await change(current, password);
    http.expectNone('/api/auth/password');
    expect(text('hd-password-form [role=alert]')).toContain(said);
  });

  it.each([
    [403, { detail: 'no', errors: [{ path: 'current', message: 'wrong' }] }, 'password is wrong'],
    [403, { detail: 'a shared link does not show this: sign in' }, 'a shared link'],
    [429, { detail: 'no' }, 'Too many wrong passwords. Try again in 42\u00a0s.'],
  ])('says why the password was not changed: %i', async (status, problem, said) => {
    const { http, change, settled, text } = await open();
    await change('a wrong password', 'a new password');
    const headers = { 'retry-after': '42' };
    const options = { status, statusText: 'No', headers };
    http.expectOne('/api/auth/password').flush(problem, options);
    await settled();
    expect(text('hd-password-form [role=alert]')).toContain(said);
  });

  it('sets the theme of this browser', async () => {
    const { all, settled } = await open();
    const [theme] = all('own-theme') as HTMLSelectElement[];
    if (theme === undefined) throw new Error('expected a choice');
    theme.value = 'light';
    theme.dispatchEvent(new Event('change'));
    await settled();
    expect(TestBed.inject(Theme).choice()).toBe('light');
    localStorage.clear();
  });
});
